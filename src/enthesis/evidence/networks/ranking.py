"""Which treatment comes where: P-scores, SUCRA, rank probabilities, and the chance of a difference that matters."""

from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.networks.system import System
from enthesis.evidence.networks.tails import normal_below

DRAWS = 100_000
SEED = 20240101
NODES = 801  # of the quadrature, over 8 standard deviations to each side
AT_ONCE = 2_000_000  # numbers drawn together


def certainty(effects: Floats, covariance: Floats, *, small_good: bool, important: float = 0.0) -> Floats:
    """(T, T) probability that the row's treatment beats the column's by more than `important`; diagonal NaN."""
    sign = -1.0 if small_good else 1.0
    gap = sign * (effects[:, None] - effects[None, :]) - important
    diagonal = np.diagonal(covariance)
    variance = diagonal[:, None] + diagonal[None, :] - 2 * covariance
    np.fill_diagonal(variance, np.nan)
    return normal_below(gap / np.sqrt(variance))


def scores(effects: Floats, covariance: Floats, *, small_good: bool, important: float = 0.0) -> Floats:
    """(T,) mean certainty of being better than another treatment (Rücker 2015, doi 10.1186/s12874-015-0060-8).

    With the joint distribution of all effects this is also the mean rank, turned to run from 0 to 1: the exact SUCRA.
    """
    chances = certainty(effects, covariance, small_good=small_good, important=important)
    np.fill_diagonal(chances, 0.0)
    return np.asarray(chances.sum(axis=1) / max(len(chances) - 1, 1))


def p_scores(system: System, *, small_good: bool, important: float = 0.0) -> Floats:
    """(T,) the P-scores of a fit."""
    return scores(system.effects, system.covariance, small_good=small_good, important=important)


def apart(system: System) -> Floats:
    """(T,) a variance for each treatment alone, so that two of them add up, as nearly as can be, to that of their pair.

    Least squares over all pairs, solved in closed form. netmeta ranks treatments with these, as if effects were
    independent; in a network they are not, and `rankogram_joint` and `p_scores` need no such step.
    """
    diagonal = np.diagonal(system.covariance)
    size = len(diagonal)
    total = size * diagonal + diagonal.sum() - 2 * system.covariance.sum(axis=1)
    if size == 2:
        return np.full(2, diagonal[1] / 2)
    return np.asarray(np.maximum((total - total.sum() / (2 * size - 2)) / (size - 2), 0.0))


def sucra(system: System, *, small_good: bool) -> Floats:
    """(T,) surface under the cumulative ranking (Salanti 2011, doi 10.1016/j.jclinepi.2010.03.016), in closed form.

    Effects are taken to be independent, as netmeta's `rankogram` does, which finds the same number by drawing.
    """
    sign, variance = -1.0 if small_good else 1.0, apart(system)
    gap = sign * (system.effects[:, None] - system.effects[None, :])
    spread = variance[:, None] + variance[None, :]
    chances = normal_below(gap / np.sqrt(np.where(spread > 0, spread, 1e-300)))
    np.fill_diagonal(chances, 0.0)
    return np.asarray(chances.sum(axis=1) / max(len(gap) - 1, 1))


@dataclass(frozen=True, eq=False)
class Rankogram:
    """probabilities[t, r]: treatment t takes rank r + 1. `draws` is None where nothing was drawn."""

    treatments: tuple[str, ...]
    probabilities: Floats
    draws: int | None = None
    seed: int | None = None

    @property
    def error(self) -> float:
        """Largest Monte Carlo standard error of a probability."""
        return float(np.sqrt(0.25 / self.draws)) if self.draws else 0.0


def rankogram(system: System, *, small_good: bool) -> Rankogram:
    """Rank probabilities with independent effects, as netmeta's; by quadrature, so with no Monte Carlo error.

    At each point of a treatment's own distribution every other is better or not, with a known chance; the number of
    better ones is a sum of such (Poisson binomial).
    """
    sign, variance = 1.0 if small_good else -1.0, apart(system)
    effects, spread = sign * system.effects, np.sqrt(np.maximum(variance, 1e-300))
    nodes = np.linspace(-8.0, 8.0, NODES)
    weights = np.exp(-(nodes**2) / 2)
    weights /= weights.sum()
    size = len(effects)
    probabilities = np.empty((size, size))
    for own in range(size):
        at = effects[own] + spread[own] * nodes
        better = normal_below((at[:, None] - effects) / spread)
        count = np.zeros((NODES, size))
        count[:, 0] = 1.0
        for other in range(size):
            if other != own:
                chance = better[:, other, None]
                count[:, 1:] = count[:, 1:] * (1 - chance) + count[:, :-1] * chance
                count[:, :1] *= 1 - chance
        probabilities[own] = weights @ count
    return Rankogram(system.space.treatments, probabilities)


def rankogram_joint(system: System, *, small_good: bool, draws: int = DRAWS, seed: int = SEED) -> Rankogram:
    """Rank probabilities from the joint normal distribution of all effects; the same seed gives the same numbers."""
    size = system.space.size
    random = np.random.default_rng(seed)
    half = np.linalg.cholesky(system.covariance[1:, 1:])
    counts = np.zeros((size, size))
    left = draws
    while left:
        now = min(left, max(1, AT_ONCE // size))
        drawn = np.tile(system.effects, (now, 1))
        drawn[:, 1:] += random.standard_normal((now, size - 1)) @ half.T
        order = np.argsort(drawn if small_good else -drawn, axis=1)
        counts += np.bincount((order * size + np.arange(size)).ravel(), minlength=size * size).reshape(size, size)
        left -= now
    return Rankogram(system.space.treatments, counts / draws, draws, seed)
