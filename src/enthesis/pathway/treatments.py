"""Treatments: what can be given, what regulators and payers say of it, and when to look again."""

from dataclasses import dataclass

from enthesis.knowledge import Entry, Library
from enthesis.pathway.statement import Cited, Code, Days, ReviewRule, Statement


@dataclass(frozen=True)
class Treatment:
    """What can be given. `waves` names the schedule of questions; `prepare` is when preparation starts."""

    summary: str
    waves: str
    prepare: Days
    regulatory: tuple[Statement, ...]
    coverage: tuple[Statement, ...]
    cost: tuple[Statement, ...]
    codes: tuple[Code, ...] = ()
    reviews: tuple[ReviewRule, ...] = ()

    @property
    def cited(self) -> tuple[Cited, ...]:
        """The parts of the text that name a source."""
        return (self.prepare, *self.regulatory, *self.coverage, *self.cost, *self.reviews)


def treatments(library: Library) -> tuple[Entry[Treatment], ...]:
    """All treatments, in order of id. Raises LibraryError when an entry cannot be read."""
    return library.entries("treatments", Treatment)
