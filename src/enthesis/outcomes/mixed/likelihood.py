"""The restricted likelihood of an unstructured covariance, its slope and its information, all from sums.

With `M_p` the inverse of the covariance of the visits of pattern p, padded with zeros, and `ZZ_p, YZ_p, YY_p` its sums:
X'V⁻¹X = Σ M_p ⊗ ZZ_p, X'V⁻¹y = vec(Σ M_p YZ_p), because every fixed effect is free at each visit. The derivatives are
those of Kenward and Roger (Biometrics 1997;53:983-997, section 2) for a covariance that is linear in its parameters.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from enthesis.outcomes.mixed.patterns import Floats, Pattern, Patterns


def bases(size: int) -> Floats:
    """(parameters, v, v): the derivative of a covariance by each of its v(v+1)/2 elements."""
    rows, columns = np.tril_indices(size)
    found = np.zeros((len(rows), size, size))
    index = np.arange(len(rows))
    found[index, rows, columns] = found[index, columns, rows] = 1.0
    return found


@dataclass(frozen=True, eq=False)
class At:
    """The likelihood at one covariance of the visits, (v, v) and positive definite (LinAlgError where it is not)."""

    patterns: Patterns
    covariance: Floats

    @cached_property
    def inverses(self) -> tuple[Floats, ...]:
        """M_p of each pattern, (v, v)."""
        return tuple(self._inverse(pattern) for pattern in self.patterns.patterns)

    def _inverse(self, pattern: Pattern) -> Floats:
        padded = np.zeros_like(self.covariance)
        rows = np.ix_(pattern.visits, pattern.visits)
        padded[rows] = np.linalg.inv(self.covariance[rows])
        return padded

    @cached_property
    def information(self) -> Floats:
        """X'V⁻¹X, (vq, vq), visits first."""
        return _weighted(self.patterns, self.inverses)

    @cached_property
    def unadjusted(self) -> Floats:
        """Φ, the covariance of the fixed effects when the covariance of the visits is taken as known."""
        return np.linalg.inv(self.information)

    @cached_property
    def effects(self) -> Floats:
        """The fixed effects, (v, q), by generalised least squares."""
        right = sum(
            (m @ pattern.yz for m, pattern in zip(self.inverses, self.patterns.patterns, strict=True)),
            np.zeros((len(self.covariance), len(self.patterns.effects))),
        )
        return np.linalg.solve(self.information, right.reshape(-1)).reshape(right.shape)

    @cached_property
    def residuals(self) -> tuple[Floats, ...]:
        """The sum of squares and products of residuals of each pattern, (v, v)."""
        found = []
        for pattern in self.patterns.patterns:
            answered = np.zeros(len(self.covariance))
            answered[list(pattern.visits)] = 1.0
            b = self.effects * answered[:, None]
            cross = pattern.yz @ b.T
            found.append(pattern.yy - cross - cross.T + b @ pattern.zz @ b.T)
        return tuple(found)

    @cached_property
    def log_likelihood(self) -> float:
        """The restricted log likelihood with its constant, as lme4 and nlme print it without log|X'X|."""
        total = np.linalg.slogdet(self.information)[1]
        for m, pattern, residual in zip(self.inverses, self.patterns.patterns, self.residuals, strict=True):
            rows = np.ix_(pattern.visits, pattern.visits)
            np.linalg.cholesky(self.covariance[rows])
            total += pattern.people * np.linalg.slogdet(self.covariance[rows])[1] + float((m * residual).sum())
        free = self.patterns.answers - len(self.information)
        return -0.5 * float(total + free * np.log(2 * np.pi))

    @cached_property
    def spread(self) -> tuple[Floats, ...]:
        """What uncertain fixed effects add to each pattern's residuals, (v, v): element (s, t) is tr(Φ_st ZZ_p)."""
        v, q = self.effects.shape
        blocks = self.unadjusted.reshape(v, q, v, q)
        return tuple(np.einsum("sjtk,jk->st", blocks, pattern.zz) for pattern in self.patterns.patterns)

    @cached_property
    def sandwiches(self) -> tuple[Floats, ...]:
        """M_p E_i of each pattern and parameter, (parameters, v, v)."""
        return tuple(m @ bases(len(self.covariance)) for m in self.inverses)

    @cached_property
    def slope(self) -> Floats:
        """The derivative of the log likelihood by each element of the covariance, (parameters,)."""
        total = np.zeros_like(self.covariance)
        for m, pattern, residual, spread in zip(
            self.inverses, self.patterns.patterns, self.residuals, self.spread, strict=True
        ):
            total += 0.5 * (m @ (residual + spread) @ m - pattern.people * m)
        slope: Floats = np.einsum("ist,st->i", bases(len(self.covariance)), total)
        return slope

    @cached_property
    def derivatives(self) -> Floats:
        """P_i, the derivative of X'V⁻¹X by each parameter, (parameters, vq, vq)."""
        found = [
            _weighted(self.patterns, tuple(-s[i] @ m for s, m in zip(self.sandwiches, self.inverses, strict=True)))
            for i in range(len(self.slope))
        ]
        return np.array(found)

    @cached_property
    def expected(self) -> Floats:
        """The expected information of the elements of the covariance, (parameters, parameters)."""
        count = len(self.slope)
        total = np.zeros((count, count))
        for s, m, pattern, spread in zip(
            self.sandwiches, self.inverses, self.patterns.patterns, self.spread, strict=True
        ):
            total += 0.5 * pattern.people * np.einsum("ist,jts->ij", s, s)
            total -= np.einsum("ist,jtu,us->ij", s, s, m @ spread)
        shares = self.unadjusted @ self.derivatives
        found: Floats = total + 0.5 * np.einsum("ist,jts->ij", shares, shares)
        return found


def _weighted(patterns: Patterns, weights: tuple[Floats, ...]) -> Floats:
    """Σ W_p ⊗ ZZ_p."""
    v, q = len(patterns.visits), len(patterns.effects)
    total = np.zeros((v, q, v, q))
    for weight, pattern in zip(weights, patterns.patterns, strict=True):
        total += np.einsum("st,jk->sjtk", weight, pattern.zz)
    return total.reshape(v * q, v * q)
