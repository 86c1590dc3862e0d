"""What is measured, in which units it is read, and what cannot be a living person's value."""

import re
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from enthesis.knowledge import BadInput


class Measure(StrEnum):
    """The measurements that rules speak of."""

    INR = "inr"
    PLATELETS = "platelets"
    HBA1C = "hba1c"
    HBA1C_IFCC = "hba1c-ifcc"
    SYSTOLIC = "systolic"
    DIASTOLIC = "diastolic"
    BMI = "bmi"


@dataclass(frozen=True)
class Scale:
    """How a measure is called and read: its unit, other units by their factor, and the range a value can have.

    A value outside `least` and `most` is a slip of the pen or another unit, in whatever unit it was written.
    """

    called: str
    unit: str
    units: MappingProxyType[str, float]
    least: float
    most: float


def _scale(called: str, unit: str, units: dict[str, float], least: float, most: float) -> Scale:
    return Scale(called, unit, MappingProxyType(units), least, most)


SIGNS = str.maketrans("µμ×³⁹", "uux39")
NOTE = re.compile(r"\{[^{}]*\}")  # what UCUM calls an annotation: it says of what, and never how much
# Thousands or billions of cells as people write them: x10E3/uL, 10(9)/L, 10*3/mm3.
POWER = re.compile(r"x?10(?:[*^e]|\()?([39])\)?(/(?:l|ul|mm3|mcl))")

# Units as UCUM writes them and as people do, in lower case without spaces. The ranges only tell a unit from another.
SCALES = MappingProxyType(
    {
        Measure.INR: _scale("INR", "", {"": 1, "1": 1, "inr": 1, "ratio": 1}, 0.1, 50),
        Measure.PLATELETS: _scale(
            "platelets",
            "10^9/L",
            {
                "10^9/l": 1, "giga/l": 1, "g/l": 1,
                "10^3/ul": 1, "10^3/mm3": 1, "10^3/mcl": 1, "k/ul": 1, "k/mm3": 1, "k/mcl": 1,
                "thousand/ul": 1, "thousands/ul": 1, "thou/ul": 1, "thou/mm3": 1, "thou/mcl": 1, "tsd/ul": 1, "/nl": 1,
                "/ul": 0.001, "/mm3": 0.001, "/mcl": 0.001,
            },
            0.0,
            5000,
        ),
        Measure.HBA1C: _scale(
            "HbA1c", "%", {"%": 1, "percent": 1, "%hba1c": 1, "%hb": 1, "%hgb": 1, "%oftotalhb": 1, "%oftotalhgb": 1}, 2, 25
        ),
        Measure.HBA1C_IFCC: _scale("HbA1c", "mmol/mol", {"mmol/mol": 1, "mmol/molhb": 1, "mmol/molhgb": 1}, 4, 250),
        Measure.SYSTOLIC: _scale("systolic blood pressure", "mmHg", {"mm[hg]": 1, "mmhg": 1}, 30, 350),
        Measure.DIASTOLIC: _scale("diastolic blood pressure", "mmHg", {"mm[hg]": 1, "mmhg": 1}, 10, 250),
        Measure.BMI: _scale("body mass index", "kg/m2", {"kg/m2": 1, "kg/m^2": 1, "kg/m²": 1}, 5, 150),
    }
)  # fmt: skip


def in_unit(measure: Measure, value: float, unit: str, *, where: str) -> float:
    """A value in the measure's own unit. Raises BadInput, naming `where`, for an unknown unit or an impossible value."""
    scale = SCALES[measure]
    factor = scale.units.get(_usual(unit))
    if factor is None:
        known = ", ".join(repr(one) for one in scale.units if one) or "none"
        raise BadInput(f"{where}: the unit {unit[:40]!r} is none in which {scale.called} is read; expected {known}")
    found = value * factor
    if not scale.least <= found <= scale.most:
        limits = f"{scale.least:g} to {scale.most:g} {scale.unit}".strip()
        raise BadInput(f"{where}: {scale.called} of {value:g} {unit[:40]} is not possible; {limits} was expected")
    return found


def is_unit_of(measure: Measure, unit: str) -> bool:
    """Is the measure read in this unit?"""
    return _usual(unit) in SCALES[measure].units


def _usual(unit: str) -> str:
    """A unit as the table has it: small letters without spaces and notes, one sign for each of micro, times and powers."""
    plain = "".join(NOTE.sub("", unit).split()).casefold().translate(SIGNS)
    plain = plain.replace("mm^3", "mm3").replace("cumm", "mm3").removeprefix("cells")
    power = POWER.fullmatch(plain)
    return f"10^{power[1]}{power[2]}" if power else plain


def written(measure: Measure, value: float, unit: str | None = None) -> str:
    """A value as a sentence shows it, in the measure's own unit or in the one it came with: "platelets 18 10^9/L"."""
    return f"{SCALES[measure].called} {value:g} {SCALES[measure].unit if unit is None else unit}".strip()
