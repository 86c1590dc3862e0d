"""Logistic regression over all arms with Jeffreys' penalty: finite odds ratios even for arms without events.

Firth 1993; for networks Evrenoglou 2022 (doi 10.1002/sim.9562). Study and treatment effects are all estimated; the
penalty is half the log determinant of the information, so no study and no arm has to be left out.
"""

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.reading import Kind, Trials
from enthesis.knowledge import BadInput

STEPS = 500
SMALL = 1e-11
LONGEST = 2.0  # of a step on the log odds


def penalised(trials: Trials) -> tuple[Floats, Floats, float]:
    """Effects (T,) against the first treatment, their covariance (T, T), and the dispersion phi (at least 1).

    Overdispersion multiplies standard errors by phi, the mean squared Pearson residual corrected for sparse tables as
    Fletcher 2012 does: s / (1 + mean of the residuals' skewness term).
    """
    if trials.kind is not Kind.ARM_EVENTS:
        raise BadInput(f"{trials.source}: arms with events were expected (study,treatment,n,events), not {trials.kind}")
    size, k = len(trials.treatments), len(trials.studies)
    events, people = trials.number("events"), trials.number("n")
    x = np.zeros((trials.rows, size - 1 + k))
    x[np.arange(trials.rows), size - 1 + trials.study] = 1.0
    other = trials.treatment > 0
    x[np.flatnonzero(other), trials.treatment[other] - 1] = 1.0
    parameters, covariance, chance = _firth(x, events, people)
    effects, full = np.zeros(size), np.zeros((size, size))
    effects[1:], full[1:, 1:] = parameters[: size - 1], covariance[: size - 1, : size - 1]
    return effects, full, _dispersion(events, people, chance, x.shape[1])


def _firth(x: Floats, events: Floats, people: Floats) -> tuple[Floats, Floats, Floats]:
    """Parameters with zero penalised score, the inverse information there, and the fitted chances."""
    parameters = np.zeros(x.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(x @ parameters)))
        weight = people * chance * (1 - chance)
        covariance = np.asarray(np.linalg.inv(x.T @ (weight[:, None] * x)), dtype=np.float64)
        leverage = weight * np.asarray(np.einsum("ij,jk,ik->i", x, covariance, x))
        score = x.T @ (events - people * chance + leverage * (0.5 - chance))
        step = covariance @ score
        parameters = parameters + step * min(1.0, LONGEST / max(float(np.abs(step).max()), SMALL))
        if np.abs(step).max() < SMALL:
            return parameters, covariance, chance
    raise BadInput("the penalised likelihood has no single top: too few events for so many treatments")


def _dispersion(events: Floats, people: Floats, chance: Floats, parameters: int) -> float:
    df = len(events) - parameters
    if df < 1:
        return 1.0
    fitted, variance = people * chance, people * chance * (1 - chance)
    pearson = float(((events - fitted) ** 2 / variance).sum()) / df
    skew = float(((1 - 2 * chance) / variance * (events - fitted)).mean())
    return float(np.sqrt(max(1.0, pearson / (1 + skew))))
