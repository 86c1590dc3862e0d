"""Common and random effects of one set of estimates, and how much studies differ."""

from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.pooling import heterogeneity
from enthesis.evidence.pooling.intervals import (
    CI,
    PREDICTION,
    Estimate,
    Prediction,
    adjusted_covariance,
    prediction,
    with_interval,
)
from enthesis.evidence.pooling.tau2_interval import q_profile
from enthesis.evidence.pooling.weighted import Weighted, intercept_only
from enthesis.knowledge import BadInput


@dataclass(frozen=True)
class Model:
    """What was asked for. tau2: a method of `heterogeneity.ESTIMATORS`, or a number."""

    tau2: str | float = "REML"
    ci: str = "hartung-knapp-safeguarded"
    prediction: str = "V"
    level: float = 0.95

    def __post_init__(self) -> None:
        """Refuse what no model is called."""
        if isinstance(self.tau2, str) and self.tau2 not in heterogeneity.ESTIMATORS:
            known = ", ".join(name.lower() for name in heterogeneity.ESTIMATORS)
            raise BadInput(f"tau2: one of {known}, or a number of at least 0, was expected, not {self.tau2!r}")
        if not isinstance(self.tau2, str) and not 0 <= self.tau2 < float("inf"):
            raise BadInput(f"tau2: a number of at least 0 was expected, not {self.tau2}")
        if self.ci not in CI:
            raise BadInput(f"ci: one of {', '.join(CI)} was expected, not {self.ci!r}")
        if self.prediction not in PREDICTION:
            raise BadInput(f"prediction: one of {', '.join(PREDICTION)} was expected, not {self.prediction!r}")
        if not 0 < self.level < 1:
            raise BadInput(f"level: a share between 0 and 1 was expected, such as 0.95, not {self.level}")

    def tau2_of(self, fit: Weighted) -> float:
        """tau2 of these studies."""
        return heterogeneity.estimated(fit, self.tau2)

    def random(self, y: Floats, v: Floats) -> tuple[Weighted, Estimate]:
        """The random-effects fit and its mean."""
        common = intercept_only(y, v)
        fit = common.at(self.tau2_of(common))
        return fit, self.mean_of(fit)

    def mean_of(self, fit: Weighted) -> Estimate:
        """The mean of a fit with the interval of this model."""
        covariance, freedom = adjusted_covariance(fit, self.ci)
        return with_interval(
            float(fit.coefficients[0]), float(np.sqrt(covariance[0, 0])), level=self.level, freedom=freedom
        )

    def sentence(self) -> str:
        """The model in words."""
        tau2 = f"tau2 by {self.tau2}" if isinstance(self.tau2, str) else f"tau2 set to {self.tau2:g}"
        return f"random effects, {tau2}, {self.level:.0%} interval by {_CI_WORDS[self.ci]}"


_CI_WORDS = {
    "wald": "the normal distribution (Wald)",
    "hartung-knapp": "Hartung & Knapp, t with k - 1 degrees of freedom",
    "hartung-knapp-safeguarded": "Hartung & Knapp, t with k - 1 degrees of freedom, its standard error never below Wald's",
}


@dataclass(frozen=True)
class Heterogeneity:
    """How much the studies differ. i2 is a share, 0 to 1; NaN where one study leaves it open."""

    q: float
    df: int
    p: float
    tau2: float
    tau2_se: float
    tau2_lower: float
    tau2_upper: float
    i2: float
    i2_lower: float
    i2_upper: float
    h2: float


def heterogeneity_of(fit: Weighted, model: Model) -> Heterogeneity:
    """Q, tau2 with its Q-profile interval, and I2 and H2 from tau2 (Higgins & Thompson 2002)."""
    from scipy.special import chdtrc

    nan = float("nan")
    common = fit.at(0.0)
    if common.freedom < 1:
        return Heterogeneity(0.0, 0, 1.0, nan, nan, nan, nan, nan, nan, nan, nan)
    low, high = q_profile(common, level=model.level)
    error = heterogeneity.standard_error(common, model.tau2, fit.tau2) if isinstance(model.tau2, str) else nan
    middle, least, most = (float(heterogeneity.i2(common, value)) for value in (fit.tau2, low, high))
    p = float(chdtrc(common.freedom, common.q))
    return Heterogeneity(
        common.q, common.freedom, p, fit.tau2, error, low, high, middle, least, most, heterogeneity.h2(common, fit.tau2)
    )


def prediction_of(fit: Weighted, model: Model) -> Prediction | None:
    """Where a new study may lie."""
    return prediction(fit, kind=model.prediction, level=model.level)
