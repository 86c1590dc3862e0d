"""The score of one filled-in form: a number, or the reason why there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from enthesis.knowledge import Entry
from enthesis.outcomes.answers import checked
from enthesis.outcomes.instrument import Instrument
from enthesis.outcomes.items import Item
from enthesis.outcomes.numbers import exact, number
from enthesis.outcomes.promises import parts_of
from enthesis.outcomes.scoring import Scoring
from enthesis.outcomes.subscales import Subscale, band_of


@dataclass(frozen=True)
class Subscore:
    """The score of one subscale, or the reason why there is none."""

    id: str
    title: str
    score: float | None
    range: tuple[float, float]
    reason: str = ""
    standard_error: float | None = None
    says: str = ""


@dataclass(frozen=True)
class Score:
    """The score of a form. `missing` lists the scored questions that were left out and not filled in by the rule.

    `standard_error` is there where the instrument's table prints one; `says` where its source has a name for the score.
    """

    instrument: str
    version: str
    score: float | None
    range: tuple[float, float]
    higher_is_worse: bool
    missing: tuple[str, ...] = ()
    reason: str = ""
    standard_error: float | None = None
    says: str = ""
    subscales: tuple[Subscore, ...] = ()

    @property
    def scorable(self) -> bool:
        """Is there a score? If not, `reason` says why."""
        return self.score is not None


def score(instrument: Entry[Instrument], answers: Mapping[str, object]) -> Score:
    """The score of the answers, by item id; an item left out or null was not answered.

    Raises BadInput, one sentence naming the item and what was expected, on an answer that is not possible.
    """
    return scored_form(id=instrument.id, about=instrument.body, answers=answers)


def scored_form(*, id: str, about: Instrument, answers: Mapping[str, object]) -> Score:
    """The same, from the instrument itself rather than its entry."""
    given = checked(about.items, answers)
    parts = {subscale.id: _of_subscale(about, subscale, given) for subscale in about.subscales}
    whole = _over_subscales(about, parts) if about.total_of else _over_items(about, given)
    value = None if whole.value is None else number(whole.value)
    least, most = (number(exact(end)) for end in about.range)
    return Score(
        instrument=id,
        version=about.version,
        score=value,
        range=(least, most),
        higher_is_worse=about.higher_is_worse,
        missing=tuple(item.id for item in about.scored if item.id in whole.missing),
        reason=whole.reason,
        standard_error=whole.error,
        says=band_of(value, about.bands),
        subscales=tuple(_told(about, subscale, parts[subscale.id]) for subscale in about.subscales),
    )


def score_as_json(score: Score) -> dict[str, object]:
    """A score with exactly the keys the command line promises; the reason only where there is no score."""
    keys: dict[str, object] = {
        "instrument": score.instrument,
        "version": score.version,
        "score": score.score,
        "range": list(score.range),
        "higher_is_worse": score.higher_is_worse,
        "missing": list(score.missing),
        "scorable": score.scorable,
    }
    return keys if score.scorable else keys | {"reason": score.reason}


@dataclass(frozen=True)
class _Found:
    """What came of some questions: exactly, with those left out and the reason where there is no score."""

    value: Fraction | None
    missing: frozenset[str]
    reason: str = ""
    error: float | None = None


def _part(items: Sequence[Item], rule: Scoring, given: Mapping[str, int], *, needed: int, says: str) -> _Found:
    """The score of some questions by a rule, or why there is none."""
    missing = frozenset(item.id for item in items) - given.keys()
    answered = len(items) - len(missing)
    if answered < needed:
        return _Found(None, missing, f"answered {answered} of {len(items)} where at least {needed} must be: {says}")
    values = {item.id: Fraction(item.counted(given[item.id])) for item in items if item.id in given}
    return _Found(rule.total(values), missing, error=rule.error(values))


def _of_subscale(about: Instrument, subscale: Subscale, given: Mapping[str, int]) -> _Found:
    items = parts_of(about, subscale)
    return _part(items, subscale.scoring_rule, given, needed=subscale.needed, says=subscale.says)


def _over_items(about: Instrument, given: Mapping[str, int]) -> _Found:
    """The total over the questions, with the blanks counted where the instrument's rule counts them."""
    rule, blank = about.missing, about.missing.blank_counts
    found = _part(about.scored, about.scoring_rule, given, needed=rule.needed, says=rule.says)
    if found.value is None or blank is None:
        return found
    filled = {item.id: given.get(item.id, blank) for item in about.scored}
    return _part(about.scored, about.scoring_rule, filled, needed=rule.needed, says=rule.says)


def _over_subscales(about: Instrument, parts: Mapping[str, _Found]) -> _Found:
    """The total over subscales: there is one only where each of them has a score."""
    named = {id: parts[id] for id in about.total_of}
    missing = frozenset[str]().union(*(part.missing for part in named.values()))
    values = {id: part.value for id, part in named.items() if part.value is not None}
    if len(values) < len(named):
        reasons = (f"{id}: {part.reason}" for id, part in named.items() if part.reason)
        return _Found(None, missing, "; ".join(reasons))
    only = next(iter(named.values())) if len(named) == 1 else None
    return _Found(about.scoring_rule.total(values), missing, error=only.error if only else None)


def _told(about: Instrument, subscale: Subscale, found: _Found) -> Subscore:
    value = None if found.value is None else number(found.value)
    least, most = (number(end) for end in about.subscale_ends(subscale))
    return Subscore(
        id=subscale.id,
        title=subscale.title,
        score=value,
        range=(least, most),
        reason=found.reason,
        standard_error=found.error,
        says=band_of(value, subscale.bands),
    )
