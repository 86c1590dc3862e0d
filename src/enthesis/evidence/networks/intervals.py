"""Intervals of random-effects estimates: normal, t, Hartung-Knapp, Kenward-Roger; and where the next trial may fall.

Normal intervals are too narrow when trials are few, because tau2 is estimated and they treat it as known.
"""

from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats, Whole
from enthesis.evidence.networks.estimates import Estimates, estimates
from enthesis.evidence.networks.pairs import differences, variances
from enthesis.evidence.networks.system import System, laplacian
from enthesis.evidence.networks.tails import quantile
from enthesis.knowledge import BadInput

KINDS = ("wald", "t", "hartung-knapp", "kenward-roger")


def intervals(system: System, first: Whole, second: Whole, *, kind: str, level: float) -> Estimates:
    """First less second treatment of each pair, with intervals of one kind.

    wald: normal. t: as wald, with t and the degrees of freedom of Q. hartung-knapp: the same, widened by the residual
    mean square where that is above 1 (the safeguard of Jackson and Rover). kenward-roger: covariance and degrees of
    freedom corrected for the estimated tau2 (Kenward and Roger 1997; for networks Noma 2023).
    """
    effect, variance = differences(system.effects, first, second), variances(system.covariance, first, second)
    df = system.df
    if kind == "wald" or df < 1:
        return estimates(effect, np.sqrt(variance), level=level)
    if kind == "t":
        return estimates(effect, np.sqrt(variance), level=level, df=df)
    if kind == "hartung-knapp":
        return estimates(effect, np.sqrt(variance * max(1.0, system.q / df)), level=level, df=df)
    if kind == "kenward-roger":
        adjusted = kenward_roger(system)
        se = np.sqrt(variances(adjusted.covariance, first, second))
        toward = variances(adjusted.toward, first, second)
        freedom = 2 * variance**2 / np.maximum(adjusted.variance_of_tau2 * toward**2, 1e-300)
        return estimates(effect, se, level=level, df=np.clip(freedom, 1.0, 1e10))
    raise BadInput(f"ci: one of {', '.join(KINDS)} was expected, not {kind!r}")


@dataclass(frozen=True, eq=False)
class KenwardRoger:
    """covariance: adjusted. toward: how the covariance changes with tau2. variance_of_tau2: of the REML estimate."""

    covariance: Floats
    toward: Floats
    variance_of_tau2: float


def kenward_roger(system: System) -> KenwardRoger:
    """The adjusted covariance of a model with one variance component and V = spread + tau2.

    With G the covariance, P = X'W²X and R = X'W³X: G + 2 v G (R - P G P) G, where v is the variance of tau2 from the
    expected REML information (tr W² - 2 tr G R + tr G P G P) / 2. V is linear in tau2, so no further term is needed.
    """
    g, w = system.covariance, system.weights
    p, r = laplacian(system.space, w**2), laplacian(system.space, w**3)
    gp = g @ p
    information = (float(w @ w) - 2 * float((g * r).sum()) + float((gp * gp.T).sum())) / 2
    variance = 1 / information
    return KenwardRoger(g + 2 * variance * g @ (r - p @ gp) @ g, gp @ g, variance)


def prediction(system: System, first: Whole, second: Whole, *, level: float) -> tuple[Floats, Floats]:
    """Where the true effect of a new study may fall: t with the degrees of freedom of Q, as netmeta's method "V".

    NaN where Q has no degrees of freedom, and so tau2 is not known.
    """
    effect = differences(system.effects, first, second)
    if system.df < 1:
        nowhere = np.full_like(effect, np.nan)
        return nowhere, nowhere
    se = np.sqrt(variances(system.covariance, first, second) + system.tau2)
    wide = quantile(level, system.df) * se
    return effect - wide, effect + wide
