"""What a treatment records of what was given, in the words of its own entry."""

from collections.abc import Mapping
from typing import Any

from enthesis.clinic.library import library
from enthesis.pathway import RecordField, Treatment, treatments


def declared(treatment: str) -> Treatment | None:
    """The treatment, where its entry says what is recorded of it; none where the mixing room's recipe says it."""
    found = next((entry.body for entry in treatments(library()) if entry.id == treatment), None)
    return found if found and found.records else None


def label_of(treatment: str) -> str:
    """What the step before the session is called for a treatment."""
    about = declared(treatment)
    if about is None:
        return "Make the recipe"
    return "Record the product" if about.injected else "Record the visit"


def product_lines(treatment: str, recipe: Mapping[str, Any] | None) -> tuple[tuple[str, str], ...]:
    """What was recorded, line by line, with the labels of the entry; a field the entry has lost stays an id."""
    about, said = declared(treatment), dict((recipe or {}).get("product") or {})
    known: dict[str, RecordField] = {field.id: field for field in about.records} if about else {}
    return tuple(
        (_label(id, known), f"{value} {known[id].unit if id in known else ''}".strip()) for id, value in said.items()
    )


def _label(id: str, known: Mapping[str, RecordField]) -> str:
    return known[id].label if id in known else id
