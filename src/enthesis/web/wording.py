"""Whatever an entry of the library says, told field by field in words: for every kind, also those not yet invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

UNITS = {
    "ml": "mL",
    "mg": "mg",
    "kg": "kg",
    "g": "g",
    "percent": "%",
    "days": "days",
    "day": "",
    "weeks": "weeks",
    "months": "months",
    "minutes": "minutes",
    "hours": "hours",
    "years": "years",
}
PEOPLE = {
    "to_patient": "To the patient",
    "to_clinician": "To the clinician",
    "to_clinic": "To the clinic",
    "asks": "The question",
    "then": "The judgment",
    "when": "When this holds",
    "icd10": "ICD-10-CM codes",
    "loinc_panel": "LOINC code of the whole",
    "loinc_score": "LOINC code of the score",
}


@dataclass(frozen=True)
class Told:
    """A value in words: a text, a list of values, or named fields."""

    text: str = ""
    items: tuple["Told", ...] = ()
    fields: tuple[tuple[str, "Told"], ...] = ()


def told(value: Any, unit: str = "") -> Told:
    """A value of an entry, which holds text, numbers, dates, lists and tables, in words."""
    if isinstance(value, Mapping):
        return Told(fields=fields(value))
    if isinstance(value, list | tuple):
        return _list(value, unit)
    return Told(text=_plain(value, unit))


def fields(data: Mapping[str, Any]) -> tuple[tuple[str, Told], ...]:
    """Each field with its name in words; a unit at the end of a name goes behind the number."""
    return tuple(
        (_name(key, value), told(value, _unit(key))) for key, value in data.items() if value not in ("", [], {}, ())
    )


def _list(values: Any, unit: str) -> Told:
    """Short things in one line, long ones and tables below each other."""
    parts = tuple(told(value, unit) for value in values)
    short = all(part.text and len(part.text) < 40 for part in parts)
    return Told(text=", ".join(part.text for part in parts)) if short and parts else Told(items=parts)


def _plain(value: Any, unit: str) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    if isinstance(value, int | float):
        return f"{value:g} {UNITS[unit]}".strip() if unit else f"{value:g}" if isinstance(value, float) else str(value)
    return str(value)


def _unit(key: str) -> str:
    last = key.rpartition("_")[2]
    return last if last in UNITS else ""


def _name(key: str, value: Any) -> str:
    if key in PEOPLE:
        return PEOPLE[key]
    stem, _, last = key.rpartition("_")
    bare = stem if stem and UNITS.get(last) and isinstance(value, int | float) else key
    text = bare.replace("_", " ").replace("-", " ")
    return text[:1].upper() + text[1:]
