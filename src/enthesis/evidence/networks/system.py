"""One (T-1) x (T-1) system: what every estimate of a network comes from, at one given heterogeneity."""

from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats, Whole
from enthesis.evidence.networks.space import Space

RANK = 1e-10  # an eigenvalue below this share of the largest: the data do not know that direction


@dataclass(frozen=True, eq=False)
class System:
    """The weighted least-squares fit of a space at one tau2.

    weights     (rows,)  1 / (spread + tau2)
    effects     (T,)     each treatment less the first
    covariance  (T, T)   of `effects`; zeros in the row and column of the first
    residuals   (rows,)
    leverage    (rows,)  x' covariance x of each row; times its weight, the share of the fit the row decides
    log_det              log of the determinant of the information matrix
    df                   contrasts less the parameters that were estimated
    """

    space: Space
    tau2: float
    weights: Floats
    effects: Floats
    covariance: Floats
    residuals: Floats
    leverage: Floats
    log_det: float
    df: int

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
    """Inverse with the first treatment at zero, and the log determinant; by Cholesky."""
    lower = np.linalg.cholesky(information[1:, 1:])
    half = np.linalg.inv(lower)
    covariance = np.zeros_like(information)
    covariance[1:, 1:] = half.T @ half
    return covariance, 2 * float(np.log(np.diagonal(lower)).sum())


def inverse_within(information: Floats, basis: Floats) -> tuple[Floats, float, int]:
    """basis (basis' information basis)^+ basis', the log of its pseudo-determinant, and its rank.

    Where the data cannot tell all parameters apart, the shortest of the solutions is taken; `System.estimable` says
    which combinations do not depend on that choice.
    """
    values, vectors = np.linalg.eigh(basis.T @ information @ basis)
    known = values > RANK * values[-1]
    half = basis @ (vectors[:, known] / np.sqrt(values[known]))
    return half @ half.T, float(np.log(values[known]).sum()), int(known.sum())


@dataclass(frozen=True, eq=False)
class Model:
    """How effects may vary. Without a basis: each treatment on its own. With one (T, p): effects = basis parameters."""

    space: Space
    basis: Floats | None = None

    def solved(self, tau2: float) -> System:
        """The fit at this heterogeneity."""
        space, weights = self.space, 1 / (self.space.spread + tau2)
        information = laplacian(space, weights)
        if self.basis is None:
            covariance, log_det = inverse(information)
            rank = space.size - 1
        else:
            covariance, log_det, rank = inverse_within(information, self.basis)
        effects = covariance @ against(space, weights * space.y)
        residuals = space.y - along(space, effects)
        leverage = quadratic(space, covariance)
        return System(space, tau2, weights, effects, covariance, residuals, leverage, log_det, len(space.y) - rank)

    def profile(self, grid: Floats, *, restricted: bool) -> Floats:
        """The log-likelihood at each tau2 with the effects that fit best, up to a constant; all of a grid at once."""
        if self.basis is not None:
            systems = [self.solved(tau2) for tau2 in grid.tolist()]
            plain = [one.q - float(np.log(one.weights).sum()) for one in systems]
            return np.array(
                [-(a + (one.log_det if restricted else 0.0)) / 2 for a, one in zip(plain, systems, strict=True)]
            )
        space, weights = self.space, 1 / (self.space.spread + grid[:, None])
        information = np.array([laplacian(space, each)[1:, 1:] for each in weights])
        right = np.array([against(space, each * space.y)[1:] for each in weights])
        fitted = (right * np.linalg.solve(information, right[:, :, None])[:, :, 0]).sum(axis=1)
        total = weights @ space.y**2 - fitted - np.log(weights).sum(axis=1)
        if restricted:
            total += np.linalg.slogdet(information)[1]
        return np.asarray(-total / 2)


def solved(space: Space, tau2: float) -> System:
    """The fit of a connected network at this heterogeneity."""
    return Model(space).solved(tau2)
