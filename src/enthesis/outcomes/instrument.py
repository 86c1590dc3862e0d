"""The shape of an instrument: a questionnaire with its wording, licence, scoring and what counts as a change."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from enthesis.knowledge import BadInput, Entry, Library, LibraryError
from enthesis.outcomes.items import Choices, Item, Question, Scale, Tick
from enthesis.outcomes.numbers import number, plain
from enthesis.outcomes.scoring import Scoring, scoring
from enthesis.outcomes.thresholds import Amount, Rating, Readable


class LicenceStanding(StrEnum):
    """How far the licence of the wording could be confirmed."""

    OWNER = "stated by the owner of the wording"
    SECOND_HAND = "stated by others; no statement by an owner was found"
    NOT_FOUND = "no owner and no licence statement were found"


@dataclass(frozen=True)
class Licence:
    """What may be done with the wording, who says so, and where that was read."""

    says: str
    standing: LicenceStanding
    read_at: str


@dataclass(frozen=True)
class Missing:
    """What happens to questions left out: how many answers are needed, what a blank counts, if anything, and why."""

    needed: int
    says: str
    blank_counts: int | None = None


@dataclass(frozen=True)
class Instrument:
    """One questionnaire. `in_words` begins a sentence to the patient about the score ("Your pain").

    `rates_change` marks an instrument whose score is itself a rating of change and has no baseline.
    """

    version: str
    recall: str
    language: str
    in_words: str
    licence: Licence
    answers: dict[str, Scale | Choices | Tick] = field(hash=False)
    questions: tuple[Question, ...]
    scoring: dict[str, Any] = field(hash=False)
    missing: Missing
    range: tuple[float, float]
    higher_is_worse: bool
    thresholds: tuple[Amount | Rating, ...] = ()
    readable: Readable | None = None
    rates_change: bool = False
    instructions: str = ""
    loinc_panel: str = ""
    loinc_score: str = ""
    notes: str = ""

    def __post_init__(self) -> None:
        for broken in _broken_promises(self):
            raise LibraryError(broken)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every question with its answers, in the order asked."""
        return tuple(Item(**vars(question), format=self.answers[question.answers]) for question in self.questions)

    @cached_property
    def scored(self) -> tuple[Item, ...]:
        """The items the score is made of."""
        return tuple(item for item in self.items if not item.optional)

    @cached_property
    def scoring_rule(self) -> Scoring:
        """How the score is computed."""
        return scoring(self.scoring)

    @property
    def better(self) -> int:
        """The way the score moves when things get better: -1 down, 1 up."""
        return -1 if self.higher_is_worse else 1

    def measured(self, value: float, name: str) -> float:
        """A score of this instrument, checked. Raises BadInput naming the field when it is off the scale."""
        least, most = self.range
        if not least <= value <= most:
            raise BadInput(f"{name}: a score from {plain(least)} to {plain(most)} was expected, not {value!r}")
        return value


def instruments(library: Library) -> tuple[Entry[Instrument], ...]:
    """All instruments, in order of id."""
    return library.entries("instruments", Instrument)


def instrument(library: Library, id: str) -> Entry[Instrument]:
    """One instrument. Raises LibraryError naming those there are."""
    return library.entry("instruments", id, Instrument)


def _broken_promises(entry: Instrument) -> Iterator[str]:
    ids, used, stated = [question.id for question in entry.questions], _formats(entry), ", ".join(sorted(entry.answers))
    if len(set(ids)) < len(ids):
        yield "questions: two have the same id"
    if used != stated:
        yield f"answers: the questions use {used}; the entry states {stated}"
    if not 1 <= entry.missing.needed <= len(entry.scored):
        yield f"missing: `needed` is from 1 to the number of scored questions, not {entry.missing.needed}"
    least, most = (number(end) for end in entry.scoring_rule.range(entry.scored))
    if (least, most) != entry.range:
        yield f"range: the scoring gives {plain(least)} to {plain(most)}, and the entry promises {list(entry.range)}"
    if any(isinstance(threshold, Rating) != entry.rates_change for threshold in entry.thresholds):
        yield "thresholds: `rated` is for an instrument that rates change; others take `points` or `percent`"


def _formats(entry: Instrument) -> str:
    return ", ".join(sorted({question.answers for question in entry.questions}))
