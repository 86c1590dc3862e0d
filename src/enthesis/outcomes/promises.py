"""What an instrument's entry promises of itself, and where it breaks a promise: such an entry does not load."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Protocol

from enthesis.outcomes.items import Blank, Item, Question
from enthesis.outcomes.numbers import number, plain
from enthesis.outcomes.scoring import Ends, Scoring
from enthesis.outcomes.subscales import Band, Subscale, broken_bands
from enthesis.outcomes.thresholds import Rating, Threshold


class NeededAnswers(Protocol):
    """How many answers are needed, and what a blank counts."""

    @property
    def needed(self) -> int: ...
    @property
    def blank_counts(self) -> int | None: ...


class Promising(Protocol):
    """What of an instrument is looked at here; the instrument itself asks for it while it is made."""

    @property
    def questions(self) -> tuple[Question, ...]: ...
    @property
    def answers(self) -> dict[str, Any]: ...
    @property
    def items(self) -> tuple[Item, ...]: ...
    @property
    def scored(self) -> tuple[Item, ...]: ...
    @property
    def subscales(self) -> tuple[Subscale, ...]: ...
    @property
    def total_of(self) -> tuple[str, ...]: ...
    @property
    def bands(self) -> tuple[Band, ...]: ...
    @property
    def range(self) -> tuple[float, float]: ...
    @property
    def missing(self) -> NeededAnswers: ...
    @property
    def scoring_rule(self) -> Scoring: ...
    @property
    def thresholds(self) -> tuple[Threshold, ...]: ...
    @property
    def rates_change(self) -> bool: ...
    @property
    def looks_back(self) -> bool: ...
    @property
    def caution(self) -> str: ...
    @property
    def instructions(self) -> str: ...
    @property
    def is_slot(self) -> bool: ...
    def subscale_ends(self, subscale: Subscale) -> Ends:
        """The least and the most a subscale can be."""


def ends_of(items: Sequence[Item]) -> dict[str, Ends]:
    """The least and the most the answer to each question can count."""
    return {item.id: (Fraction(item.ends[0]), Fraction(item.ends[1])) for item in items}


def broken_promises(entry: Promising) -> Iterator[str]:
    """Each broken promise in a sentence, those that the others rest on first."""
    yield from _questions(entry)
    yield from _subscales(entry)
    yield from _missing(entry)
    yield from _range(entry)
    yield from broken_bands(entry.bands, entry.range)
    yield from _change(entry)
    yield from _wording(entry)


def _questions(entry: Promising) -> Iterator[str]:
    ids, stated = [question.id for question in entry.questions], ", ".join(sorted(entry.answers))
    used = ", ".join(sorted({question.answers for question in entry.questions}))
    if len(set(ids)) < len(ids):
        yield "questions: two have the same id"
    if used != stated:
        yield f"answers: the questions use {used}; the entry states {stated}"


def _subscales(entry: Promising) -> Iterator[str]:
    ids, known = [part.id for part in entry.subscales], {question.id for question in entry.questions}
    if len(set(ids)) < len(ids) or not set(entry.total_of) <= set(ids):
        yield "subscales: each has an id of its own, and `total_of` names some of them"
    for part in entry.subscales:
        if len(set(part.items)) < len(part.items) or not set(part.items) <= known:
            yield f"subscales: {part.id!r} names each of its questions once, and they are among the questions"
        yield from _needed(f"subscales: {part.id!r}:", part.needed, len(part.items), whole=part.scoring_rule.whole_form)
        yield from broken_bands(part.bands, _numbers(entry.subscale_ends(part)))


def _missing(entry: Promising) -> Iterator[str]:
    rule, whole = entry.missing, entry.scoring_rule.whole_form and not entry.total_of
    yield from _needed("missing:", rule.needed, len(entry.scored), whole=whole)
    if rule.blank_counts is not None and (whole or entry.total_of):
        yield "missing: `blank_counts` is for a score made of the questions themselves, and never for a table"
    parts = [part.needed for part in entry.subscales if part.id in entry.total_of]
    if parts and sum(parts) != rule.needed:
        yield f"missing: `needed` is what the subscales of the score need together, {sum(parts)}, not {rule.needed}"


def _needed(where: str, needed: int, of: int, *, whole: bool) -> Iterator[str]:
    if not 1 <= needed <= of:
        yield f"{where} `needed` is from 1 to the number of scored questions, not {needed}"
    elif whole and needed < of:
        yield f"{where} a table is for complete forms, so all {of} answers are needed, not {needed}"


def _range(entry: Promising) -> Iterator[str]:
    parts = {part.id: entry.subscale_ends(part) for part in entry.subscales if part.id in entry.total_of}
    least, most = _numbers(entry.scoring_rule.range(parts or ends_of(entry.scored)))
    if (least, most) != entry.range:
        yield f"range: the scoring gives {plain(least)} to {plain(most)}, and the entry promises {list(entry.range)}"


def _change(entry: Promising) -> Iterator[str]:
    if any(isinstance(threshold, Rating) != entry.rates_change for threshold in entry.thresholds):
        yield "thresholds: `rated` is for an instrument that rates change; others take `points` or `percent`"
    if entry.looks_back and (entry.rates_change or entry.thresholds or not entry.caution):
        yield "looks_back: such a question has a `caution`, and neither thresholds nor a rating of change"


def _wording(entry: Promising) -> Iterator[str]:
    blank = [isinstance(answer, Blank) for answer in entry.answers.values()]
    worded = [bool(question.text) for question in entry.questions]
    if entry.is_slot and (not all(blank) or any(worded) or entry.instructions):
        yield "questions: the wording of a licensed instrument is not shipped"
    if not entry.is_slot and (any(blank) or not all(worded)):
        yield "questions: every question has its text, and every set of answers its words"


def _numbers(ends: Ends) -> tuple[float, float]:
    return number(ends[0]), number(ends[1])


def parts_of(entry: Promising, subscale: Subscale) -> tuple[Item, ...]:
    """The questions of a subscale, in the order asked."""
    return tuple(item for item in entry.items if item.id in subscale.items)
