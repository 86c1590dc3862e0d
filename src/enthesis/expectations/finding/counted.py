"""Shares that trials counted themselves: people who lost at least 30% or half of their first pain, in both arms."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri, stdtrit

from enthesis.evidence.pooling.heterogeneity import estimated
from enthesis.evidence.pooling.weighted import intercept_only
from enthesis.evidence.review import Arm
from enthesis.evidence.review.asking import LEAST
from enthesis.expectations.finding.asking import Sought
from enthesis.expectations.shares.pair import USUAL, counted_error

NEAR = 1e-9
ENOUGH = 10  # trials: with fewer, what they say of their own spread is not relied on alone
ASSUMED = 0.25  # SDs: the spread between trials that is assumed then (the authors'; the value of the worked examples)
OUTCOME = "pain"


@dataclass(frozen=True)
class Counted:
    """Counted shares of trials that compare the two: pooled control share, effect in SDs (probit), SE and tau.

    `tau` is None for one trial, which cannot show how much trials differ; `spread` is what is used in its place, and where
    trials are few.
    """

    less: float
    rows: tuple[tuple[Arm, Arm], ...]
    control: float
    control_error: float
    d: float
    error: float
    tau: float | None

    @property
    def spread(self) -> float:
        """tau, or what is assumed where trials are too few to tell it and say less."""
        return spread_of(self.tau, len(self.rows))

    @property
    def control_spread(self) -> float:
        """The same of the share without treatment, in SDs on the probit scale."""
        arms = [(_share(other), other.n or 1) for _, other in self.rows]
        _, _, own = pooled([float(ndtri(p)) for p, _ in arms], [counted_error(p, n) ** 2 for p, n in arms])
        return spread_of(own, len(arms))

    @property
    def quantile(self) -> float:
        """Of the interval for a new place: Student's with k - 2 degrees where the trials tell their spread themselves."""
        return USUAL if len(self.rows) < ENOUGH else float(stdtrit(len(self.rows) - 2, 0.975))

    @property
    def weeks(self) -> tuple[float, ...]:
        """When each trial looked."""
        return tuple(one.week or 0.0 for one, _ in self.rows)

    @property
    def people(self) -> int:
        """In both arms of all."""
        return sum((one.n or 0) + (other.n or 0) for one, other in self.rows)


def spread_of(own: float | None, trials: int) -> float:
    """A spread between places in SDs: what trials say themselves, or what is assumed where they are few and say less."""
    return own or 0.0 if trials >= ENOUGH else max(own or 0.0, ASSUMED)


def counted(of: Sought, less: float) -> Counted | None:
    """Trials of the asked place that counted this share in both arms; None where there is none."""
    rows = tuple(_pairs(of, less))
    if not rows:
        return None
    effects = [_effect(one, other) for one, other in rows]
    d, error, tau = pooled([y for y, _ in effects], [v for _, v in effects])
    people = sum(other.n or 0 for _, other in rows)
    share = sum(_share(other) * (other.n or 0) for _, other in rows) / people
    return Counted(less, rows, share, counted_error(share, people), d, error, tau)


def pooled(estimates: list[float], variances: list[float]) -> tuple[float, float, float | None]:
    """Random-effects mean, its SE and tau (REML); tau None for one estimate."""
    y, v = np.array(estimates), np.array(variances)
    tau2 = max(0.0, estimated(intercept_only(y, v), "REML")) if len(y) > 1 else 0.0
    fit = intercept_only(y, v, tau2)
    error = float(np.sqrt(fit.covariance[0, 0]))
    return float(fit.coefficients[0]), error, float(np.sqrt(tau2)) if len(y) > 1 else None


def _pairs(of: Sought, less: float) -> Iterator[tuple[Arm, Arm]]:
    """The two arms of each trial at the week nearest to the one asked for."""
    treated, untreated = of.nodes
    if treated is None or untreated is None:
        return
    for trial in of.review.trials:
        if trial.condition not in of.sites or trial.excluded:
            continue
        arms = [arm for arm in of.review.arms if arm.trial == trial.trial and _counts(arm, less)]
        both = [
            (one, other)
            for one in arms
            for other in arms
            if (one.node, other.node) == (treated.id, untreated.id)
            and (one.week, one.instrument) == (other.week, other.instrument)
        ]
        if both:
            yield min(both, key=lambda pair: abs((pair[0].week or 0.0) - of.ask.weeks))


def _counts(arm: Arm, less: float) -> bool:
    share = arm.share is not None or arm.events is not None
    right = arm.outcome == OUTCOME and arm.less is not None and abs(arm.less - less) < NEAR
    return right and share and bool(arm.n) and (arm.week or 0.0) >= LEAST and 0 < _share(arm) < 1


def _share(arm: Arm) -> float:
    return arm.share if arm.share is not None else (arm.events or 0) / (arm.n or 1)


def _effect(one: Arm, other: Arm) -> tuple[float, float]:
    shares = [(_share(arm), arm.n or 1) for arm in (one, other)]
    d = float(ndtri(shares[0][0]) - ndtri(shares[1][0]))
    return d, sum(counted_error(share, people) ** 2 for share, people in shares)
