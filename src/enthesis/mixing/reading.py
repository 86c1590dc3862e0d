"""What is typed in one line, read strictly: `dextrose=15@50:hydrous`, `lidocaine@1=3`, `lidocaine=100`.

A strength is in percent (or in mg/mL, when that is written), a volume in mL, an amount in mg. The right unit may be written; a
wrong one is refused, and so is a decimal comma: 0,2 is never read as 2.
"""

import re
from fractions import Fraction

from enthesis.knowledge import BadInput, Library
from enthesis.mixing.mixture import Wanted
from enthesis.mixing.quantities import exact
from enthesis.mixing.session import Given, had, into_the_skin
from enthesis.mixing.shelf import diluent, listed, stock_of
from enthesis.mixing.stock import MG_PER_ML_IN_ONE_PERCENT, Draw, Stock

WITH_UNIT = re.compile(r"(?P<number>[-+.,\d]*\d[-+.,\d]*)\s*(?P<unit>[^\d\s.,][^\d.,]*)")
PART, VIAL_AND_ML, AMOUNT = "dextrose=15@50:hydrous", "dextrose@50:hydrous=3", "lidocaine=100"
MILLIGRAMS = "mg/ml"


def read_wanted(library: Library, text: str) -> Wanted:
    """A component with its net strength and its vial: `dextrose=15@50:hydrous`. Raises BadInput naming the part."""
    name, strengths = _halves("part", text, PART)
    net, at, vial = strengths.partition("@")
    if not at:
        raise BadInput(f"part: {text[:40]!r} does not say the strength of the vial; expected such as {PART}")
    strength, _, form = vial.partition(":")
    stock = stock_of(library, name, percent=read_percent(f"{name}-stock", strength), form=form.strip())
    return Wanted(stock, read_percent(name, net))


def read_draw(library: Library, text: str, *, field: str = "draw") -> Draw:
    """A vial and the volume taken from it: `dextrose@50:hydrous=3`, `saline=5`. Raises BadInput naming the field."""
    vial, ml = _halves(field, text, VIAL_AND_ML)
    return Draw(read_vial(library, vial), read_ml(f"{field} {vial}", ml))


def read_vial(library: Library, text: str) -> Stock:
    """A vial by component, strength and form: `dextrose@5:hydrous`, or only `saline`. Raises BadInput."""
    vial, _, form = text.strip().lower().partition(":")
    name, at, strength = (piece.strip() for piece in vial.partition("@"))
    percent = read_percent(f"{name}-stock", strength) if at else None
    return listed(library, name, percent=percent, form=form.strip())


def read_diluent(library: Library, text: str) -> Stock:
    """What fills the rest: a diluent of the shelf by name, or a vial such as `dextrose@5`. Raises BadInput."""
    return read_vial(library, text) if "@" in text else diluent(library, text.strip().lower())


def read_skin(library: Library, text: str) -> Given:
    """Local anaesthetic into the skin: `lidocaine@1=3`, 3 mL from a vial of 1%. Raises BadInput."""
    return into_the_skin(read_draw(library, text, field="skin"))


def read_elsewhere(library: Library, text: str) -> Given:
    """What was had elsewhere that day, in mg: `lidocaine=100`. Raises BadInput."""
    named, mg = _halves("elsewhere", text, AMOUNT)
    name, _, form = named.partition(":")
    return had(library, name, mg=_number(f"elsewhere {name}", mg, unit="mg"), form=form)


def read_percent(field: str, text: str) -> Fraction:
    """A strength in percent; `10 mg/mL` is 1%. Raises BadInput for any other unit."""
    found = WITH_UNIT.fullmatch(text.strip())
    if found and "".join(found["unit"].lower().split()) == MILLIGRAMS:
        return exact(field, found["number"]) / MG_PER_ML_IN_ONE_PERCENT
    return exact(field, _number(field, text, unit="%"))


def read_ml(field: str, text: str) -> Fraction:
    """A volume in mL. Raises BadInput for any other unit."""
    return exact(field, _number(field, text, unit="mL"))


def _number(field: str, text: str, *, unit: str) -> str:
    """The number without its unit, when the unit is the right one."""
    found = WITH_UNIT.fullmatch(text.strip())
    if not found:
        return text
    if found["unit"].strip().lower() != unit.lower():
        raise BadInput(f"{field}: {text.strip()[:20]!r} is in another unit; expected a number in {unit}")
    return found["number"]


def _halves(field: str, text: str, example: str) -> tuple[str, str]:
    name, equals, value = (piece.strip() for piece in text.lower().partition("="))
    if not name or not equals or not value:
        raise BadInput(f"{field}: {text[:40]!r} cannot be read; expected such as {example}")
    return name, value
