"""A clinic over time: quarter by quarter against exact limits, and person by person for a shift that creeps in."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from enthesis.outcomes.cohort.binomials import binomial_limit
from enthesis.outcomes.mixed.patterns import Floats

TAIL = 0.00135  # outside on each side of three standard deviations, as charts have had it since Shewhart
WORSE, BETTER = 0.5, 2.0  # odds ratios the two CUSUMs watch for: halved and doubled odds of a good outcome
FALSE_ALARMS = 0.05  # how many unchanged clinics would cross the line in a series as long as this one
SERIES = 2000  # simulated, to find that line


@dataclass(frozen=True)
class Period:
    """One quarter: events of n, and the limits within which an unchanged clinic nearly always lies."""

    name: str
    events: int
    n: int
    lower: float
    upper: float

    @property
    def share(self) -> float:
        """Events of n."""
        return self.events / self.n

    @property
    def outside(self) -> bool:
        """Does it lie outside its limits?"""
        return not self.lower <= self.share <= self.upper


def p_chart(names: Sequence[str], events: Sequence[int], counts: Sequence[int]) -> tuple[Period, ...]:
    """Each period against the share of all periods, with exact binomial limits. Periods without anybody are left out."""
    total = sum(counts)
    if not total:
        return ()
    middle = sum(events) / total
    return tuple(
        Period(name, e, n, binomial_limit(n, middle, TAIL) / n, binomial_limit(n, middle, 1 - TAIL) / n)
        for name, e, n in zip(names, events, counts, strict=True)
        if n
    )


@dataclass(frozen=True)
class Cusum:
    """A running sum of evidence for a shift of odds by `ratio`; it starts again at 0 and signals at `line`.

    signals  the places in the series (0 the first person) where it reached the line; it starts again after each
    """

    ratio: float
    values: tuple[float, ...]
    line: float
    signals: tuple[int, ...]


def cusum(outcomes: NDArray[np.bool_], chances: Floats, *, ratio: float, seed: int = 0) -> Cusum:
    """The risk-adjusted CUSUM of Steiner, Cook, Farewell and Treasure (Biostatistics 2000;1:441-452) against odds ratio 1.

    `chances` are what each person's chance of a good outcome would be without a shift. The line is the one that 5% of
    unchanged series of these very people would reach, by simulation from a stated seed.
    """
    good, bad = _weights(chances, ratio)
    rng = np.random.default_rng(seed)
    drawn = rng.random((SERIES, len(chances))) < chances
    highest = np.zeros(SERIES)
    at = np.zeros(SERIES)
    for place in range(len(chances)):
        at = np.maximum(0.0, at + np.where(drawn[:, place], good[place], bad[place]))
        highest = np.maximum(highest, at)
    line = float(np.quantile(highest, 1 - FALSE_ALARMS))
    return _run(outcomes, good, bad, ratio, line)


def _weights(chances: Floats, ratio: float) -> tuple[Floats, Floats]:
    """The log likelihood ratio of a good and of a bad outcome."""
    shifted = 1 - chances + ratio * chances
    return np.log(ratio / shifted), np.log(1 / shifted)


def _run(outcomes: NDArray[np.bool_], good: Floats, bad: Floats, ratio: float, line: float) -> Cusum:
    at, values, signals = 0.0, [], []
    for place, outcome in enumerate(outcomes):
        at = max(0.0, at + float(good[place] if outcome else bad[place]))
        values.append(at)
        if line > 0 and at >= line:
            signals.append(place)
            at = 0.0
    return Cusum(ratio, tuple(values), line, tuple(signals))
