"""The pair: of 100 with and of 100 without, and the difference, with intervals in closed form on the probit scale.

Var(z_T) = Var(z_C) + Var(d); the difference by the delta method. `spread` is the SD of effects between places: a new clinic
is one more draw, so its interval holds it.
"""

import math
from dataclasses import dataclass

from scipy.special import ndtr, ndtri

from enthesis.expectations.shares.margin import NONE, Margin

USUAL = 1.959963984540054  # the normal quantile of a 95% interval


@dataclass(frozen=True)
class Range:
    """A number with its interval; a share (0 to 1), or a difference of shares (-1 to 1)."""

    estimate: float
    lower: float
    upper: float

    def widened(self, by: float, *, least: float = 0.0) -> "Range":
        """The same with more room on both sides, kept inside the possible."""
        return Range(self.estimate, max(least, self.lower - by), min(1.0, self.upper + by))


@dataclass(frozen=True)
class Pair:
    """Shares with and without, their difference, and the two ends the difference has without heterogeneity and margin."""

    treated: Range
    untreated: Range
    difference: Range
    average: Range


def pair(
    control: float, control_error: float, d: float, d_error: float, *, spread: float = 0.0, quantile: float = USUAL,
    margin: Margin = NONE, control_spread: float = 0.0,
) -> Pair:  # fmt: skip
    """The pair for a share without treatment and its SE on the probit scale, an effect `d` in SDs with its SE.

    `control_spread` is the spread between places of the share without treatment, on the probit scale.
    """
    z_c = float(ndtri(control))
    here, course = math.hypot(d_error, spread), math.hypot(control_error, control_spread)
    treated = _share(z_c + d, math.hypot(course, here), quantile).widened(margin.treated)
    untreated = _share(z_c, course, USUAL).widened(margin.untreated)
    average = _difference(z_c, d, control_error, d_error, USUAL)
    difference = _difference(z_c, d, course, here, quantile).widened(margin.difference, least=-1.0)
    return Pair(treated, untreated, difference, average)


def counted_error(share: float, people: float) -> float:
    """SE on the probit scale of a share that was counted among `people`."""
    z = float(ndtri(share))
    return math.sqrt(share * (1 - share) / people) / _density(z)


def _share(z: float, error: float, quantile: float) -> Range:
    return Range(float(ndtr(z)), float(ndtr(z - quantile * error)), float(ndtr(z + quantile * error)))


def _difference(z_c: float, d: float, control_error: float, d_error: float, quantile: float) -> Range:
    z_t = z_c + d
    middle = float(ndtr(z_t) - ndtr(z_c))
    of_control = (_density(z_t) - _density(z_c)) * control_error
    half = quantile * math.hypot(of_control, _density(z_t) * d_error)
    return Range(middle, max(-1.0, middle - half), min(1.0, middle + half))


def _density(z: float) -> float:
    return math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
