"""An estimate with its interval and test: normal, t, Hartung-Knapp, and the prediction interval."""

from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.pooling.weighted import Weighted

CI = ("wald", "hartung-knapp", "hartung-knapp-safeguarded")
PREDICTION = {
    "V": "t with k - 1 degrees of freedom (Veroniki 2019)",
    "HTS": "t with k - 2 degrees of freedom (Higgins, Thompson & Spiegelhalter 2009)",
    "HK": "t with k - 1 degrees of freedom and the Hartung-Knapp standard error (Partlett & Riley 2017)",
    "S": "normal, as if tau2 were known (Skipka 2006)",
}


@dataclass(frozen=True)
class Estimate:
    """On the analysis scale. `freedom` None: the normal distribution was used."""

    estimate: float
    se: float
    lower: float
    upper: float
    statistic: float
    p: float
    freedom: float | None = None

    def __repr__(self) -> str:
        """Estimate and interval, for a notebook."""
        return f"{self.estimate:.4g} ({self.lower:.4g} to {self.upper:.4g}; p = {self.p:.3g})"


def critical(level: float, freedom: float | None) -> float:
    """The two-sided critical value."""
    from scipy.special import ndtri, stdtrit

    share = (1 + level) / 2
    return float(ndtri(share) if freedom is None else stdtrit(freedom, share))


def two_sided(statistic: float, freedom: float | None) -> float:
    """p of a statistic."""
    from scipy.special import ndtr, stdtr

    size = -abs(statistic)
    return float(2 * (ndtr(size) if freedom is None else stdtr(freedom, size)))


def with_interval(estimate: float, se: float, *, level: float, freedom: float | None = None) -> Estimate:
    """Estimate +- critical value x standard error."""
    half = critical(level, freedom) * se
    statistic = estimate / se if se > 0 else float("nan")
    return Estimate(estimate, se, estimate - half, estimate + half, statistic, two_sided(statistic, freedom), freedom)


def adjusted_covariance(fit: Weighted, ci: str) -> tuple[Floats, float | None]:
    """Covariance of the coefficients and degrees of freedom by the kind of interval.

    Hartung & Knapp 2001 scale by s2 = Q(tau2) / (k - p); the safeguard (Rover 2015) never lets s2 be below 1.
    """
    if ci == "wald" or fit.freedom < 1:
        return fit.covariance, None
    scale = fit.q / fit.freedom
    if ci == "hartung-knapp-safeguarded":
        scale = max(1.0, scale)
    return np.asarray(fit.covariance * scale), float(fit.freedom)


@dataclass(frozen=True)
class Prediction:
    """Where the effect of a new, comparable study may lie; `kind` is a key of PREDICTION."""

    lower: float
    upper: float
    kind: str
    freedom: float | None


def prediction(fit: Weighted, *, kind: str, level: float) -> Prediction | None:
    """The prediction interval of a mean; None with too few studies for its degrees of freedom."""
    k = len(fit.y)
    freedom = None if kind == "S" else float(k - 2 if kind == "HTS" else k - 1)
    if k < 2 or (freedom is not None and freedom < 1):
        return None
    variance = adjusted_covariance(fit, "hartung-knapp" if kind == "HK" else "wald")[0][0, 0]
    centre = float(fit.coefficients[0])
    half = critical(level, freedom) * float(np.sqrt(variance + fit.tau2))
    return Prediction(centre - half, centre + half, kind, freedom)
