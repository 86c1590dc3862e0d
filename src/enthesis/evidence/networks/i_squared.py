"""I2: the part of the total variation that is heterogeneity or inconsistency rather than chance."""

import math

from enthesis.evidence.networks.tails import quantile


def i_squared(q: float, df: int, *, level: float) -> tuple[float, float, float] | None:
    """I2 = (Q - df) / Q, not below 0, with an interval from H (Higgins and Thompson 2002, doi 10.1002/sim.1186).

    None without degrees of freedom.
    """
    if df < 1:
        return None
    h2 = max(q / df, 1.0)
    z = float(quantile(level))
    if q > df + 1:
        se = (math.log(q) - math.log(df)) / (math.sqrt(2 * q) - math.sqrt(2 * df - 1)) / 2
    elif df > 1:
        se = math.sqrt((1 - 1 / (3 * (df - 1) ** 2)) / (2 * (df - 1)))
    else:
        se = math.nan
    low, high = (max(1.0, h2 * math.exp(side * 2 * z * se)) for side in (-1, 1))
    return (h2 - 1) / h2, (low - 1) / low, (high - 1) / high
