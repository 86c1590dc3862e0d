"""One (T-1) x (T-1) system: what every estimate of a network comes from, at one given heterogeneity."""

from dataclasses import dataclass
from functools import cached_property

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
    df                   contrasts less the parameters that were estimated
    within               with a basis, the log of the pseudo-determinant
    """

    space: Space
    tau2: float
    weights: Floats
    effects: Floats
    covariance: Floats
    residuals: Floats
    leverage: Floats
    df: int
    within: float | None = None

    @cached_property
    def log_det(self) -> float:
        """Log of the determinant of the information matrix; within what can be known, where there is a basis."""
        if self.within is not None:
            return self.within
        return float(np.linalg.slogdet(laplacian(self.space, self.weights)[1:, 1:])[1])

    @property
    def q(self) -> float:
        """Weighted sum of squared residuals: Cochran's Q of the whole network where tau2 is 0."""
        return float(self.weights @ self.residuals**2)


def added(place: Whole, values: Floats, size: int) -> Floats:
    """(size,) the values of each place summed."""
    return np.asarray(np.bincount(place, values, size), dtype=np.float64)


def added_each(place: Whole, values: Floats, size: int) -> Floats:
    """(n, size) the same for each row of values (n, places), in one count."""
    many = len(values)
    spread = (place + size * np.arange(many)[:, None]).ravel()
    return added(spread, values.ravel(), size * many).reshape(many, size)


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


def inverse(information: Floats) -> Floats:
    """Inverse with the first treatment at zero."""
    covariance = np.zeros_like(information)
    covariance[1:, 1:] = np.linalg.inv(information[1:, 1:])
    return covariance


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
        within, rank = None, space.size - 1
        if self.basis is None:
            covariance = inverse(information)
        else:
            covariance, within, rank = inverse_within(information, self.basis)
        effects = covariance @ against(space, weights * space.y)
        residuals = space.y - along(space, effects)
        leverage = quadratic(space, covariance)
        return System(space, tau2, weights, effects, covariance, residuals, leverage, len(space.y) - rank, within)

    def profile(self, grid: Floats, *, restricted: bool) -> Floats:
        """The log-likelihood at each tau2 with the effects that fit best, up to a constant; all of a grid at once."""
        if self.basis is not None:
            systems = [self.solved(tau2) for tau2 in grid.tolist()]
            plain = [one.q - float(np.log(one.weights).sum()) for one in systems]
            return np.array(
                [-(a + (one.log_det if restricted else 0.0)) / 2 for a, one in zip(plain, systems, strict=True)]
            )
        space, weights = self.space, 1 / (self.space.spread + grid[:, None])
        n, products = space.size, space.product * weights[:, space.product_row]
        information = added_each(space.product_cell, products, n * n).reshape(-1, n, n)[:, 1:, 1:]
        pulled = space.coefficient * (weights * space.y)[:, space.at_row]
        right = added_each(space.at_arm, pulled, n)[:, 1:]
        fitted = (right * np.linalg.solve(information, right[:, :, None])[:, :, 0]).sum(axis=1)
        total = weights @ space.y**2 - fitted - np.log(weights).sum(axis=1)
        if restricted:
            total += np.linalg.slogdet(information)[1]
        return np.asarray(-total / 2)


def solved(space: Space, tau2: float) -> System:
    """The fit of a connected network at this heterogeneity."""
    return Model(space).solved(tau2)
