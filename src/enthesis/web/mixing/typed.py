"""What was typed on a mixing page, as the questions the core reads. Whatever is wrong comes back as one sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from enthesis.clinic.library import library
from enthesis.knowledge import BadInput
from enthesis.mixing import Batch, Drawn, Lot, Patient, Stock, batch_asked, what_is_it
from enthesis.web.mixing.vials import vial_of

Fields = Mapping[str, str]
WORDS = ("diluent", "volume_ml", "syringes", "weight_kg", "limits", "into")


@dataclass(frozen=True)
class Typed:
    """The fields of a page, and its rows in order."""

    fields: Fields
    rows: tuple[Fields, ...]

    def request(self) -> dict[str, Any]:
        """The question as a recipe is asked for and kept. Raises BadInput naming the row or field."""
        parts = [f"{name}={row['net'].strip()}{vial}" for row, name, vial in self._filled("net")]
        if not parts:
            raise BadInput("vial: nothing is wanted yet; choose a vial, and say which net strength it is to have")
        lines = {"parts": parts, "skin": list(self._skin()), "elsewhere": list(self._elsewhere())}
        return lines | {name: self.fields.get(name, "") for name in WORDS}

    def batch(self) -> Batch:
        """What to draw. Raises BadInput naming the row or field."""
        return batch_asked(library(), self.request())

    def drawn(self) -> Drawn:
        """What was drawn. Raises BadInput naming the row or field."""
        draws = tuple(f"{name}{vial}={row['ml'].strip()}" for row, name, vial in self._filled("ml"))
        return what_is_it(library(), draws=draws, patient=self.patient())

    def patient(self) -> Patient:
        """Whom it is for, and what else is given."""
        said = self.fields
        return Patient(
            weight_kg=said.get("weight_kg", ""),
            skin=tuple(self._skin()),
            elsewhere=tuple(self._elsewhere()),
            limits=said.get("limits") or "label",
            into=said.get("into", ""),
        )

    def lots(self, batch: Batch) -> dict[Stock, Lot]:
        """The lot and expiry of each vial, the diluent's too. Raises BadInput for a date that is none."""
        rows = [row for row, _, _ in self._filled("net")]
        found = {
            wanted.stock: _lot(row, "lot", "expires") for wanted, row in zip(batch.recipe.wanted, rows, strict=True)
        }
        return found | {batch.recipe.diluent: _lot(self.fields, "diluent_lot", "diluent_expires")}

    def _filled(self, amount: str) -> Iterator[tuple[Fields, str, str]]:
        """Each row that says something: the row, its component, and its vial."""
        for number, row in enumerate(self.rows, start=1):
            said = row.get(amount, "").strip()
            if not row.get("vial") and not said:
                continue
            if not row.get("vial") or not said:
                missing = "vial" if not row.get("vial") else "net strength" if amount == "net" else "volume"
                raise BadInput(f"row {number}: the {missing} is missing; fill it in, or clear the row")
            yield row, *vial_of(row["vial"], row.get("strength", ""), row=f"row {number}")

    def _skin(self) -> Iterator[str]:
        chosen, ml = self.fields.get("skin_vial", ""), self.fields.get("skin_ml", "").strip()
        if bool(chosen) != bool(ml):
            raise BadInput("skin: a vial and a volume go together; fill in both, or neither")
        if chosen:
            name, vial = vial_of(chosen, self.fields.get("skin_strength", ""), row="skin")
            yield f"{name}{vial}={ml}"

    def _elsewhere(self) -> Iterator[str]:
        chosen, mg = self.fields.get("elsewhere", ""), self.fields.get("elsewhere_mg", "").strip()
        if bool(chosen) != bool(mg):
            raise BadInput("elsewhere: an anaesthetic and an amount go together; fill in both, or neither")
        if chosen:
            yield f"{chosen}={mg}"


def _lot(said: Fields, lot: str, expires: str) -> Lot:
    text = said.get(expires, "").strip()
    try:
        return Lot(said.get(lot, "").strip(), date.fromisoformat(text) if text else None)
    except ValueError:
        raise BadInput(f"expires: {text[:20]!r} is no date; expected one such as 2027-01-31") from None
