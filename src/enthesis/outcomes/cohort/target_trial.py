"""Two treatments of one registry compared as the trial that was not done, and how strong what nobody recorded must be to explain
the difference away."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from enthesis.outcomes.cohort.weighting import NoWeights, logistic
from enthesis.outcomes.mixed.patterns import Floats

FEWEST = 20  # people answering in each treatment
WARNING = (
    "Nobody was allocated by chance: people got the treatment that they or somebody else chose, for reasons that may also decide "
    "how they do. What was recorded is balanced; what was not recorded is not."
)


@dataclass(frozen=True)
class Balance:
    """One thing known of people before treatment: difference of means in SDs, before and after weighting."""

    name: str
    before: float
    after: float


@dataclass(frozen=True)
class Emulated:
    """Treatment minus versus, on the instrument's own scale, among people who might have had either.

    people, effective  how many of each, and how many they are worth after weighting
    e_value            how much likelier (risk ratio) something unrecorded must make both the treatment and the outcome to
                       explain the estimate away; e_value_interval the same for the end of the interval nearer to none
    """

    treatment: str
    versus: str
    estimate: float
    se: float
    lower: float
    upper: float
    people: tuple[int, int]
    effective: tuple[float, float]
    balance: tuple[Balance, ...]
    e_value: float
    e_value_interval: float


def emulate(
    treated: NDArray[np.bool_], change: Floats, design: Floats, names: Sequence[str], *, treatment: str, versus: str
) -> Emulated:
    """Overlap weights (Li, Morgan and Zaslavsky, J Am Stat Assoc 2018;113:390-400): the treated count by their chance of the
    other treatment and the others by their chance of this one, so that means of everything in `design` are equal.

    treated (people,), change (people,) complete, design (people, q) with a first column of ones, names of its other columns.
    The error stacks the estimating equations of the chances and of both means, so that estimating chances is paid for.
    Raises NoWeights with the reason where the two cannot be compared.
    """
    counts = int(treated.sum()), int((~treated).sum())
    if min(counts) < FEWEST:
        raise NoWeights(f"fewer than {FEWEST} people answered with one of them")
    z = treated.astype(np.float64)
    chances = logistic(z, design).chances
    weights = np.where(treated, 1 - chances, chances)
    means = [float(weights[group] @ change[group] / weights[group].sum()) for group in (treated, ~treated)]
    estimate = means[0] - means[1]
    se = _error(z, change, design, chances, means)
    half = float(special.ndtri(0.975)) * se
    spread = float(np.sqrt((change[treated].var(ddof=1) + change[~treated].var(ddof=1)) / 2))
    effective = [float(weights[g].sum() ** 2 / (weights[g] ** 2).sum()) for g in (treated, ~treated)]
    values = e_values(estimate / spread, se / spread)
    return Emulated(
        treatment, versus, estimate, se, estimate - half, estimate + half, counts, (effective[0], effective[1]),
        tuple(_balance(design, treated, weights, names)), *values,
    )  # fmt: skip


def _error(z: Floats, change: Floats, design: Floats, chances: Floats, means: Sequence[float]) -> float:
    """The sandwich error of the difference; parameters are the coefficients of the chances, then both means."""
    q, n = design.shape[1], len(z)
    off = change - means[0], change - means[1]
    weights = z * (1 - chances), (1 - z) * chances
    scores = np.column_stack([design * (z - chances)[:, None], weights[0] * off[0], weights[1] * off[1]])
    slope = chances * (1 - chances)
    bread = np.zeros((q + 2, q + 2))
    bread[:q, :q] = -(design.T * slope) @ design
    bread[q, :q] = -(design * (z * slope * off[0])[:, None]).sum(axis=0)
    bread[q + 1, :q] = (design * ((1 - z) * slope * off[1])[:, None]).sum(axis=0)
    bread[q, q], bread[q + 1, q + 1] = -weights[0].sum(), -weights[1].sum()
    inverse = np.linalg.inv(bread / n)
    covariance = inverse @ (scores.T @ scores / n) @ inverse.T / n
    line = np.zeros(q + 2)
    line[q], line[q + 1] = 1.0, -1.0
    return float(np.sqrt(line @ covariance @ line))


def _balance(design: Floats, treated: NDArray[np.bool_], weights: Floats, names: Sequence[str]) -> list[Balance]:
    found = []
    for column, name in zip(design.T[1:], names, strict=True):
        one, other = column[treated], column[~treated]
        spread = float(np.sqrt((one.var(ddof=1) + other.var(ddof=1)) / 2)) or 1.0
        after = np.average(one, weights=weights[treated]) - np.average(other, weights=weights[~treated])
        found.append(Balance(name, float(one.mean() - other.mean()) / spread, float(after) / spread))
    return found


def e_value(risk_ratio: float) -> float:
    """VanderWeele and Ding, Ann Intern Med 2017;167:268-274: RR + sqrt(RR (RR - 1)), of the ratio turned above 1."""
    above = max(risk_ratio, 1 / risk_ratio)
    return float(above + np.sqrt(above * (above - 1)))


def e_values(difference: float, error: float) -> tuple[float, float]:
    """E-values of a standardised difference and of its interval: RR is about exp(0.91 d), its ends exp(0.91 d -/+ 1.78 se),
    as in the same paper's table for continuous outcomes. 1 where the interval holds no difference.
    """
    at = np.exp(0.91 * difference)
    low, high = np.exp(0.91 * difference - 1.78 * error), np.exp(0.91 * difference + 1.78 * error)
    if low <= 1 <= high:
        return e_value(float(at)), 1.0
    return e_value(float(at)), e_value(float(low if at > 1 else high))
