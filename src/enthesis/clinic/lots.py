"""Lots: how two spellings are known for one, the vials on the shelf, and what went into a session."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, leave_trace, now
from enthesis.clinic.correcting import current, frame, to_correct
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.steps import text
from enthesis.knowledge import BadInput
from enthesis.registry.models import Clinic, Vial

LONGEST_LOT = 60


@dataclass(frozen=True)
class VialRow:
    """One vial on the shelf."""

    id: UUID
    clinic: int
    what: str
    lot: str
    expires_on: date
    maker: str

    def good_on(self, day: date) -> bool:
        """May it be used on a day? On its last day it still may."""
        return self.expires_on >= day


def lot_key(lot: str) -> str:
    """What makes two spellings of a lot one: letters and digits alone, whatever their case."""
    return "".join(c for c in unicodedata.normalize("NFKC", lot).casefold() if c.isalnum())[:LONGEST_LOT]


def checked_lot(details: Mapping[str, Any], field: str = "lot") -> str:
    """A lot as it is written on the vial. Raises BadInput for one that is missing or holds no letter or digit."""
    lot = text(details, field, LONGEST_LOT)
    if not lot_key(lot):
        raise BadInput(f"{field}: the lot as printed on the vial was expected, such as DX2405")
    return lot


def checked_expiry(value: object, *, on: date, lot: str, field: str = "expires_on") -> date:
    """The last day a lot may be used. Raises BadInput for no date, or one before the day of use."""
    try:
        last = value if isinstance(value, date) else date.fromisoformat(str(value or "").strip())
    except ValueError as error:
        raise BadInput(f"{field}: the expiry date of lot {lot} was expected, such as 2027-06-30") from error
    if last < on:
        raise BadInput(f"{field}: lot {lot} expired on {last.isoformat()}; it cannot be used on {on.isoformat()}")
    return last


@act
def add_vial(*, by: Actor, clinic: int, details: Mapping[str, Any], today: date) -> VialRow:
    """Put a vial on the shelf: what it is, lot, expiry, maker. Raises BadInput when it has expired."""
    by.check(May.SHELF, clinic)
    what = text(details, "what", 80)
    if not what:
        raise BadInput("what: what is in the vial was expected, such as dextrose 50%")
    lot = checked_lot(details)
    kept = shelve(
        by, Clinic.objects.get(pk=clinic), what, lot, checked_expiry(details.get("expires_on"), on=today, lot=lot),
        text(details, "maker", 80),
    )  # fmt: skip
    leave_trace(by, "put a vial on the shelf", clinic=kept.clinic, about=kept.pk, after={"what": what, "lot": lot})
    return _row(kept)


@act
def take_off(*, by: Actor, vial: UUID | str, reason: str) -> None:
    """Take a vial off the shelf: used up, expired or recalled. It is no longer offered; where it went stays known."""
    old = to_correct(Vial, vial, reason)
    assert old is not None  # noqa: S101 -- an id was given, so it was found or NotFound was raised
    by.check(May.SHELF, old.clinic_id)
    gone = Vial.objects.create(
        what=old.what, lot=old.lot, lot_key=old.lot_key, expires_on=old.expires_on, maker=old.maker, gone=True,
        **frame(by.name, old.clinic_id, now(), old, reason),
    )  # fmt: skip
    leave_trace(by, "took a vial off the shelf", clinic=gone.clinic, about=gone.pk, after={"reason": gone.reason})


def shelve(by: Actor, clinic: Clinic, what: str, lot: str, expires_on: date, maker: str = "") -> Vial:
    """Keep a vial, or find the same one on the shelf. For use inside an act."""
    found = current(
        Vial.objects.filter(clinic=clinic, what=what, lot_key=lot_key(lot), expires_on=expires_on, gone=False)
    ).first()
    return found or Vial.objects.create(
        what=what, lot=lot, lot_key=lot_key(lot), expires_on=expires_on, maker=maker,
        **frame(by.name, clinic.pk, now(), None, ""),
    )  # fmt: skip


@act
def read_shelf(*, by: Actor) -> tuple[VialRow, ...]:
    """Every vial on the shelves of the actor's clinics, by what it is and how soon it expires. One query."""
    return tuple(row for row in on_shelf(*by.clinics) if by.can(May.SEE, row.clinic))


def on_shelf(*clinics: int) -> tuple[VialRow, ...]:
    """The vials on the shelves of some clinics. For use inside an act."""
    rows = current(Vial.objects.filter(gone=False, clinic__in=clinics)).order_by("what", "expires_on", "lot")
    return tuple(_row(one) for one in rows)


def _row(one: Vial) -> VialRow:
    return VialRow(one.pk, one.clinic_id, one.what, one.lot, one.expires_on, one.maker)
