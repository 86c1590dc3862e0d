"""What may go wrong, as a patient is told before consent: how often, as far as anybody knows, and who says so."""

from dataclasses import dataclass
from enum import StrEnum

from enthesis.knowledge import Entry, Library, Site
from enthesis.pathway.statement import Statement
from enthesis.recovery.where import EVERYWHERE, Where


class Frequency(StrEnum):
    """The order in which risks are told. It sorts the text; it states no rate."""

    COMMON = "common"
    SOMETIMES = "sometimes"
    RARE = "rare"


@dataclass(frozen=True)
class Risk:
    """One thing that may happen. `known` says how often, with its source; a count without a denominator is no rate."""

    frequency: Frequency
    to_patient: str
    known: tuple[Statement, ...] = ()
    where: Where = EVERYWHERE

    @property
    def cited(self) -> tuple[Statement, ...]:
        """The parts of the text that name a source."""
        return self.known


def risks_at(sites: tuple[Site, ...], library: Library) -> tuple[Entry[Risk], ...]:
    """The risks of an injection at any of these sites, what is common first. Raises LibraryError for a broken entry."""
    order = list(Frequency)
    found = [entry for entry in library.entries("risks", Risk) if any(entry.body.where.covers(site) for site in sites)]
    return tuple(sorted(found, key=lambda entry: (order.index(entry.body.frequency), entry.id)))
