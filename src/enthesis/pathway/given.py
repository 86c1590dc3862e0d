"""What is recorded of a treatment that was given: fields that its own entry declares, and the values they take.

A form is made from the fields, and what was typed is checked against them; neither knows any treatment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from enthesis.knowledge import BadInput, LibraryError

LONGEST = 200  # characters of one field


class FieldKind(StrEnum):
    """What a field takes."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    EXPIRY = "expiry"  # a day on or after the day of the session


@dataclass(frozen=True)
class RecordField:
    """One thing to be recorded. `least` and `most` are exact decimals as text, for a number; `unit` stands behind it.

    `traced` marks what a recall is searched by: a lot, a donor, a tissue number. Raises LibraryError when a field
    contradicts itself.
    """

    id: str
    label: str
    kind: FieldKind
    hint: str = ""
    unit: str = ""
    required: bool = True
    traced: bool = False
    options: tuple[str, ...] = ()
    least: str = ""
    most: str = ""

    def __post_init__(self) -> None:
        if (self.kind is FieldKind.CHOICE) != bool(self.options):
            raise LibraryError(f"records: {self.id!r}: `options` are for a choice, and a choice has some")
        if (self.kind is FieldKind.NUMBER) != bool(self.least and self.most):
            raise LibraryError(f"records: {self.id!r}: `least` and `most` are for a number, and a number has both")


def checked_record(fields: Sequence[RecordField], given: Mapping[str, object], *, on: date) -> dict[str, str]:
    """What was given, field by field as text; what was left empty is left out.

    Raises BadInput naming the field: for what is not asked, missing, out of range, not in the list, or expired on `on`.
    """
    known = [field.id for field in fields]
    for id in given:
        if id not in known:
            raise BadInput(f"{id}: this treatment records no such thing; it records: {', '.join(known) or 'nothing'}")
    said = {field.id: _checked(field, str(given.get(field.id) or "").strip(), on) for field in fields}
    return {id: value for id, value in said.items() if value}


def traced(fields: Sequence[RecordField], record: Mapping[str, str]) -> tuple[str, ...]:
    """The values a recall is searched by."""
    return tuple(record[field.id] for field in fields if field.traced and field.id in record)


def _checked(field: RecordField, value: str, on: date) -> str:
    if not value:
        if field.required:
            raise BadInput(f"{field.id}: {field.label.lower()} must be recorded")
        return ""
    if len(value) > LONGEST or "\x00" in value:
        raise BadInput(f"{field.id}: at most {LONGEST} characters were expected")
    return CHECKS[field.kind](field, value, on)


def _text(field: RecordField, value: str, on: date) -> str:
    return value


def _number(field: RecordField, value: str, on: date) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not Decimal(field.least) <= number <= Decimal(field.most):
        raise BadInput(
            f"{field.id}: a number from {field.least} to {field.most}{' ' if field.unit else ''}{field.unit} was "
            f"expected, with a decimal point, not {value!r}"
        )
    return format(number, "f")


def _choice(field: RecordField, value: str, on: date) -> str:
    if value not in field.options:
        raise BadInput(f"{field.id}: {value!r} is not in the list; there are: {', '.join(field.options)}")
    return value


def _expiry(field: RecordField, value: str, on: date) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise BadInput(f"{field.id}: a day such as 2027-03-01 was expected, not {value!r}") from None
    if day < on:
        raise BadInput(f"{field.id}: expired on {day.isoformat()}, before the session of {on.isoformat()}")
    return day.isoformat()


CHECKS = {FieldKind.TEXT: _text, FieldKind.NUMBER: _number, FieldKind.CHOICE: _choice, FieldKind.EXPIRY: _expiry}
