"""Every pair of treatments: what the network says of it, and how much of that is direct."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeVar

import numpy as np

from enthesis.evidence.contrasts import Floats, Whole
from enthesis.evidence.networks.space import Space
from enthesis.evidence.networks.system import System

Place = TypeVar("Place", int, Whole)


@lru_cache(maxsize=16)
def all_pairs(size: int) -> tuple[Whole, Whole]:
    """First and second treatment of each pair, in the order of the treatments; nobody can write to them."""
    first, second = np.triu_indices(size, 1)
    first.setflags(write=False)
    second.setflags(write=False)
    return first, second


def pair_index(first: Place, second: Place, size: int) -> Place:
    """Where the pair first < second stands in the order of `all_pairs`."""
    return first * size - first * (first + 1) // 2 + second - first - 1


def differences(effects: Floats, first: Whole, second: Whole) -> Floats:
    """Effect of the first less effect of the second."""
    return effects[first] - effects[second]


def variances(covariance: Floats, first: Whole, second: Whole) -> Floats:
    """Variance of such a difference; rounding never makes it negative."""
    diagonal = np.diagonal(covariance)
    return np.maximum(diagonal[first] + diagonal[second] - 2 * covariance[first, second], 0.0)


@dataclass(frozen=True, eq=False)
class Comparisons:
    """Each comparison that some study made: the pairs of every study, m(m-1)/2 of a study with m arms.

    pair      (n,)  place of its pair in `all_pairs`
    study     (n,)
    estimate  (n,)  first less second treatment of the pair
    variance  (n,)  its sampling variance
    """

    size: int
    pair: Whole
    study: Whole
    estimate: Floats
    variance: Floats

    @cached_property
    def grouped(self) -> tuple[Whole, Whole, Whole]:
        """Pairs with direct evidence, the row of each comparison among them, and how many studies made each."""
        return np.unique(self.pair, return_inverse=True, return_counts=True)


def comparisons(space: Space) -> Comparisons:
    """The comparisons of all studies."""
    pair, study, estimate, variance = [], [], [], []
    for block in space.blocks:
        k, m = block.arms.shape
        a, b = np.triu_indices(m, 1)
        y = np.concatenate([np.zeros((k, 1)), block.y], axis=1)
        cov = np.zeros((k, m, m))
        cov[:, 1:, 1:] = block.covariance
        pair.append(pair_index(block.arms[:, a], block.arms[:, b], space.size).ravel())
        study.append(np.repeat(block.study, len(a)))
        estimate.append((y[:, a] - y[:, b]).ravel())
        variance.append((cov[:, a, a] + cov[:, b, b] - 2 * cov[:, a, b]).ravel())
    return Comparisons(space.size, *(np.concatenate(part) for part in (pair, study, estimate, variance)))


@dataclass(frozen=True, eq=False)
class Direct:
    """Direct evidence on each pair that some study compared, pooled by inverse variance.

    `share` is the part of the precision of the network estimate that is direct: its variance over the direct one
    (König 2013, doi 10.1002/sim.6001).
    """

    pair: Whole
    studies: Whole
    estimate: Floats
    variance: Floats
    network: Floats
    network_variance: Floats

    @property
    def share(self) -> Floats:
        """Between 0 and 1; 1 where nothing is indirect."""
        return np.asarray(self.network_variance / self.variance)


def direct(made: Comparisons, system: System) -> Direct:
    """Direct evidence at the heterogeneity of `system`, beside what the whole network says."""
    pair, row, count = made.grouped
    weight = 1 / (made.variance + system.tau2)
    total = np.bincount(row, weight)
    first, second = (each[pair] for each in all_pairs(made.size))
    return Direct(
        pair,
        count,
        np.bincount(row, weight * made.estimate) / total,
        1 / total,
        differences(system.effects, first, second),
        variances(system.covariance, first, second),
    )
