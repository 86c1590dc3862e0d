"""Three levels: estimates within clusters (papers, districts, teams), each level with its own spread; robust errors.

y = X beta + u(cluster) + w(estimate) + e, var(u) = between, var(w) = within, var(e) = v known.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.pooling.climbing import highest_point
from enthesis.evidence.pooling.intervals import Estimate, with_interval
from enthesis.evidence.pooling.solving import root
from enthesis.knowledge import BadInput


@dataclass(frozen=True, eq=False)
class Nested:
    """A fit at given variances. Clusters are kept by their sums only: no matrix between estimates is formed."""

    y: Floats
    v: Floats
    x: Floats
    cluster: np.ndarray
    between: float
    within: float

    @cached_property
    def _weights(self) -> Floats:
        return np.asarray(1 / (self.v + self.within))

    @cached_property
    def clusters(self) -> int:
        """How many."""
        return int(self.cluster.max()) + 1

    def sums(self, values: Floats) -> Floats:
        """By cluster, of (k, p) values."""
        total = np.zeros((self.clusters, values.shape[1]))
        np.add.at(total, self.cluster, values)
        return total

    def solved(self, values: Floats) -> Floats:
        """V^-1 times (k, p) values (Woodbury, cluster by cluster)."""
        weighted = self._weights[:, None] * values
        share = self.between / (1 + self.between * self.sums(self._weights[:, None])[:, 0])
        return np.asarray(weighted - self._weights[:, None] * (share[:, None] * self.sums(weighted))[self.cluster])

    @cached_property
    def information(self) -> Floats:
        """X'V^-1 X."""
        return np.asarray(self.x.T @ self.solved(self.x))

    @cached_property
    def coefficients(self) -> Floats:
        """Generalised least squares."""
        return np.asarray(np.linalg.solve(self.information, self.solved(self.x).T @ self.y))

    @cached_property
    def residuals(self) -> Floats:
        """y - X beta."""
        return np.asarray(self.y - self.x @ self.coefficients)

    def log_likelihood(self, *, restricted: bool) -> float:
        """Of the variances, with metafor's constants."""
        spread = -np.log(self._weights).sum() + np.log1p(self.between * self.sums(self._weights[:, None])).sum()
        q = float(self.residuals @ self.solved(self.residuals[:, None])[:, 0])
        k, p = self.x.shape
        if not restricted:
            return float(-(k * np.log(2 * np.pi) + spread + q) / 2)
        known = np.linalg.slogdet(self.information)[1] - np.linalg.slogdet(self.x.T @ self.x)[1]
        return float(-((k - p) * np.log(2 * np.pi) + spread + known + q) / 2)


@dataclass(frozen=True, eq=False)
class ThreeLevels:
    """Variances between and within clusters, and the coefficients (the mean when there are no covariates)."""

    between: float
    within: float
    coefficients: tuple[Estimate, ...]
    log_likelihood: float
    q: float
    fit: Nested
    restricted: bool
    level: float

    @property
    def mean(self) -> Estimate:
        """The first coefficient."""
        return self.coefficients[0]


def three_levels(
    y: Floats,
    v: Floats,
    clusters: Sequence[object],
    *,
    x: Floats | None = None,
    restricted: bool = True,
    level: float = 0.95,
) -> ThreeLevels:
    """Fit by REML (or ML). y, v (k,); clusters k labels; x (k, p) with its intercept. Raises BadInput for one cluster."""
    names = {label: place for place, label in enumerate(dict.fromkeys(map(str, clusters)))}
    if len(names) < 2 or len(clusters) != len(y):
        raise BadInput(
            f"clusters: {len(names)} clusters for {len(y)} estimates; at least two, and a label each, were expected"
        )
    place = np.array([names[str(label)] for label in clusters])
    design = np.ones((len(y), 1)) if x is None else x

    def fit(sd: Floats) -> Nested:
        return Nested(y, v, design, place, float(sd[0]) ** 2, float(sd[1]) ** 2)

    start = np.full(2, max(float(np.std(y)), 1e-3) / 2)
    best = highest_point(lambda sd: fit(sd).log_likelihood(restricted=restricted), start)
    found = fit(best)
    errors = np.sqrt(np.diag(np.linalg.inv(found.information)))
    coefficients = tuple(
        with_interval(float(value), float(error), level=level)
        for value, error in zip(found.coefficients, errors, strict=True)
    )
    common = fit(np.zeros(2))
    q = float(common.residuals @ common.solved(common.residuals[:, None])[:, 0])
    height = found.log_likelihood(restricted=restricted)
    return ThreeLevels(found.between, found.within, coefficients, height, q, found, restricted, level)


def variance_interval(result: ThreeLevels, which: str) -> tuple[float, float]:
    """Profile likelihood interval of "between" or "within", the other at its best."""
    from scipy.special import chdtri

    drop = float(chdtri(1, 1 - result.level)) / 2

    def above(variance: float) -> float:
        return _profiled(result, which, variance) - result.log_likelihood + drop

    best = max(getattr(result, which), 0.0)
    low = 0.0 if above(0.0) >= 0 else root(above, 0.0, best)
    top = 2 * best + float(result.fit.v.mean())
    while above(top) > 0:
        top *= 2
    return low, root(above, best, top)


def _profiled(result: ThreeLevels, which: str, variance: float) -> float:
    fit = result.fit

    def height(sd: Floats) -> float:
        other = float(sd[0]) ** 2
        between, within = (variance, other) if which == "between" else (other, variance)
        return Nested(fit.y, fit.v, fit.x, fit.cluster, between, within).log_likelihood(restricted=result.restricted)

    start = np.array([max(np.sqrt(result.within if which == "between" else result.between), 1e-3)])
    return height(highest_point(height, start))
