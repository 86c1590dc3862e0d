"""The patient's own curve: what they answered and when, and one sentence about it that claims no cause."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from enthesis.knowledge import Entry
from enthesis.outcomes.change import Change, change
from enthesis.outcomes.instrument import Instrument
from enthesis.outcomes.numbers import exact, number, plain

# Two weeks, and the four days within which that survey may still be answered. So early, local anaesthetic, the flare
# and hope outweigh anything a treatment does; no such result is shown as benefit.
TOO_SOON = timedelta(days=18)


@dataclass(frozen=True)
class Point:
    """One planned measurement: the day, the score (None when it was not answered), and its name, such as "6 weeks"."""

    on: date
    score: float | None
    label: str


@dataclass(frozen=True)
class Answered(Point):
    """A point that was answered."""

    score: float


@dataclass(frozen=True)
class Curve:
    """One person's scores in order of day. `baseline` is the mean of those up to the day of the first injection.

    `latest` is the last answer after it; `change` is None as long as that came too soon to be read.
    """

    title: str
    range: tuple[float, float]
    higher_is_worse: bool
    points: tuple[Point, ...]
    injections: tuple[date, ...]
    baseline: float | None
    latest: Answered | None
    too_soon: bool
    change: Change | None
    sentence: str

    @property
    def origin(self) -> date | None:
        """The day weeks are counted from: the first injection, or the first point while there is none."""
        return next(iter((*self.injections, *(point.on for point in self.points))), None)


def curve(*, points: Iterable[Point], injections: Iterable[date] = (), instrument: Entry[Instrument]) -> Curve:
    """The curve of one patient's scores on one instrument; a score on the day of the first injection counts as before.

    Raises BadInput on a score that is off the instrument's scale.
    """
    about, days = instrument.body, tuple(sorted(injections))
    ordered = tuple(sorted(points, key=lambda point: point.on))
    before, after = _before_and_after(_answered(ordered, about), days)
    baseline = None if about.rates_change or about.looks_back else _mean(before)
    latest = after[-1] if after else None
    too_soon = latest is not None and latest.on - days[0] <= TOO_SOON
    readable = latest is not None and not too_soon and (about.rates_change or baseline is not None)
    return Curve(
        title=instrument.title,
        range=about.range,
        higher_is_worse=about.higher_is_worse,
        points=ordered,
        injections=days,
        baseline=baseline,
        latest=latest,
        too_soon=too_soon,
        change=change(baseline=baseline, now=latest.score, instrument=instrument) if latest and readable else None,
        sentence=_sentence(about, _first(before, baseline, begun=bool(days)), latest, too_soon=too_soon),
    )


def _answered(points: Sequence[Point], about: Instrument) -> list[Answered]:
    return [
        Answered(point.on, about.measured(point.score, f"score of {point.on}"), point.label)
        for point in points
        if point.score is not None
    ]


def _before_and_after(answers: Sequence[Answered], injections: Sequence[date]) -> tuple[list[Answered], list[Answered]]:
    """The answers up to the day of the first injection, and those after it; without an injection all are before."""
    first = injections[0] if injections else date.max
    return [answer for answer in answers if answer.on <= first], [answer for answer in answers if answer.on > first]


def _mean(answers: Sequence[Answered]) -> float | None:
    return number(sum((exact(answer.score) for answer in answers), exact(0)) / len(answers)) if answers else None


def _first(before: Sequence[Answered], baseline: float | None, *, begun: bool) -> str:
    """How things were before, in words; empty where nobody asked."""
    if baseline is None:
        return ""
    average = " on average" if len(before) > 1 else ""
    return f"{plain(baseline)}{average}{' before the first injection' if begun else ' so far'}"


def _sentence(about: Instrument, first: str, latest: Answered | None, *, too_soon: bool) -> str:
    """One sentence in the order of time: what it was, what it is, and what that does not show."""
    if latest is None:
        return f"{about.in_words} was {first}." if first else "There is no score yet."
    warning = ", which is too soon to show whether the treatment helps" if too_soon else ""
    if about.rates_change or about.looks_back:
        return f'{about.in_words} at {latest.label} was "{_words(about, latest.score)}"{warning}.'
    now = f"{plain(latest.score)} at {latest.label}{warning}"
    if first:
        return f"{about.in_words} was {first} and {now}."
    return f"{about.in_words} was {now}; there is no score from before the first injection to set beside it."


def _words(about: Instrument, score: float) -> str:
    """The words of a rating."""
    return next(option.label for option in about.scored[0].options if option.value == score)
