"""The shape of an instrument: a questionnaire with its wording, licence, scoring and what counts as a change."""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from enthesis.knowledge import BadInput, Entry, Library, LibraryError
from enthesis.outcomes.items import Blank, Choices, Item, Question, Scale, Tick
from enthesis.outcomes.numbers import plain
from enthesis.outcomes.promises import broken_promises, ends_of, parts_of
from enthesis.outcomes.scoring import Ends, Scoring, scoring
from enthesis.outcomes.subscales import Band, Subscale
from enthesis.outcomes.thresholds import Amount, Rating, Readable


class LicenceStanding(StrEnum):
    """How far the licence of the wording could be confirmed."""

    OWNER = "stated by the owner of the wording"
    SECOND_HAND = "stated by others; no statement by an owner was found"
    NOT_FOUND = "no owner and no licence statement were found"
    CONDITIONS = "free under conditions that a clinic must accept first"
    LICENSED = "licensed: the wording is not shipped"
    CLINIC = "licensed to the clinic, which brought the wording"
    OURS = "our own wording"


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

    `rates_change` marks an instrument whose score is itself a rating of change and has no baseline; `looks_back` one that
    measures no change at all, such as satisfaction; `caution` says of either what it is. `total_of` names the subscales
    the score is made of, none where it is made of the questions themselves. `pack` names terms to be accepted first.
    """

    version: str
    recall: str
    language: str
    in_words: str
    licence: Licence
    answers: dict[str, Scale | Choices | Tick | Blank] = field(hash=False)
    questions: tuple[Question, ...]
    scoring: dict[str, Any] = field(hash=False)
    missing: Missing
    range: tuple[float, float]
    higher_is_worse: bool
    thresholds: tuple[Amount | Rating, ...] = ()
    readable: Readable | None = None
    rates_change: bool = False
    looks_back: bool = False
    caution: str = ""
    subscales: tuple[Subscale, ...] = ()
    total_of: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()
    pack: str = ""
    instructions: str = ""
    loinc_panel: str = ""
    loinc_score: str = ""
    notes: str = ""

    def __post_init__(self) -> None:
        for broken in broken_promises(self):
            raise LibraryError(broken)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every question with its answers, in the order asked."""
        return tuple(Item(**vars(question), format=self.answers[question.answers]) for question in self.questions)

    @cached_property
    def scored(self) -> tuple[Item, ...]:
        """The items the score is made of."""
        within = {id for part in self.subscales if part.id in self.total_of for id in part.items}
        return tuple(item for item in self.items if (item.id in within if self.total_of else not item.optional))

    @cached_property
    def scoring_rule(self) -> Scoring:
        """How the score is computed."""
        return scoring(self.scoring)

    @property
    def is_slot(self) -> bool:
        """Is this the scoring of a licensed instrument, whose wording is not here?"""
        return self.licence.standing is LicenceStanding.LICENSED

    def subscale_ends(self, subscale: Subscale) -> Ends:
        """The least and the most a subscale can be."""
        return subscale.scoring_rule.range(ends_of(parts_of(self, subscale)))

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
