"""Estimates with their intervals, in columns."""

from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.networks.tails import quantile, two_sided


@dataclass(frozen=True, eq=False)
class Estimates:
    """Columns of equal length. `df` is None where the normal distribution was used."""

    estimate: Floats
    se: Floats
    lower: Floats
    upper: Floats
    statistic: Floats
    p: Floats
    df: Floats | None = None

    def at(self, row: int) -> dict[str, float | None]:
        """One row as plain values; None where there is none."""
        names = ("estimate", "se", "lower", "upper", "p")
        return {name: number(getattr(self, name)[row]) for name in names}


def estimates(estimate: Floats, se: Floats, *, level: float, df: Floats | float | None = None) -> Estimates:
    """Estimate, interval of `level`, test of no effect: normal, or t where degrees of freedom are given."""
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = estimate / se
    wide = quantile(level, df) * se
    many = None if df is None else np.broadcast_to(np.asarray(df, dtype=float), estimate.shape)
    return Estimates(estimate, se, estimate - wide, estimate + wide, statistic, two_sided(statistic, df), many)


def number(value: float | np.floating | None) -> float | None:
    """A plain number; None for NaN and infinity, which JSON does not know."""
    return None if value is None or not np.isfinite(value) else float(value)
