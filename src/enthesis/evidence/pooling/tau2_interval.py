"""Intervals of tau2: by profiling the generalised Q (Viechtbauer 2007), or the likelihood."""

from enthesis.evidence.pooling.heterogeneity import estimated
from enthesis.evidence.pooling.solving import falling_root, root
from enthesis.evidence.pooling.weighted import Weighted


def q_profile(fit: Weighted, *, level: float) -> tuple[float, float]:
    """The values of tau2 at which the generalised Q would not be surprising at this level; 0 where it never is."""
    from scipy.special import chdtri

    if fit.freedom < 1:
        return float("nan"), float("nan")
    tail = (1 - level) / 2
    low, high = (
        falling_root(lambda tau2, at=float(chdtri(fit.freedom, share)): fit.at(tau2).q - at, scale=_size(fit))  # type: ignore[misc]
        for share in (tail, 1 - tail)
    )
    return low, high


def profile_likelihood(fit: Weighted, *, level: float, method: str = "REML") -> tuple[float, float]:
    """The values of tau2 whose (restricted) likelihood is within the chi-squared distance of the highest."""
    from scipy.special import chdtri

    best = estimated(fit, method)
    drop = float(chdtri(1, 1 - level)) / 2

    def above(tau2: float) -> float:
        return _height(fit.at(tau2), method) - _height(fit.at(best), method) + drop

    low = 0.0 if best == 0 or above(0.0) >= 0 else root(above, 0.0, best)
    top = max(best, _size(fit)) * 4
    while above(top) > 0:
        top *= 4
    return low, root(above, best, top)


def _height(fit: Weighted, method: str) -> float:
    return fit.restricted_log_likelihood if method == "REML" else fit.log_likelihood


def _size(fit: Weighted) -> float:
    return float(fit.v.mean())
