"""The restricted likelihood of an unstructured covariance, its slope and its information, all from sums.

With `M_p` the inverse of the covariance of the visits of pattern p, padded with zeros, and `ZZ_p, YZ_p, YY_p` its sums:
X'V⁻¹X = Σ M_p ⊗ ZZ_p, X'V⁻¹y = vec(Σ M_p YZ_p), because every fixed effect is free at each visit. The derivatives are
those of Kenward and Roger (Biometrics 1997;53:983-997, section 2) for a covariance that is linear in its parameters.

Patterns stand beside each other in arrays. `E_i`, the derivative of the covariance by parameter i, enters last: sums over
patterns of products such as M_p[b,c] N_p[d,a] are one matrix product, and give tr(E_i M E_j N) of all pairs at once.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from enthesis.outcomes.mixed.patterns import Floats, Patterns


@lru_cache(maxsize=64)
def bases(size: int) -> Floats:
    """(parameters, v, v): the derivative of a covariance by each of its v(v+1)/2 elements."""
    rows, columns = np.tril_indices(size)
    found = np.zeros((len(rows), size, size))
    index = np.arange(len(rows))
    found[index, rows, columns] = found[index, columns, rows] = 1.0
    found.setflags(write=False)
    return found


@dataclass(frozen=True, eq=False)
class At:
    """The likelihood at one covariance of the visits, (v, v) and positive definite (LinAlgError where it is not)."""

    patterns: Patterns
    covariance: Floats

    @cached_property
    def _padded(self) -> Floats:
        """(patterns, v, v): the covariance of each pattern's visits, with 1 on the diagonal for the others."""
        there = self.patterns.answered
        both = there[:, :, None] & there[:, None, :]
        return np.where(both, self.covariance, np.eye(len(self.covariance)))

    @cached_property
    def inverses(self) -> Floats:
        """M_p of each pattern, (patterns, v, v)."""
        there = self.patterns.answered
        found: Floats = np.linalg.inv(self._padded) * (there[:, :, None] & there[:, None, :])
        return found

    @cached_property
    def information(self) -> Floats:
        """X'V⁻¹X, (vq, vq), visits first."""
        return crossed(self.inverses, self.patterns.zz)

    @cached_property
    def unadjusted(self) -> Floats:
        """Φ, the covariance of the fixed effects when the covariance of the visits is taken as known."""
        return np.linalg.inv(self.information)

    @cached_property
    def effects(self) -> Floats:
        """The fixed effects, (v, q), by generalised least squares."""
        right = (self.inverses @ self.patterns.yz).sum(axis=0)
        return np.linalg.solve(self.information, right.reshape(-1)).reshape(right.shape)

    @cached_property
    def residuals(self) -> Floats:
        """The sum of squares and products of residuals of each pattern, (patterns, v, v)."""
        b = self.effects * self.patterns.answered[:, :, None]
        cross = self.patterns.yz @ b.transpose(0, 2, 1)
        found: Floats = (
            self.patterns.yy - cross - cross.transpose(0, 2, 1) + b @ self.patterns.zz @ b.transpose(0, 2, 1)
        )
        return found

    @cached_property
    def log_likelihood(self) -> float:
        """The restricted log likelihood with its constant, as lme4 and nlme print it without log|X'X|."""
        np.linalg.cholesky(self.covariance)
        total = float(np.linalg.slogdet(self.information)[1])
        total += float(self.patterns.counts @ np.linalg.slogdet(self._padded)[1])
        total += float(np.vdot(self.inverses, self.residuals))
        free = self.patterns.answers - len(self.information)
        return -0.5 * float(total + free * np.log(2 * np.pi))

    @cached_property
    def spread(self) -> Floats:
        """What uncertain fixed effects add to each pattern's residuals, (patterns, v, v): (s, t) is tr(Φ_st ZZ_p)."""
        v, q = self.effects.shape
        blocks = self.unadjusted.reshape(v, q, v, q).transpose(1, 3, 0, 2).reshape(q * q, v * v)
        return (self.patterns.zz.reshape(-1, q * q) @ blocks).reshape(-1, v, v)

    @cached_property
    def slope(self) -> Floats:
        """The derivative of the log likelihood by each element of the covariance, (parameters,)."""
        m = self.inverses
        total = 0.5 * (m @ (self.residuals + self.spread) @ m - self.patterns.counts[:, None, None] * m).sum(axis=0)
        slope: Floats = _flat(bases(len(self.covariance))) @ total.reshape(-1)
        return slope

    @cached_property
    def derivatives(self) -> Floats:
        """P_i, the derivative of X'V⁻¹X by each parameter, (parameters, vq, vq): -Σ M_p E_i M_p ⊗ ZZ_p."""
        v, q = self.effects.shape
        turned = _flat(bases(v))
        found = np.empty((len(turned), v, q, v, q))
        for j, k in np.ndindex(q, q):
            both = _paired(self.inverses * self.patterns.zz[:, j, k, None, None], self.inverses)  # (s, a), (b, t)
            found[:, :, j, :, k] = -(turned @ both.transpose(1, 2, 0, 3).reshape(v * v, v * v)).reshape(-1, v, v)
        return found.reshape(-1, v * q, v * q)

    @cached_property
    def expected(self) -> Floats:
        """The expected information of the elements of the covariance, (parameters, parameters)."""
        m, turned = self.inverses, _flat(bases(len(self.covariance)))
        weight = 0.5 * self.patterns.counts[:, None, None] * m - m @ self.spread @ m
        both = _paired(m, weight).transpose(3, 0, 1, 2).reshape(turned.shape[1], -1)  # (b, c), (d, a) to (a, b), (c, d)
        shares = self.unadjusted @ self.derivatives
        other = _flat(shares) @ _flat(shares.transpose(0, 2, 1)).T
        found: Floats = turned @ both @ turned.T + 0.5 * other
        return found


def crossed(weights: Floats, zz: Floats) -> Floats:
    """Σ W_p ⊗ ZZ_p, (vq, vq): weights (patterns, v, v), zz (patterns, q, q)."""
    v, q = weights.shape[1], zz.shape[1]
    return (_flat(weights).T @ _flat(zz)).reshape(v, v, q, q).transpose(0, 2, 1, 3).reshape(v * q, v * q)


def _flat(matrices: Floats) -> Floats:
    """Each matrix as one row."""
    return matrices.reshape(len(matrices), -1)


def _paired(ones: Floats, others: Floats) -> Floats:
    """(v, v, v, v): Σ over patterns of each element of one times each element of the other."""
    v = ones.shape[1]
    return (_flat(ones).T @ _flat(others)).reshape(v, v, v, v)
