"""What a fitted mixed model says, with intervals that hold when people are few."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import special

from enthesis.outcomes.mixed.likelihood import At, bases, crossed
from enthesis.outcomes.mixed.patterns import Floats


@dataclass(frozen=True)
class Estimate:
    """One number of the model. `se` is Kenward and Roger's, `se_unadjusted` takes the covariance as known."""

    estimate: float
    se: float
    se_unadjusted: float
    df: float
    lower: float
    upper: float
    p: float


@dataclass(frozen=True, eq=False)
class Fit:
    """A mixed model at its maximum. Fixed effects are (visits, effects)."""

    at: At

    @property
    def effects(self) -> Floats:
        """The fixed effects, (v, q)."""
        return self.at.effects

    @property
    def covariance(self) -> Floats:
        """The covariance of the visits within people, (v, v)."""
        return self.at.covariance

    @property
    def log_likelihood(self) -> float:
        """The restricted log likelihood at its maximum."""
        return self.at.log_likelihood

    @cached_property
    def uncertainty(self) -> Floats:
        """W, the covariance of the estimated elements of the covariance of visits, (parameters, parameters)."""
        return np.linalg.inv(self.at.expected)

    @cached_property
    def adjusted(self) -> Floats:
        """Φ_A, the covariance of the fixed effects after Kenward and Roger (1997), equation 5 for a linear structure."""
        phi, shares, m = self.at.unadjusted, self.at.derivatives, self.at.inverses
        v = len(self.covariance)
        # Σ_ij W_ij (Q_ij - P_i Φ P_j); Q_ij = Σ_p M E_i M E_j M ⊗ ZZ, so that W and E meet first, then M between them
        turned = bases(v).reshape(len(shares), -1)
        meeting = (turned.T @ self.uncertainty @ turned).reshape(v, v, v, v)  # (a, b), (c, d)
        between = m.reshape(len(m), -1) @ meeting.transpose(1, 2, 0, 3).reshape(v * v, v * v)  # (b, c) to (a, d)
        inner = crossed(m @ between.reshape(m.shape) @ m, self.at.patterns.zz)
        flat = np.tensordot(self.uncertainty, shares, axes=1)
        total = inner - (shares @ phi @ flat).sum(axis=0)
        found: Floats = phi + 2 * phi @ total @ phi
        return found

    def estimate(self, *, visit: int, weights: Floats, level: float = 0.95) -> Estimate:
        """The weighted sum of a visit's fixed effects, with an interval by Kenward and Roger.

        For one number their degrees of freedom are Satterthwaite's: 2 (l'Φl)² / g'Wg, with g_i the derivative of l'Φl.
        """
        v, q = self.effects.shape
        contrast = np.zeros((v, q))
        contrast[visit] = weights
        return self.combined(contrast=contrast, level=level)

    def combined(self, *, contrast: Floats, level: float = 0.95) -> Estimate:
        """Any weighted sum of fixed effects; `contrast` is (v, q)."""
        line = contrast.reshape(-1)
        value = float(line @ self.effects.reshape(-1))
        plain = float(line @ self.at.unadjusted @ line)
        reach = self.at.unadjusted @ line
        gradient = -(self.at.derivatives @ reach) @ reach
        df = 2 * plain**2 / float(gradient @ self.uncertainty @ gradient)
        se = float(np.sqrt(line @ self.adjusted @ line))
        half = float(special.stdtrit(df, 0.5 + level / 2)) * se
        p = 2 * float(special.stdtr(df, -abs(value / se)))
        return Estimate(value, se, float(np.sqrt(plain)), df, value - half, value + half, p)
