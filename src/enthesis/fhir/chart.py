"""What reading a bundle gives: one person, the items of the chart, and what was not understood."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from enthesis.screening import ChartItem, ItemKind


@dataclass(frozen=True)
class Identifier:
    """A number under which somebody knows the patient, with the system that gave it."""

    system: str
    value: str


@dataclass(frozen=True)
class Person:
    """Who the chart is about.

    `key` finds the same patient again at the next import: an identifier as "system|value", a medical record number
    before any other; else the address or the id of the resource; empty when the bundle gives none of them.
    `born_text` is the birth date as written ("1972", "1972-05"); `born` is that day when the whole day is known.
    `sex` is male, female, other or unknown. `died` is whether the record says so.
    """

    key: str
    identifiers: tuple[Identifier, ...] = ()
    family: str = ""
    given: str = ""
    born_text: str = ""
    born: date | None = None
    sex: str = "unknown"
    phone: str = ""
    email: str = ""
    language: str = ""
    died: bool = False


@dataclass(frozen=True)
class NotUnderstood:
    """One line of the report: a resource ("MedicationRequest/m1") or a type of resource, and what to say of it."""

    resource: str
    why: str


@dataclass(frozen=True)
class Chart:
    """A bundle, read. Nothing in it is lost: what is no item stands in `not_understood`."""

    person: Person
    items: tuple[ChartItem, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()


class Understood(NamedTuple):
    """What a reader makes of one resource: an item, sentences for the report, or both; never neither.

    `more` holds further items of the same resource, such as the second number of a blood pressure.
    """

    item: ChartItem | None
    remarks: tuple[str, ...] = ()
    more: tuple[ChartItem, ...] = ()


def not_lost(found: Understood) -> Understood:
    """The same. Raises ValueError when a reader gave neither an item nor a sentence: the resource would be lost."""
    if found.item is None and not found.remarks:
        raise ValueError("a resource that gives no item must give a sentence for the report")
    return found


def not_counted(why: str) -> Understood:
    """The resource says itself that it is no fact about the patient; the report says why."""
    return Understood(None, (why,))


def unread(resource: str, name: str, why: str) -> Understood:
    """Nobody here can read it. It is kept, so that a clinician is asked, and it is reported."""
    item = ChartItem(ItemKind.UNREAD, resource, name, coded=False)
    return Understood(item, (f"{why}; kept as a question for a clinician",))
