"""Where pain stands at the horizon with one of the two treatments: the point both shares are worked out from.

From arms that print changes: the own start plus the mean change. From arms that print pain at the end: that mean, moved for
the own start where the trial printed its people's start, with a correlation of 0.5 between start and end (assumed: the
worked example's; no trial printed one).
"""

import math
from dataclasses import dataclass

from enthesis.evidence.review import Arm, Scores
from enthesis.evidence.review.fitting import Fit
from enthesis.evidence.review.values import Side
from enthesis.expectations.finding.counted import pooled, spread_of
from enthesis.expectations.shares.means import given_baseline

CORRELATION = 0.5


@dataclass(frozen=True)
class Anchor:
    """Mean pain at the horizon (0 to 10), its SE, the SD between people, and who stands behind it.

    `of_start` says whether the mean moves with the own start; `spread` is the SD of such means between places.
    """

    node: str
    mean: float
    error: float
    sd: float
    people: int
    trials: tuple[str, ...]
    of_start: bool
    spread: float

    @property
    def here(self) -> float:
        """What is not known of the mean at a new place: its error and the spread between places."""
        return math.hypot(self.error, self.spread)


def anchor(made: Fit, node: str, start: float) -> Anchor | None:
    """The arms of a treatment in a fit as one point; None without such an arm. Changes are preferred to pain at the end."""
    kinds = {one.trial.trial: one.kind for one in made.chosen.taken}
    sides = [side for side in made.chosen.sides if side.node == node]
    changes = [side for side in sides if kinds[side.trial] is Scores.CHANGE]
    if changes:
        mean, sd, people = _together(changes)
        named = _names(changes)
        return Anchor(
            node, _on_scale(start + mean), sd / math.sqrt(people), sd, people, named, True, _apart(changes, sd)
        )
    if not sides:
        return None
    moved = [_moved(made, side, start) for side in sides]
    ends = [side for side, _ in moved]
    mean, sd, people = _together(ends)
    started = all(with_start for _, with_start in moved)
    return Anchor(node, _on_scale(mean), sd / math.sqrt(people), sd, people, _names(sides), started, _apart(ends, sd))


def _apart(sides: list[Side], sd: float) -> float:
    """The SD of the mean between places: by the arms, or what is assumed where they are few and say less."""
    _, _, own = pooled([side.mean for side in sides], [side.sd**2 / side.n for side in sides])
    return sd * spread_of(None if own is None else own / sd, len(sides))


def _moved(made: Fit, side: Side, start: float) -> tuple[Side, bool]:
    """The arm as people who start at `start` would end, where the trial printed where its people started."""
    began = _start_of(made, side)
    if began is None:
        return side, False
    mean, sd = given_baseline(
        start, mean=side.mean, sd=side.sd, mean_start=began[0], sd_start=began[1], correlation=CORRELATION
    )
    return Side(side.trial, side.node, side.n, mean, sd), True


def _start_of(made: Fit, side: Side) -> tuple[float, float] | None:
    """Mean and SD at the start on 0 to 10, of the same arm and instrument."""
    taken = next(one for one in made.chosen.taken if one.trial.trial == side.trial)
    for arm in made.review.arms:
        if (arm.trial, arm.node, arm.instrument, arm.week) == (side.trial, side.node, taken.instrument, 0):
            return _on_ten(arm)
    return None


def _on_ten(arm: Arm) -> tuple[float, float] | None:
    if arm.mean is None or not arm.sd or arm.scale_min is None or arm.scale_max is None:
        return None
    points = (arm.scale_max - arm.scale_min) / 10
    return (arm.mean - arm.scale_min) / points, arm.sd / points


def _together(sides: list[Side]) -> tuple[float, float, int]:
    """Mean and SD of all people of several arms, and how many they are (Cochrane Handbook, 6.5.2.10)."""
    people = sum(side.n for side in sides)
    mean = sum(side.n * side.mean for side in sides) / people
    squares = sum((side.n - 1) * side.sd**2 + side.n * (side.mean - mean) ** 2 for side in sides)
    return mean, math.sqrt(squares / (people - 1)), people


def _names(sides: list[Side]) -> tuple[str, ...]:
    return tuple(side.trial for side in sides)


def _on_scale(mean: float) -> float:
    return min(10.0, max(0.0, mean))
