"""Binomial models for rare events: no zero cell is changed and no trial's ratio is needed (Stijnen, Hamza & Ozdemir 2010).

UM.FS  unconditional, a fixed intercept for each trial          CM.EL  conditional on a trial's events, exact likelihood
UM.RS  unconditional, intercepts normal over trials             CM.AL  conditional, binomial approximation

Names as in metafor. In UM.* the treatment is coded +1/2 and -1/2, so that both arms carry half of the heterogeneity.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from enthesis.evidence.pooling import rare_trials
from enthesis.evidence.pooling.climbing import curvature, highest_point
from enthesis.evidence.pooling.intervals import Estimate, with_interval
from enthesis.evidence.pooling.tables import Tables, informative, mantel_haenszel
from enthesis.evidence.pooling.weighted import intercept_only
from enthesis.knowledge import BadInput

MODELS = ("UM.FS", "UM.RS", "CM.EL", "CM.AL")
NODES = 15  # of the quadrature: the integral is then exact to about nine digits


@dataclass(frozen=True)
class RareEvents:
    """A log odds ratio with tau2; `spread_test` the likelihood ratio test of one odds ratio for all trials (NaN in UM.RS)."""

    model: str
    estimate: Estimate
    tau2: float
    log_likelihood: float
    spread_test: float
    spread_p: float
    nodes: int


def rare_events(tables: Tables, *, model: str = "CM.EL", level: float = 0.95, nodes: int | None = None) -> RareEvents:
    """Fit one of the four models by maximum likelihood.

    nodes  of the quadrature, 15 by default; UM.RS takes 1, the Laplace approximation, as R's lme4 must
    """
    if model not in MODELS:
        raise BadInput(f"model: one of {', '.join(MODELS)} was expected, not {model!r}")
    used = informative(tables)
    if not used.studies:
        raise BadInput("no trial has both people with and people without the event")
    nodes = nodes or (1 if model == "UM.RS" else NODES)
    if model == "UM.RS":
        return _with_random_intercepts(used, level=level, nodes=nodes)
    height = _HEIGHTS[model](used, nodes)
    start, tau = _start(used)
    point, tau = _best(height, start, tau)
    error = _error(height, point, tau)
    test = 2 * (
        _SATURATED[model](used)
        - height(float(highest_point(lambda x: height(float(x[0]), 0.0), np.array([start]))[0]), 0.0)
    )
    estimate = with_interval(point, error, level=level)
    return RareEvents(model, estimate, tau**2, height(point, tau), test, _tail(len(used.studies) - 1, test), nodes)


def _tail(df: int, statistic: float) -> float:
    from scipy.special import chdtrc

    return float(chdtrc(df, statistic)) if df > 0 else float("nan")


def _start(tables: Tables) -> tuple[float, float]:
    """Mantel-Haenszel, and a heterogeneity to begin with."""
    from enthesis.evidence.pooling.heterogeneity import dersimonian_laird

    a, b, c, d = (cell + 0.5 for cell in (tables.a, tables.b, tables.c, tables.d))
    y, v = np.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d
    try:
        middle = mantel_haenszel(tables).estimate
    except BadInput:
        middle = float(np.average(y, weights=1 / v))
    tau2 = dersimonian_laird(intercept_only(y, v)) if len(y) > 1 else 0.0
    return middle, max(float(np.sqrt(max(tau2, 0.0))), 0.1)


def _best(height: Callable[[float, float], float], start: float, tau: float) -> tuple[float, float]:
    """The highest point with and without heterogeneity; without, when it is as high."""
    flat = float(highest_point(lambda x: height(float(x[0]), 0.0), np.array([start]))[0])
    point = highest_point(lambda x: height(float(x[0]), float(x[1])), np.array([start, tau]))
    if height(float(point[0]), float(point[1])) <= height(flat, 0.0) + 1e-9:
        return flat, 0.0
    return float(point[0]), abs(float(point[1]))


def _error(height: Callable[[float, float], float], point: float, tau: float) -> float:
    """Standard error of the effect from the curvature, allowing for tau where it is not zero."""
    if tau == 0.0:
        bend = curvature(lambda x: height(float(x[0]), 0.0), np.array([point]))
    else:
        bend = curvature(lambda x: height(float(x[0]), float(x[1])), np.array([point, tau]))
    return float(np.sqrt(np.linalg.inv(-bend)[0, 0]))


def _with_random_intercepts(tables: Tables, *, level: float, nodes: int) -> RareEvents:
    """UM.RS: four parameters, the mean and spread of the intercepts and of the effects."""
    height = rare_trials.random_intercepts(tables, nodes)
    start, tau = _start(tables)
    risk = np.log((tables.a + tables.c + 0.5) / (tables.b + tables.d + 0.5))
    first = np.array([float(risk.mean()), start, max(float(risk.std()), 0.1), tau])
    point = highest_point(height, first)
    flat = highest_point(lambda x: height(np.append(x, 0.0)), first[:3])
    none = height(point) <= height(np.append(flat, 0.0)) + 1e-9
    if none:
        bend, point = curvature(lambda x: height(np.append(x, 0.0)), flat), np.append(flat, 0.0)
    else:
        bend = curvature(height, point)
    estimate = with_interval(float(point[1]), float(np.sqrt(np.linalg.inv(-bend)[1, 1])), level=level)
    return RareEvents("UM.RS", estimate, float(point[3]) ** 2, height(point), float("nan"), float("nan"), nodes)


_HEIGHTS = {
    "UM.FS": rare_trials.fixed_intercepts,
    "CM.EL": rare_trials.exact_conditional,
    "CM.AL": rare_trials.binomial_conditional,
}
_SATURATED: dict[str, Callable[[Tables], float]] = {
    "UM.FS": rare_trials.saturated_arms,
    "CM.EL": rare_trials.saturated_exact,
    "CM.AL": rare_trials.saturated_binomial,
}
