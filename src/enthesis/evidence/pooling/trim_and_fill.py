"""Trim and fill (Duval & Tweedie 2000): how many studies are missing on one side, and the estimate with them filled in."""

from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.pooling.intervals import Estimate
from enthesis.evidence.pooling.model import Model
from enthesis.evidence.pooling.small_study import FEWEST, comparable
from enthesis.evidence.pooling.weighted import Weighted, intercept_only
from enthesis.knowledge import BadInput

ESTIMATORS = ("L0", "R0", "Q0")
ROUNDS = 100


@dataclass(frozen=True, eq=False)
class TrimAndFill:
    """`filled` studies added on `side`, each the mirror of one that is there; `estimate` is the model's mean with them."""

    estimator: str
    side: str
    filled: int
    filled_se: float
    estimate: Estimate
    tau2: float
    added: Floats
    variances: Floats


def trim_and_fill(
    y: Floats, v: Floats, *, model: Model, estimator: str = "L0", side: str | None = None, centre: str = "random"
) -> TrimAndFill | None:
    """Missing studies by L0, R0 or Q0, about the mean of `model` (or the common effect); None for under three studies.

    The side is where studies are missing; by default the one Egger's line points away from, and None without such a line.
    """
    if len(y) < FEWEST or not (side or comparable(v)):
        return None
    side = side or missing_side(y, v, model)
    turn = -1.0 if side == "right" else 1.0
    order = np.argsort(turn * y, kind="stable")
    turned, spread = turn * y[order], v[order]
    missing, error, middle = _missing(turned, spread, estimator, model if centre == "random" else None)
    kept = len(y) - missing
    added = turn * (2 * middle - turned[kept:])
    every, variances = np.concatenate([y, added]), np.concatenate([v, spread[kept:]])
    fit, estimate = model.random(every, variances)
    return TrimAndFill(estimator, side, missing, error, estimate, fit.tau2, added, spread[kept:])


def missing_side(y: Floats, v: Floats, model: Model) -> str:
    """Right when small studies lean left of large ones."""
    line = Weighted(y, v, np.column_stack([np.ones_like(y), np.sqrt(v)]))
    slope = line.at(model.tau2_of(line)).coefficients[1]
    return "right" if slope < 0 else "left"


def _missing(y: Floats, v: Floats, estimator: str, model: Model | None) -> tuple[int, float, float]:
    """The number missing on the left of sorted estimates, its standard error, and the mean without their mirrors."""
    k, missing, error, middle = len(y), 0, float("nan"), float("nan")
    for _round in range(ROUNDS):
        kept = intercept_only(y[: k - missing], v[: k - missing])
        fit = kept.at(model.tau2_of(kept)) if model else kept
        middle = float(fit.coefficients[0])
        size, error = _counted(y - middle, estimator)
        now = min(max(0, round(size)), k - 1)
        if now == missing:
            break
        missing = now
    return missing, error, middle


def _counted(apart: Floats, estimator: str) -> tuple[float, float]:
    """How many are missing by one estimator, and its standard error (Duval & Tweedie 2000, Biometrics 56:455)."""
    k = len(apart)
    ranks = np.empty(k)
    ranks[np.argsort(np.abs(apart), kind="stable")] = np.arange(1, k + 1)
    if estimator == "R0":
        lowest = ranks[apart < 0].max() if (apart < 0).any() else 0.0
        size = float(k - lowest - 1)
        return size, float(np.sqrt(2 * max(0.0, size) + 2))
    positive = float(ranks[apart > 0].sum())
    if estimator == "L0":
        size = (4 * positive - k * (k + 1)) / (2 * k - 1)
        return size, _root(16 * _spread(k, size)) / (2 * k - 1)
    size = k - 0.5 - _root(2 * k**2 - 4 * positive + 0.25)
    if np.isnan(size):
        raise BadInput("trim and fill: Q0 has no value for estimates as one-sided as these; use L0 or R0")
    return size, _root(4 * _spread(k, size) / ((k - 0.5) ** 2 - size * (2 * k - size - 1)))


def _spread(k: int, missing: float) -> float:
    m = missing
    return (k * (k + 1) * (2 * k + 1) + 10 * m**3 + 27 * m**2 + 17 * m - 18 * k * m**2 - 18 * k * m + 6 * k**2 * m) / 24


def _root(value: float) -> float:
    return float(np.sqrt(value)) if value >= 0 else float("nan")
