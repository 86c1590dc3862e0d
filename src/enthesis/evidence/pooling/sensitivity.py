"""What the result owes to single studies: without each, adding one after the other, and how far each pulls."""

from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.pooling.heterogeneity import i2
from enthesis.evidence.pooling.intervals import Estimate, critical
from enthesis.evidence.pooling.model import Model
from enthesis.evidence.pooling.weighted import Weighted


@dataclass(frozen=True)
class Step:
    """The model fitted to some of the studies: all but `study`, or all up to it."""

    study: str
    estimate: Estimate
    tau2: float
    q: float
    i2: float


def leave_one_out(studies: tuple[str, ...], y: Floats, v: Floats, *, model: Model) -> tuple[Step, ...]:
    """The model without each study in turn."""
    every = np.arange(len(y))
    return tuple(
        _step(study, y[every != row], v[every != row], model) for row, study in enumerate(studies) if len(y) > 1
    )


def cumulative(studies: tuple[str, ...], y: Floats, v: Floats, *, model: Model) -> tuple[Step, ...]:
    """The model with the first study, the first two, and so on, in the order given."""
    return tuple(_step(study, y[: row + 1], v[: row + 1], model) for row, study in enumerate(studies))


def _step(study: str, y: Floats, v: Floats, model: Model) -> Step:
    fit, estimate = model.random(y, v)
    common = fit.at(0.0)
    share = float(i2(common, fit.tau2)) if common.freedom else 0.0
    return Step(study, estimate, fit.tau2, common.q, share)


@dataclass(frozen=True)
class Influence:
    """One study's pull (Viechtbauer & Cheung 2010): on the mean (dffits, cook), its variance (covariance_ratio), and tau2."""

    study: str
    residual: float
    dffits: float
    cook: float
    covariance_ratio: float
    tau2_without: float
    q_without: float
    hat: float
    weight: float


def influence(studies: tuple[str, ...], y: Floats, v: Floats, *, model: Model) -> tuple[Influence, ...]:
    """Each study against the fit without it; standard errors as for known tau2."""
    fit, _estimate = model.random(y, v)
    every = np.arange(len(y))
    without = [model.random(y[every != row], v[every != row])[0] for row in every] if len(y) > 2 else []
    return tuple(_influence(studies[row], row, fit, other) for row, other in enumerate(without))


def _influence(study: str, row: int, fit: Weighted, without: Weighted) -> Influence:
    mean, spread = float(fit.coefficients[0]), float(fit.covariance[0, 0])
    other, other_spread = float(without.coefficients[0]), float(without.covariance[0, 0])
    own = float(fit.v[row]) + without.tau2
    hat = float(fit.hat[row])
    return Influence(
        study=study,
        residual=float(fit.y[row] - other) / float(np.sqrt(own + other_spread)),
        dffits=(mean - other) / float(np.sqrt(hat * own)),
        cook=(mean - other) ** 2 / spread,
        covariance_ratio=other_spread / spread,
        tau2_without=without.tau2,
        q_without=without.at(0.0).q,
        hat=hat,
        weight=100 * float(fit.weights[row] / fit.weights.sum()),
    )


@dataclass(frozen=True)
class Shrunken:
    """A study's own true effect as the model sees it (best linear unbiased prediction)."""

    study: str
    estimate: float
    se: float
    lower: float
    upper: float


def study_effects(studies: tuple[str, ...], fit: Weighted, *, level: float = 0.95) -> tuple[Shrunken, ...]:
    """Each study drawn towards the mean by tau2 / (tau2 + v); normal intervals."""
    share = fit.tau2 / (fit.tau2 + fit.v)
    values = share * fit.y + (1 - share) * fit.coefficients[0]
    errors = np.sqrt(share * fit.v + (1 - share) ** 2 * fit.covariance[0, 0])
    reach = critical(level, None) * errors
    rows = zip(studies, values, errors, values - reach, values + reach, strict=True)
    return tuple(Shrunken(study, *(float(number) for number in numbers)) for study, *numbers in rows)
