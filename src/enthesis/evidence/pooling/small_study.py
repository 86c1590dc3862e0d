"""Small-study effects: do small studies say something else than large ones?"""

from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.pooling.heterogeneity import estimated
from enthesis.evidence.pooling.intervals import Estimate, two_sided, with_interval
from enthesis.evidence.pooling.weighted import Weighted

FEWEST = 3  # a line through two studies fits them perfectly
ALIKE = 1e-6  # variances that differ by less than this share: a line against them would be rounding


def comparable(v: Floats) -> bool:
    """Whether there are three studies and small ones among them: equally precise studies say nothing of small ones."""
    return len(v) >= FEWEST and bool(np.ptp(v) > ALIKE * v.max())


@dataclass(frozen=True)
class Regression:
    """A line through the estimates against their precision: `slope` is the small-study effect, `limit` the large study's."""

    slope: Estimate
    limit: Estimate

    @property
    def p(self) -> float:
        """Of no small-study effect."""
        return self.slope.p


def egger(y: Floats, v: Floats, *, level: float = 0.95) -> Regression | None:
    """Egger 1997: estimates on standard errors, weights 1/v, dispersion estimated. None where not `comparable`."""
    return _line(y, v, np.sqrt(v), level=level)


def peese(y: Floats, v: Floats, *, level: float = 0.95) -> Regression | None:
    """Stanley & Doucouliagos 2014: the same on variances; its limit is the PEESE estimate, Egger's the PET estimate."""
    return _line(y, v, v, level=level)


def _line(y: Floats, v: Floats, against: Floats, *, level: float) -> Regression | None:
    if not comparable(v):
        return None
    return _read(Weighted(y, v, np.column_stack([np.ones_like(y), against])), level=level)


def thompson(y: Floats, v: Floats, *, tau2: str = "REML", level: float = 0.95) -> Regression | None:
    """Thompson & Sharp 1999: estimates on standard errors with additive heterogeneity; t with k - 2 degrees of freedom."""
    if not comparable(v):
        return None
    fit = Weighted(y, v, np.column_stack([np.ones_like(y), np.sqrt(v)]))
    return _read(fit.at(estimated(fit, tau2)), level=level, dispersion=1.0)


def _read(fit: Weighted, *, level: float, dispersion: float | None = None) -> Regression:
    """Both coefficients of a line, with a dispersion estimated when none is given."""
    spread = fit.q / fit.freedom if dispersion is None else dispersion
    errors = np.sqrt(np.diag(fit.covariance) * spread)
    limit, slope = (
        with_interval(float(value), float(error), level=level, freedom=float(fit.freedom))
        for value, error in zip(fit.coefficients, errors, strict=True)
    )
    return Regression(slope, limit)


@dataclass(frozen=True)
class RankTest:
    """Kendall's tau between estimates and variances, with its normal test."""

    tau: float
    statistic: float
    p: float


def begg(y: Floats, v: Floats) -> RankTest | None:
    """Begg & Mazumdar 1994: rank correlation of standardised deviations with variances; ties corrected, no continuity."""
    if not comparable(v):
        return None
    common = float((y / v).sum() / (1 / v).sum())
    deviations = (y - common) / np.sqrt(v - 1 / (1 / v).sum())
    return _kendall(deviations, v)


def _kendall(a: Floats, b: Floats) -> RankTest:
    above = np.triu_indices(len(a), 1)
    one, other = (np.sign(values[:, None] - values[None, :])[above] for values in (a, b))
    score = float((one * other).sum())
    tau = score / float(np.sqrt((one != 0).sum() * (other != 0).sum()))
    statistic = score / float(np.sqrt(_variance_of_score(a, b)))
    return RankTest(tau, statistic, two_sided(statistic, None))


def _variance_of_score(a: Floats, b: Floats) -> float:
    """Of Kendall's score with ties in either (Kendall 1970)."""
    n = len(a)
    s, t = (np.unique(values, return_counts=True)[1].astype(float) for values in (a, b))
    plain = n * (n - 1) * (2 * n + 5) - sum(float((c * (c - 1) * (2 * c + 5)).sum()) for c in (s, t))
    pairs = float((s * (s - 1)).sum() * (t * (t - 1)).sum()) / (2 * n * (n - 1))
    triples = float((s * (s - 1) * (s - 2)).sum() * (t * (t - 1) * (t - 2)).sum())
    return plain / 18 + pairs + triples / (9 * n * (n - 1) * (n - 2))


@dataclass(frozen=True)
class Limit:
    """Rucker 2011: what studies of infinite size would give on average; `q_small` is the part of Q small-study effects explain."""

    adjusted: Estimate
    alpha: float
    beta: float
    q_small: float
    q_residual: float


def limit_meta_analysis(y: Floats, v: Floats, *, tau2: float, level: float = 0.95) -> Limit | None:
    """Expectation of the random-effects estimate at infinite precision (method beta0 of metasens)."""
    if not comparable(v):
        return None
    errors = np.sqrt(v + tau2)
    line = Weighted(y, errors**2, np.column_stack([np.ones_like(y), errors]))
    beta, alpha = (float(value) for value in line.coefficients)
    along = np.array([1.0, float(np.sqrt(tau2))])
    error = float(np.sqrt(along @ line.covariance @ along))
    residual = Weighted(y, v, np.column_stack([np.ones_like(y), np.sqrt(v)])).q
    total = Weighted(y, v, np.ones((len(y), 1))).q
    adjusted = with_interval(float(along @ line.coefficients), error, level=level)
    return Limit(adjusted, alpha, beta, total - residual, residual)
