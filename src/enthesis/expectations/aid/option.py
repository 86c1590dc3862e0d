"""One option of a decision, in a patient's words: the same rows whatever it is, so that no option is told at greater length."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from enthesis.knowledge import Library, LibraryError
from enthesis.pathway.statement import Statement

ROWS = ("does", "sessions", "time", "after", "cost", "coverage", "status")


class Seen(StrEnum):
    """What is known of a harm. "Nobody studied it", "we did not look it up" and "looked for, not seen" are never one cell."""

    NO_STUDY = "no study"
    NOT_LOOKED_UP = "not looked up"
    NONE_SEEN = "none seen"
    SEEN = "seen"
    NOT_COUNTED = "seen, not counted"


@dataclass(frozen=True)
class Harm:
    """One thing that may go wrong. Raises LibraryError when the count does not fit the word.

    `events` of `people`: only where somebody counted among a known number.
    """

    text: str
    seen: Seen
    cite: str
    events: int = 0
    people: int = 0

    def __post_init__(self) -> None:
        """A count needs its denominator, and no count has none."""
        counted = self.seen in (Seen.NONE_SEEN, Seen.SEEN)
        if counted != (self.people > 0) or (self.seen is Seen.SEEN) != (0 < self.events <= self.people):
            raise LibraryError(
                f"harms: {self.seen!s} does not fit {self.events} of {self.people}; "
                "give events and people where somebody counted, and neither where nobody did"
            )

    @property
    def count(self) -> str:
        """As "0 of 30"; empty where nobody counted."""
        return f"{self.events} of {self.people}" if self.people else ""


@dataclass(frozen=True)
class Option:
    """The body of an entry. `treatment` is the library's entry and `node` the review's treatment, where there is one."""

    does: Statement
    sessions: Statement
    time: Statement
    after: Statement
    cost: Statement
    coverage: Statement
    status: Statement
    harms: tuple[Harm, ...]
    treatment: str = ""
    node: str = ""

    @property
    def cited(self) -> tuple[Statement | Harm, ...]:
        """The parts that name a source."""
        return (*(getattr(self, row) for row in ROWS), *self.harms)


def run_option_example(body: Option, example: Mapping[str, Any], library: Library) -> None:
    """Do the harms stand as promised? Raises AssertionError in words; every source named must be there."""
    said = [one.count or str(one.seen) for one in body.harms]
    if said != example["harms"]:
        raise AssertionError(f"{example['story']!r}: {said!r}, and {example['harms']!r} was promised")
    for one in body.cited:
        if one.cite not in library.bibliography:
            raise AssertionError(f"{one.cite!r} is not in the bibliography")
