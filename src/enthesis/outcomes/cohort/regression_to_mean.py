"""People come when it hurts most: how much of a change would have come without any treatment."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from enthesis.outcomes.mixed.patterns import Floats

FEWEST = 4


@dataclass(frozen=True)
class AtMean:
    """Mee and Chua's test at one supposed true mean: the change of somebody who started exactly there."""

    true_mean: float
    effect: float
    se: float
    lower: float
    upper: float
    p: float


@dataclass(frozen=True)
class Line:
    """after = level + slope x before, with what an interval needs. A slope below 1 is regression to the mean."""

    level: float
    slope: float
    people: int
    mean_before: float
    squares_before: float
    residual_variance: float

    def at(self, true_mean: float, *, confidence: float = 0.95) -> AtMean:
        """Mee and Chua, Am Stat 1991;45:39-42: E(after | before) = mean + effect + slope (before - mean)."""
        effect = self.level + (self.slope - 1) * true_mean
        off = true_mean - self.mean_before
        se = (self.residual_variance * (1 / self.people + off * off / self.squares_before)) ** 0.5
        df = self.people - 2
        half = float(special.stdtrit(df, 0.5 + confidence / 2)) * se
        p = 2 * float(special.stdtr(df, -abs(effect) / se)) if se else float(effect == 0)
        return AtMean(true_mean, effect, se, effect - half, effect + half, p)


def line(before: Floats, after: Floats) -> Line | None:
    """Least squares over the people with both values; None with fewer than four or with one baseline for all."""
    both = np.isfinite(before) & np.isfinite(after)
    x, y = before[both], after[both]
    if len(x) < FEWEST or np.ptp(x) == 0:
        return None
    squares = float(((x - x.mean()) ** 2).sum())
    slope = float(((x - x.mean()) * (y - y.mean())).sum()) / squares
    level = float(y.mean()) - slope * float(x.mean())
    left = float(((y - level - slope * x) ** 2).sum())
    return Line(level, slope, len(x), float(x.mean()), squares, left / (len(x) - 2))


def over_means(
    before: Floats, after: Floats, *, means: tuple[float, ...], confidence: float = 0.95
) -> tuple[AtMean, ...]:
    """The test at each supposed true mean of the people a clinic draws from; empty where no line can be drawn.

    Nobody knows the true mean: the range over which the effect keeps its sign is the finding, not one p-value.
    """
    drawn = line(before, after)
    return tuple(drawn.at(mean, confidence=confidence) for mean in means) if drawn else ()
