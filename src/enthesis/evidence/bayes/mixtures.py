"""Mixtures of normal distributions: what a posterior is once heterogeneity has been weighed at each of its values."""

from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.networks.tails import normal_below

HALVINGS = 60  # of a bracket: to the last digit of a float
EDGE = 12.0  # standard deviations outside of which no component holds anything


@dataclass(frozen=True, eq=False)
class Mixture:
    """Columns of mixtures: means and sds (p, n) of n components, weights (n,) that add up to 1."""

    means: Floats
    sds: Floats
    weights: Floats

    @property
    def mean(self) -> Floats:
        """(p,)"""
        return np.asarray(self.means @ self.weights)

    @property
    def sd(self) -> Floats:
        """(p,) from the spread within and between components."""
        apart = self.means - self.mean[:, None]
        return np.sqrt((self.sds**2 + apart**2) @ self.weights)

    def below(self, value: Floats) -> Floats:
        """(p,) probability below each value (p,)."""
        return np.asarray(normal_below((value[:, None] - self.means) / self.sds) @ self.weights)

    def quantile(self, probability: float) -> Floats:
        """(p,) where that much lies below, by halving."""
        low = (self.means - EDGE * self.sds).min(axis=1)
        high = (self.means + EDGE * self.sds).max(axis=1)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            under = self.below(middle) < probability
            low, high = np.where(under, middle, low), np.where(under, high, middle)
        return np.asarray((low + high) / 2)
