"""Treatments: what can be given, what regulators and payers say of it, and when to look again."""

from dataclasses import dataclass

from enthesis.knowledge import BadInput, Entry, Library
from enthesis.pathway.given import RecordField
from enthesis.pathway.statement import Cited, Code, Days, ReviewRule, Statement


@dataclass(frozen=True)
class Treatment:
    """What can be given. `waves` names the schedule of questions; `prepare` is when preparation starts.

    `claims` is what is said of it and by whom, `doubts` what the evidence does not show; `must_say` stands wherever it is
    offered. `records` are the fields that say what was given, none where the recipe of the mixing room says it.
    `injected` is false for a treatment without a needle.
    """

    summary: str
    waves: str
    prepare: Days
    regulatory: tuple[Statement, ...]
    coverage: tuple[Statement, ...]
    cost: tuple[Statement, ...]
    codes: tuple[Code, ...] = ()
    reviews: tuple[ReviewRule, ...] = ()
    claims: tuple[Statement, ...] = ()
    doubts: tuple[Statement, ...] = ()
    must_say: str = ""
    records: tuple[RecordField, ...] = ()
    injected: bool = True

    @property
    def cited(self) -> tuple[Cited, ...]:
        """The parts of the text that name a source."""
        said = (*self.regulatory, *self.coverage, *self.cost, *self.claims, *self.doubts)
        return (self.prepare, *said, *self.reviews)


def treatments(library: Library) -> tuple[Entry[Treatment], ...]:
    """All treatments, in order of id. Raises LibraryError when an entry cannot be read."""
    return library.entries("treatments", Treatment)


def treatment_called(library: Library, id: str) -> Entry[Treatment]:
    """One treatment. Raises BadInput naming those there are."""
    found = {entry.id: entry for entry in treatments(library)}
    if id not in found:
        raise BadInput(f"treatment: there is no treatment {id!r}; there are: {', '.join(found)}")
    return found[id]
