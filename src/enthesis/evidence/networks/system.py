"""One (T-1) x (T-1) system: what every estimate of a network comes from, at one given heterogeneity."""

from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats, Whole
from enthesis.evidence.networks.space import Space


@dataclass(frozen=True, eq=False)
class System:
    """The weighted least-squares fit of a space at one tau2.

    weights     (rows,)  1 / (spread + tau2)
    effects     (T,)     each treatment less the first
    covariance  (T, T)   of `effects`; zeros in the row and column of the first
    residuals   (rows,)
    leverage    (rows,)  x' covariance x of each row; times its weight, the share of the fit the row decides
    log_det              log of the determinant of the information matrix
    """

    space: Space
    tau2: float
    weights: Floats
    effects: Floats
    covariance: Floats
    residuals: Floats
    leverage: Floats
    log_det: float

    @property
    def q(self) -> float:
        """Weighted sum of squared residuals: Cochran's Q of the whole network where tau2 is 0."""
        return float(self.weights @ self.residuals**2)


def added(place: Whole, values: Floats, size: int) -> Floats:
    """(size,) the values of each place summed."""
    return np.asarray(np.bincount(place, values, size), dtype=np.float64)


def laplacian(space: Space, weights: Floats) -> Floats:
    """(T, T) X' W X: the weighted graph Laplacian."""
    n = space.size
    return added(space.product_cell, space.product * weights[space.product_row], n * n).reshape(n, n)


def against(space: Space, values: Floats) -> Floats:
    """(T,) X' values."""
    return added(space.at_arm, space.coefficient * values[space.at_row], space.size)


def along(space: Space, effects: Floats) -> Floats:
    """(rows,) X effects."""
    return added(space.at_row, space.coefficient * effects[space.at_arm], len(space.y))


def quadratic(space: Space, matrix: Floats) -> Floats:
    """(rows,) x' matrix x of each row."""
    return added(space.product_row, space.product * matrix.ravel()[space.product_cell], len(space.y))


def inverse(information: Floats) -> tuple[Floats, float]:
    """Generalised inverse with the first treatment at zero, and the log determinant; by Cholesky."""
    lower = np.linalg.cholesky(information[1:, 1:])
    half = np.linalg.inv(lower)
    covariance = np.zeros_like(information)
    covariance[1:, 1:] = half.T @ half
    return covariance, 2 * float(np.log(np.diagonal(lower)).sum())


def solved(space: Space, tau2: float) -> System:
    """The fit at this heterogeneity."""
    weights = 1 / (space.spread + tau2)
    covariance, log_det = inverse(laplacian(space, weights))
    effects = covariance @ against(space, weights * space.y)
    residuals = space.y - along(space, effects)
    return System(space, tau2, weights, effects, covariance, residuals, quadratic(space, covariance), log_det)
