"""Exact limits of counts: the binomial, and people whose chances differ (Poisson-binomial)."""

import numpy as np
from scipy import special

from enthesis.outcomes.mixed.patterns import Floats

NORMAL_FROM = 2000  # people; beyond it the distribution is normal to the third digit, and the exact one is slow


def chances_of_counts(chances: Floats) -> Floats:
    """P(count = 0..n) of independent people with these chances, (n + 1,). Exact, by adding one person after another."""
    found = np.ones(1)
    for chance in chances:
        grown = np.zeros(len(found) + 1)
        grown[:-1] = found * (1 - chance)
        grown[1:] += found * chance
        found = grown
    return found


def limit(chances: Floats, at: float) -> float:
    """The count below which a part `at` of clinics with just these people would lie, between whole counts.

    Spiegelhalter, Stat Med 2005;24:1185-1202, appendix A.1: the smallest r with P(R <= r) >= at, less the part of P(R = r)
    by which that overshoots. Beyond 2,000 people by the normal distribution.
    """
    if len(chances) > NORMAL_FROM:
        middle, variance = float(chances.sum()), float((chances * (1 - chances)).sum())
        return middle + float(special.ndtri(at)) * float(np.sqrt(variance))
    one = chances_of_counts(chances)
    below = np.cumsum(one)
    r = min(int(np.searchsorted(below, at)), len(chances))
    over = (below[r] - at) / one[r] if one[r] > 0 else 0.0
    return float(np.clip(r - over, 0.0, len(chances)))


def binomial_limit(n: int, chance: float, at: float) -> float:
    """The same where everybody has one chance."""
    return limit(np.full(n, chance), at)
