"""Mixtures of conjugate priors and what data make of them (as RBesT, `postmix`): weights move with how well each foretold it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import betainc, betaln, gammaln, logsumexp, ndtr

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Normal:
    """One normal part."""

    weight: float
    mean: float
    sd: float


@dataclass(frozen=True)
class Beta:
    """One beta part of a share."""

    weight: float
    a: float
    b: float

    @property
    def mean(self) -> float:
        """Its mean."""
        return self.a / (self.a + self.b)


def normal_posterior(prior: Sequence[Normal], y: float, se: float) -> tuple[Normal, ...]:
    """w' proportional to w N(y; m, sqrt(s^2 + se^2)); each part precision-weighted."""
    logs = [math.log(one.weight) + log_normal(y, one.mean, math.hypot(one.sd, se)) for one in prior]
    return tuple(
        Normal(weight, *precision_weighted((one.mean, one.sd), (y, se)))
        for weight, one in zip(shares_of(logs), prior, strict=True)
    )


def beta_posterior(prior: Sequence[Beta], events: int, people: int) -> tuple[Beta, ...]:
    """w' proportional to w C(n, r) B(a + r, b + n - r) / B(a, b)."""
    logs = [math.log(one.weight) + _log_beta_binomial(one, events, people) for one in prior]
    return tuple(
        Beta(weight, one.a + events, one.b + people - events)
        for weight, one in zip(shares_of(logs), prior, strict=True)
    )


def precision_weighted(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    """Mean and SD of two normal statements about one thing; an SD of 0 is a certainty and stays."""
    for mean, sd in (one, other):
        if sd == 0:
            return mean, 0.0
    first, second = 1 / one[1] ** 2, 1 / other[1] ** 2
    return (one[0] * first + other[0] * second) / (first + second), 1 / math.sqrt(first + second)


def log_normal(y: float, mean: float, sd: float) -> float:
    """Log density."""
    return -0.5 * ((y - mean) / sd) ** 2 - math.log(sd) - 0.5 * math.log(2 * math.pi)


def moments(parts: Sequence[Normal]) -> tuple[float, float]:
    """Mean and SD of a normal mixture."""
    mean = sum(one.weight * one.mean for one in parts)
    return mean, math.sqrt(sum(one.weight * (one.sd**2 + one.mean**2) for one in parts) - mean**2)


def normal_quantile(parts: Sequence[Normal], probability: float) -> float:
    """A quantile of a normal mixture, by root finding on its distribution function."""
    low = min(one.mean - 12 * one.sd for one in parts)
    high = max(one.mean + 12 * one.sd for one in parts)
    if low == high:
        return low
    columns = _columns(parts)
    return float(brentq(lambda x: _below(columns, x) - probability, low, high, xtol=1e-12))


def normal_below(parts: Sequence[Normal], x: float) -> float:
    """How much of a normal mixture lies at or below `x`."""
    return _below(_columns(parts), x)


def beta_mean(parts: Sequence[Beta]) -> float:
    """Mean of a beta mixture."""
    return sum(one.weight * one.mean for one in parts)


def beta_quantile(parts: Sequence[Beta], probability: float) -> float:
    """A quantile of a beta mixture."""
    return float(
        brentq(lambda x: sum(p.weight * float(betainc(p.a, p.b, x)) for p in parts) - probability, 0.0, 1.0, xtol=1e-12)
    )


def _columns(parts: Sequence[Normal]) -> Floats:
    return np.array([(one.weight, one.mean, one.sd) for one in parts]).T


def _below(columns: Floats, x: float) -> float:
    weights, means, sds = columns
    sure = sds == 0
    away = (x - means) / np.where(sure, 1.0, sds)
    return float(weights @ np.where(sure, x >= means, ndtr(away)))


def log_marginal(one: Beta, events: int, people: int) -> float:
    """Log of what a part foretold of the data."""
    return _log_beta_binomial(one, events, people)


def _log_beta_binomial(one: Beta, events: int, people: int) -> float:
    choose = gammaln(people + 1) - gammaln(events + 1) - gammaln(people - events + 1)
    return float(choose + betaln(one.a + events, one.b + people - events) - betaln(one.a, one.b))


def shares_of(logs: Sequence[float]) -> list[float]:
    """Weights from their logs, adding to 1."""
    total = float(logsumexp(logs))
    return [math.exp(one - total) for one in logs]
