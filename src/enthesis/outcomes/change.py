"""What changed between two scores of one person: by how much, which way, and whether by as much as counts.

Nothing here says why. A score that comes down after an injection comes down after salt water too.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from enthesis.knowledge import BadInput, Entry
from enthesis.outcomes.instrument import Instrument
from enthesis.outcomes.numbers import exact, number, plain
from enthesis.outcomes.thresholds import Amount, Rating


class Direction(StrEnum):
    """Which way things went, whatever the direction of the scale."""

    BETTER = "better"
    SAME = "the same"
    WORSE = "worse"


class Reached(StrEnum):
    """Was a threshold reached? From some baselines it cannot be told, and that is not a no."""

    YES = "yes"
    NO = "no"
    UNREADABLE = "cannot be told"


@dataclass(frozen=True)
class Reading:
    """Whether a threshold was reached, and why it cannot be told where it cannot."""

    reached: Reached
    because: str = ""


@dataclass(frozen=True)
class Verdict:
    """One threshold: better by at least that much, and worse by as much."""

    threshold: str
    better: Reading
    worse: Reading


@dataclass(frozen=True)
class Change:
    """A change in points and in percent of the baseline, both above 0 when things got better.

    Both are None for a rating of change, which has no baseline; `percent_better` also where the baseline is 0.
    """

    baseline: float | None
    now: float
    points_better: float | None
    percent_better: float | None
    direction: Direction
    verdicts: tuple[Verdict, ...]

    @property
    def better_by(self) -> tuple[str, ...]:
        """The thresholds reached for the better, by id."""
        return tuple(verdict.threshold for verdict in self.verdicts if verdict.better.reached is Reached.YES)

    @property
    def worse_by(self) -> tuple[str, ...]:
        """The thresholds reached for the worse, by id."""
        return tuple(verdict.threshold for verdict in self.verdicts if verdict.worse.reached is Reached.YES)

    @property
    def cannot_tell(self) -> tuple[str, ...]:
        """Why some thresholds cannot be read, each reason once."""
        readings = [reading for verdict in self.verdicts for reading in (verdict.better, verdict.worse)]
        return tuple(dict.fromkeys(reading.because for reading in readings if reading.because))


def change(*, baseline: float | None, now: float, instrument: Entry[Instrument]) -> Change:
    """The change from a baseline score to a later one. Raises BadInput on a score off the scale or without a baseline.

    A rating of change, such as PGIC, takes no baseline: its score already is the change.
    """
    return measured_change(baseline=baseline, now=now, about=instrument.body)


def measured_change(*, baseline: float | None, now: float, about: Instrument) -> Change:
    """The same, from the instrument itself rather than its entry."""
    about.measured(now, "now")
    if about.looks_back:
        raise BadInput("now: this question looks back and has no score from before, so it measures no change")
    if about.rates_change:
        return _rated(baseline, now, about)
    if baseline is None:
        raise BadInput("baseline: a score from before the treatment is needed to tell a change")
    before, after = exact(about.measured(baseline, "baseline")), exact(now)
    points = about.better * (after - before)
    return Change(
        baseline=baseline,
        now=now,
        points_better=number(points),
        percent_better=number(points * 100 / before) if before else None,
        direction=_direction(points),
        verdicts=tuple(_verdict(step, before, after, about) for step in about.thresholds if isinstance(step, Amount)),
    )


def _rated(baseline: float | None, now: float, about: Instrument) -> Change:
    """A rating is read as it stands; as much worse is its mirror image on the scale."""
    if baseline is not None:
        raise BadInput("baseline: this instrument rates change since the start, so there is no baseline to give")
    least, most = about.range
    steps = [step for step in about.thresholds if isinstance(step, Rating)]
    return Change(
        baseline=None,
        now=now,
        points_better=None,
        percent_better=None,
        direction=_direction(about.better * exact(2 * now - least - most)),
        verdicts=tuple(
            Verdict(
                step.id,
                better=_yes_or_no(about.better * (now - step.rated) >= 0),
                worse=_yes_or_no(about.better * (now - (least + most - step.rated)) <= 0),
            )
            for step in steps
        ),
    )


def _direction(better: Fraction) -> Direction:
    if better == 0:
        return Direction.SAME
    return Direction.BETTER if better > 0 else Direction.WORSE


def _verdict(step: Amount, before: Fraction, after: Fraction, about: Instrument) -> Verdict:
    return Verdict(
        step.id,
        better=_reading(step, before, after, way=about.better, about=about),
        worse=_reading(step, before, after, way=-about.better, about=about),
    )


def _reading(step: Amount, before: Fraction, after: Fraction, *, way: int, about: Instrument) -> Reading:
    """Did the score move that far this way? `way` is 1 for up and -1 for down."""
    needed = step.needs(before)
    if needed is None:
        return Reading(Reached.UNREADABLE, "the baseline is 0, and there is no percentage of nothing")
    why = _too_near_the_end(before, needed, way, about)
    return Reading(Reached.UNREADABLE, why) if why else _yes_or_no(way * (after - before) >= needed)


def _too_near_the_end(before: Fraction, needed: Fraction, way: int, about: Instrument) -> str:
    """Why no move this way could be read from such a baseline; empty where one could."""
    least, most = (exact(end) for end in about.range)
    shown, verb = plain(float(before)), "better" if way == about.better else "worse"
    if about.readable and way < 0 and before < about.readable.baseline_from:
        return f"a baseline of {shown} is under {plain(about.readable.baseline_from)}: too near the end to tell {verb}"
    if about.readable and way > 0 and before > about.readable.baseline_to:
        return f"a baseline of {shown} is over {plain(about.readable.baseline_to)}: too near the end to tell {verb}"
    room = most - before if way > 0 else before - least
    return f"from a baseline of {shown} nobody can get {verb} by {plain(float(needed))} points" if needed > room else ""


def _yes_or_no(holds: bool) -> Reading:
    return Reading(Reached.YES if holds else Reached.NO)
