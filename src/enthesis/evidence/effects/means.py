"""Mean difference, standardised mean difference and ratio of means, with the covariance of all arms."""

import numpy as np

from enthesis.evidence.contrasts import Batch, Floats
from enthesis.evidence.effects.arms import Arms, from_arms, spread_out
from enthesis.knowledge import BadInput

SMALL_SAMPLE = ("hedges", "cohen", "glass")


def mean_difference(arms: Arms) -> Batch:
    """Arm minus base in the units of the scale; variance sd^2 / n per arm."""
    return _related(arms, arms.number("mean"), arms.number("sd"))


def ratio_of_means(arms: Arms) -> Batch:
    """Log ratio of means by the delta method: sd^2 / (n mean^2) per arm (Hedges, Gurevitch & Curtis 1999)."""
    mean = arms.number("mean")
    _refuse(arms, mean <= 0, "a ratio of means needs means above zero (final scores, not changes); use MD or SMD")
    return _related(arms, np.log(mean), arms.number("sd") / mean)


def _related(arms: Arms, estimates: Floats, spreads: Floats) -> Batch:
    """Independent arms; or, where `correlation` is given, arms of the same people (crossover, two sides of a body)."""
    errors = spreads / np.sqrt(arms.people)
    correlation = np.nan_to_num(arms.number("correlation"))
    if not correlation.any():
        return from_arms(arms, estimates, errors**2)
    _refuse(
        arms, correlation != correlation[:, :1], "the arms of a study have different correlations; one was expected"
    )
    among = correlation[:, :1, None] * errors[:, :, None] * errors[:, None, :]
    full = np.where(np.eye(errors.shape[1], dtype=bool), errors[:, :, None] ** 2, among)
    covariance = full[:, 1:, 1:] - full[:, 1:, :1] - full[:, :1, 1:] + full[:, :1, :1]
    return Batch(arms.study, arms.arms, estimates[:, 1:] - estimates[:, :1], covariance, arms.people)


def standardised(arms: Arms, *, correction: str) -> Batch:
    """Difference in units of SD, pooled over all arms of the trial, so that contrasts of a trial agree with each other.

    hedges: exact small-sample correction, J(df) = gamma(df/2) / (sqrt(df/2) gamma((df-1)/2)); cohen: none; both with
    variance 1/n1 + 1/n0 + d^2 / 2N (metafor's LS; Gleser & Olkin 2009 for the covariance). glass: the SD of the base arm.
    """
    correlated = np.nan_to_num(arms.number("correlation")) != 0
    _refuse(
        arms, correlated, "the SMD of correlated arms depends on which SD is meant; use MD, or give the contrast and SE"
    )
    n, mean, sd = arms.people, arms.number("mean"), arms.number("sd")
    if correction == "glass":
        return _glass(arms, n, mean, sd)
    freedom = (n - 1).sum(axis=1, keepdims=True)
    pooled = np.sqrt(((n - 1) * sd**2).sum(axis=1, keepdims=True) / freedom)
    exact = np.exp(log_exact_correction(freedom)) if correction == "hedges" else 1.0
    estimates = mean / pooled * exact
    return from_arms(arms, estimates, 1 / n, _from_estimates(estimates, n.sum(axis=1)))


def _from_estimates(estimates: Floats, people: Floats) -> Floats:
    """What the common SD adds to the covariance: d_j d_k / 2N."""
    apart = estimates[:, 1:] - estimates[:, :1]
    return np.asarray(apart[:, :, None] * apart[:, None, :] / (2 * people[:, None, None]))


def _glass(arms: Arms, n: Floats, mean: Floats, sd: Floats) -> Batch:
    """Units of the base arm's SD; variance 1/n_j + 1/n_0 + d^2 / 2(n_0 - 1) (as meta::metacont)."""
    base = sd[:, :1]
    estimates = mean / base
    apart = estimates[:, 1:] - estimates[:, :1]
    shared = apart[:, :, None] * apart[:, None, :] / (2 * (n[:, 0] - 1)[:, None, None])
    covariance = spread_out(1 / n) + shared
    return Batch(arms.study, arms.arms, apart, covariance, n)


def log_exact_correction(freedom: Floats) -> Floats:
    """Log of J, the exact correction of Hedges 1981."""
    from scipy.special import gammaln

    return np.asarray(gammaln(freedom / 2) - np.log(freedom / 2) / 2 - gammaln((freedom - 1) / 2))


def _refuse(arms: Arms, wrong: np.ndarray, why: str) -> None:
    if wrong.any():
        place = np.argwhere(wrong)[0]
        row = int(arms.rows[place[0], place[1]])
        raise BadInput(
            f"{arms.trials.where(row, 'mean')}: study {arms.trials.studies[arms.trials.study[row]]!r}: {why}"
        )
