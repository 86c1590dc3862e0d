"""tau2, the variance of true effects between studies, by ten estimators (Veroniki 2016; formulas as in metafor).

Closed: DL (DerSimonian & Laird), HE (Hedges & Olkin), HS and HSK (Hunter & Schmidt), SJ (Sidik & Jonkman).
Solved: PM (Paule & Mandel), EB (empirical Bayes, the same root), PMM (its median-unbiased form), ML, REML.
"""

from collections.abc import Callable

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.pooling.solving import falling_root, highest
from enthesis.evidence.pooling.weighted import Weighted


def dersimonian_laird(fit: Weighted) -> float:
    """Moment estimator with inverse variances as weights."""
    return (fit.q - fit.freedom) / fit.trace


def hedges_olkin(fit: Weighted) -> float:
    """Moment estimator with equal weights."""
    plain = Weighted(fit.y, np.ones_like(fit.y), fit.x)
    leverage = plain.hat
    return float((plain.q - ((1 - leverage) * fit.v).sum()) / fit.freedom)


def hunter_schmidt(fit: Weighted) -> float:
    """(Q - k) / sum of weights."""
    return float((fit.q - len(fit.y)) / fit.weights.sum())


def hunter_schmidt_corrected(fit: Weighted) -> float:
    """With the small-sample factor k / (k - p)."""
    k = len(fit.y)
    return float((k / fit.freedom * fit.q - k) / fit.weights.sum())


def sidik_jonkman(fit: Weighted) -> float:
    """Two steps from the crude variance of the estimates."""
    crude = float(np.var(fit.y))
    return crude * fit.at(crude).q / fit.freedom if crude > 0 else 0.0


def paule_mandel(fit: Weighted) -> float:
    """The tau2 at which the generalised Q equals its degrees of freedom."""
    return falling_root(lambda tau2: fit.at(tau2).q - fit.freedom, scale=_scale(fit))


def paule_mandel_median(fit: Weighted) -> float:
    """The tau2 at which the generalised Q equals the median of its distribution."""
    from scipy.special import chdtri

    middle = float(chdtri(fit.freedom, 0.5))
    return falling_root(lambda tau2: fit.at(tau2).q - middle, scale=_scale(fit))


def maximum_likelihood(fit: Weighted) -> float:
    """Highest point of the likelihood."""
    return highest(
        lambda grid: fit.likelihoods(grid, restricted=False),
        slope=lambda tau2: _plain_slope(fit.at(tau2)),
        scale=_scale(fit),
    )


def restricted_likelihood(fit: Weighted) -> float:
    """Highest point of the restricted likelihood."""
    return highest(
        lambda grid: fit.likelihoods(grid, restricted=True),
        slope=lambda tau2: _restricted_slope(fit.at(tau2)),
        scale=_scale(fit),
    )


def _plain_slope(fit: Weighted) -> float:
    return _pull(fit) - float(fit.weights.sum())


def _restricted_slope(fit: Weighted) -> float:
    return _pull(fit) - fit.trace


def _pull(fit: Weighted) -> float:
    return float(((fit.weights * fit.residuals) ** 2).sum())


def _scale(fit: Weighted) -> float:
    """A size of tau2 to begin the search from: what the residuals alone would give."""
    return max(float(np.var(fit.residuals)), float(np.median(fit.v)), 1e-300)


ESTIMATORS: dict[str, Callable[[Weighted], float]] = {
    "DL": dersimonian_laird,
    "HE": hedges_olkin,
    "HS": hunter_schmidt,
    "HSK": hunter_schmidt_corrected,
    "SJ": sidik_jonkman,
    "ML": maximum_likelihood,
    "REML": restricted_likelihood,
    "EB": paule_mandel,
    "PM": paule_mandel,
    "PMM": paule_mandel_median,
}


def estimated(fit: Weighted, method: str | float) -> float:
    """tau2 >= 0 by the method named, or the number given; 0 where nothing is left to estimate it from."""
    if isinstance(method, int | float):
        return float(method)
    if method == "EE" or fit.freedom < 1:
        return 0.0
    return max(0.0, ESTIMATORS[method](fit))


def standard_error(fit: Weighted, method: str, tau2: float) -> float:
    """Of tau2: from the information for ML and REML, else from the variance of the quadratic form it is made of."""
    at = fit.at(tau2)
    if method in ("ML", "REML"):
        return float(np.sqrt(2 / ((at.weights**2).sum() if method == "ML" else at.trace_of_square)))
    if method in ("EB", "PM", "PMM"):
        return float(np.sqrt(2 * len(fit.y) ** 2 / fit.freedom) / at.weights.sum())
    form, factor = _form_behind(fit, method)
    return float(factor * np.sqrt(2 * form.trace_of_square_with(fit.v + tau2)))


def _form_behind(fit: Weighted, method: str) -> tuple[Weighted, float]:
    """The fit whose Q the estimator is made of, and what that Q is multiplied by."""
    if method == "DL":
        return fit, 1 / fit.trace
    if method in ("HS", "HSK"):
        return fit, (len(fit.y) / fit.freedom if method == "HSK" else 1.0) / float(fit.weights.sum())
    if method == "HE":
        return Weighted(fit.y, np.ones_like(fit.v), fit.x), 1 / fit.freedom
    crude = float(np.var(fit.y))
    return fit.at(crude), crude / fit.freedom


def typical_variance(fit: Weighted) -> float:
    """The within-study variance that turns tau2 into I2 (Higgins & Thompson 2002): (k - p) / trace of P."""
    common = fit.at(0.0)
    return common.freedom / common.trace if common.freedom > 0 else float("nan")


def i2(fit: Weighted, tau2: float | Floats) -> Floats:
    """Share of the variation that is between studies, 0 to 1, from tau2."""
    return np.asarray(tau2 / (tau2 + typical_variance(fit)))


def h2(fit: Weighted, tau2: float) -> float:
    """Total over within-study variation."""
    return tau2 / typical_variance(fit) + 1


def i2_from_q(q: float, freedom: int, *, level: float = 0.95) -> tuple[float, float, float]:
    """I2 as (Q - df) / Q with its test-based interval (Higgins & Thompson 2002): what many programs print as I2."""
    from scipy.special import ndtri

    if freedom < 1 or q <= 0:
        return 0.0, float("nan"), float("nan")
    log_h = np.log(max(1.0, q / freedom)) / 2
    k = freedom + 1
    if q > k:
        error = (np.log(q) - np.log(freedom)) / 2 / (np.sqrt(2 * q) - np.sqrt(2 * k - 3))
    else:
        error = np.sqrt((1 - 1 / (3 * (k - 2) ** 2)) / (2 * (k - 2))) if k > 2 else float("nan")
    reach = float(ndtri((1 + level) / 2)) * error
    low, high = (float(max(0.0, 1 - np.exp(-2 * max(0.0, at)))) for at in (log_h - reach, log_h + reach))
    return max(0.0, (q - freedom) / q), low, high
