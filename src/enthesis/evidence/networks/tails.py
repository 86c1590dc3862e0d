"""Tails and quantiles of the normal, t and chi-squared distributions.

SciPy is imported when the first of them is asked for, so that importing the evidence engine stays quick.
"""

from typing import Any

import numpy as np

from enthesis.evidence.contrasts import Floats


def _special() -> Any:
    from scipy import special

    return special


def normal_below(value: Floats | float) -> Floats:
    """Probability that a standard normal number is below `value`."""
    return np.asarray(_special().ndtr(value))


def two_sided(statistic: Floats, df: Floats | float | None = None) -> Floats:
    """Two-sided p of a z statistic, or of a t statistic where degrees of freedom are given."""
    if df is None:
        return np.asarray(2 * _special().ndtr(-np.abs(statistic)))
    return np.asarray(2 * _special().stdtr(df, -np.abs(statistic)))


def quantile(level: float, df: Floats | float | None = None) -> Floats:
    """How many standard errors an interval of `level` reaches to each side: normal, or t where df are given."""
    upper = 0.5 + level / 2
    return np.asarray(_special().ndtri(upper) if df is None else _special().stdtrit(df, upper))


def chi2_above(value: Floats | float, df: Floats | float) -> Floats:
    """Probability that a chi-squared number exceeds `value`; NaN where there are no degrees of freedom."""
    df = np.asarray(df, dtype=float)
    return np.where(df > 0, _special().chdtrc(np.where(df > 0, df, 1.0), np.maximum(value, 0.0)), np.nan)
