"""How much worse the silent must have done for the finding to go away."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from enthesis.outcomes.mixed.patterns import Floats

NO_LEVER = 1e-12  # below this, what the silent are given does not reach the estimate


@dataclass(frozen=True)
class Shifted:
    """A difference, or a change, when the silent did `delta` points worse than people like them who answered."""

    delta: float
    estimate: float
    lower: float
    upper: float


@dataclass(frozen=True)
class TippingPoint:
    """`gone_at` is the shift at which the interval first holds zero, `nothing_at` the one at which the estimate is zero.

    0 where that is so with no shift at all, None where no shift does it because nobody is silent.
    """

    shifts: tuple[Shifted, ...]
    gone_at: float | None
    nothing_at: float | None


@dataclass(frozen=True, eq=False)
class Filled:
    """A regression in which silent people carry what people like them answered, plus a shift for some of them.

    design   (people, q)   outcome = design x coefficients; the first `tested` is what is asked about
    outcome  (people,)     higher is worse, so that a benefit is below zero and a shift is above; NaN where silent
    shifted  (people,)     1.0 for those whose filled-in value is shifted, 0.0 for others
    """

    design: Floats
    outcome: Floats
    shifted: Floats
    tested: int

    def at(self, delta: float, *, level: float = 0.95) -> Shifted:
        """The coefficient when filled-in values of the shifted are `delta` higher.

        The interval is the one of the answers alone moved along: filling in adds no people.
        """
        there = np.isfinite(self.outcome)
        seen = self.design[there]
        inverse = np.linalg.inv(seen.T @ seen)
        coefficients = inverse @ seen.T @ self.outcome[there]
        left = self.outcome[there] - seen @ coefficients
        df = len(seen) - seen.shape[1]
        se = float(np.sqrt(left @ left / df * inverse[self.tested, self.tested]))
        half = float(special.stdtrit(df, 0.5 + level / 2)) * se
        estimate = float(coefficients[self.tested]) + delta * self.lever
        return Shifted(delta, estimate, estimate - half, estimate + half)

    @property
    def lever(self) -> float:
        """What a shift of one point does to the estimate: the regression of the shifted silent on the design."""
        silent = ~np.isfinite(self.outcome)
        moved = self.shifted * silent
        whole = np.linalg.solve(self.design.T @ self.design, self.design.T @ moved)
        return float(whole[self.tested])


def tipping_point(filled: Filled, *, deltas: tuple[float, ...], level: float = 0.95) -> TippingPoint:
    """The estimate over a range of shifts, and the shifts at which the finding and the estimate are gone."""
    shifts = tuple(filled.at(delta, level=level) for delta in deltas)
    start, lever = filled.at(0.0, level=level), filled.lever
    return TippingPoint(shifts, _reaches_zero(start.upper, lever), _reaches_zero(start.estimate, lever))


def _reaches_zero(value: float, lever: float) -> float | None:
    """The shift that brings `value` up to zero."""
    if value >= 0:
        return 0.0
    return -value / lever if lever > NO_LEVER else None
