"""Weighted least squares with additive heterogeneity: the one fit under every pairwise model.

y = X beta + u + e, var(e) = v known, var(u) = tau2. Nothing here is larger than studies x coefficients.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from enthesis.evidence.contrasts import Floats


@dataclass(frozen=True, eq=False)
class Weighted:
    """A fit at one tau2. y, v (k,); x (k, p); weights 1 / (v + tau2)."""

    y: Floats
    v: Floats
    x: Floats
    tau2: float = 0.0

    @cached_property
    def weights(self) -> Floats:
        """Inverse variances, (k,)."""
        return np.asarray(1 / (self.v + self.tau2))

    @cached_property
    def information(self) -> Floats:
        """X'WX, (p, p)."""
        return np.asarray(self.x.T @ (self.weights[:, None] * self.x))

    @cached_property
    def covariance(self) -> Floats:
        """Of the coefficients when tau2 is known, (p, p)."""
        return np.asarray(np.linalg.inv(self.information))

    @cached_property
    def coefficients(self) -> Floats:
        """Estimates, (p,)."""
        return np.asarray(np.linalg.solve(self.information, self.x.T @ (self.weights * self.y)))

    @cached_property
    def residuals(self) -> Floats:
        """y - X beta, (k,)."""
        return np.asarray(self.y - self.x @ self.coefficients)

    @cached_property
    def q(self) -> float:
        """Weighted sum of squared residuals, y'Py."""
        return float(self.weights @ self.residuals**2)

    @cached_property
    def freedom(self) -> int:
        """k - p."""
        return len(self.y) - int(self.x.shape[1])

    @cached_property
    def _second(self) -> Floats:
        return np.asarray(self.covariance @ (self.x.T @ (self.weights[:, None] ** 2 * self.x)))

    @cached_property
    def trace(self) -> float:
        """Trace of P = W - WX(X'WX)^-1 X'W."""
        return float(self.weights.sum() - np.trace(self._second))

    @cached_property
    def trace_of_square(self) -> float:
        """Trace of PP."""
        return self.trace_of_square_with(np.ones_like(self.v))

    def trace_of_square_with(self, s: Floats) -> float:
        """Trace of PSPS for a diagonal S (k,): half the variance of y'Py when S is the variance of y."""
        w = self.weights
        second = self.covariance @ (self.x.T @ ((w**2 * s)[:, None] * self.x))
        third = self.covariance @ (self.x.T @ ((w**3 * s**2)[:, None] * self.x))
        return float(((w * s) ** 2).sum() - 2 * np.trace(third) + np.trace(second @ second))

    @cached_property
    def hat(self) -> Floats:
        """Leverages, (k,)."""
        return np.asarray(self.weights * np.einsum("ij,jk,ik->i", self.x, self.covariance, self.x))

    @cached_property
    def log_likelihood(self) -> float:
        """Of y at these coefficients and this tau2."""
        return float(-(len(self.y) * np.log(2 * np.pi) - np.log(self.weights).sum() + self.q) / 2)

    @cached_property
    def restricted_log_likelihood(self) -> float:
        """As metafor states it, with the determinant of X'X."""
        constant = self.freedom * np.log(2 * np.pi) - np.linalg.slogdet(self.x.T @ self.x)[1]
        return float(-(constant - np.log(self.weights).sum() + np.linalg.slogdet(self.information)[1] + self.q) / 2)

    def likelihoods(self, grid: Floats, *, restricted: bool) -> Floats:
        """The (restricted) log-likelihood at each tau2 of a grid, up to a constant, (g,)."""
        weights = 1 / (self.v + grid[:, None])
        weighted = weights[:, :, None] * self.x
        information = self.x.T @ weighted
        right = self.y @ weighted
        coefficients = np.linalg.solve(information, right[:, :, None])[:, :, 0]
        residuals = self.y - coefficients @ self.x.T
        total = (weights * residuals**2).sum(axis=1) - np.log(weights).sum(axis=1)
        if restricted:
            total += np.linalg.slogdet(information)[1]
        return np.asarray(-total / 2)

    def at(self, tau2: float) -> "Weighted":
        """The same studies at another tau2."""
        return Weighted(self.y, self.v, self.x, tau2)


def intercept_only(y: Floats, v: Floats, tau2: float = 0.0) -> Weighted:
    """The ordinary meta-analysis: one mean."""
    return Weighted(y, v, np.ones((len(y), 1)), tau2)
