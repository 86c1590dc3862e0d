"""Weights for those who answered, so that they stand for those who did not, as far as what is known of them tells."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from enthesis.outcomes.mixed.patterns import Floats

ROUNDS = 100
CLOSE = 1e-10
EXTREME = 25.0  # a fitted log odds beyond this tells one group from the other outright


class NoWeights(ValueError):
    """The chance to answer cannot be told; the sentence says why."""


@dataclass(frozen=True, eq=False)
class Logistic:
    """A logistic regression at its maximum: coefficients (q,), their covariance (q, q), fitted chances (people,)."""

    coefficients: Floats
    covariance: Floats
    chances: Floats


@dataclass(frozen=True)
class Weighted:
    """A weighted mean with the sandwich error that takes the chances as estimated; `people` is the effective number,
    `given` what the chances were made of.
    """

    estimate: float
    se: float
    lower: float
    upper: float
    people: float
    largest_weight: float
    given: tuple[str, ...] = ()


def logistic(yes: Floats, design: Floats) -> Logistic:
    """Maximum likelihood by Newton's steps. `yes` (people,) of 0 and 1, `design` (people, q) of full rank.

    Raises NoWeights when everybody or nobody is 1, a column repeats others, or a column tells the two apart.
    """
    if len(set(yes.tolist())) < 2:
        raise NoWeights("everybody, or nobody, answered: there is no chance to estimate")
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise NoWeights("what is known of people repeats itself: a column can be made of the others")
    coefficients = np.zeros(design.shape[1])
    for _ in range(ROUNDS):
        chances = special.expit(design @ coefficients)
        information = (design.T * (chances * (1 - chances))) @ design
        step = np.linalg.solve(information, design.T @ (yes - chances))
        coefficients = coefficients + step
        if np.abs(design @ coefficients).max() > EXTREME:
            raise NoWeights("something known of people tells exactly who answered: nobody stands for the silent")
        if np.abs(step).max() < CLOSE:
            return Logistic(coefficients, np.linalg.inv(information), special.expit(design @ coefficients))
    raise NoWeights("the chance to answer could not be estimated")


def answer_weighted(values: Floats, design: Floats, *, given: Sequence[str] = (), level: float = 0.95) -> Weighted:
    """The mean of `values` (people,), NaN where silent, weighted by the inverse chance to answer given `design`.

    The weights are divided by their sum (Hájek). The error stacks the estimating equations of the chances and of the
    mean (Lunceford and Davidian, Stat Med 2004;23:2937-2960, section 3), so that estimating chances is paid for.
    """
    there = np.isfinite(values)
    model = logistic(there.astype(np.float64), design)
    weights = np.where(there, 1 / model.chances, 0.0)
    filled = np.where(there, values, 0.0)
    mean = float(weights @ filled / weights.sum())
    influence = weights * (filled - mean)
    # d influence / d coefficients, summed, times the influence of each person on the coefficients
    slope = -(design * (weights * (1 - model.chances) * (filled - mean))[:, None]).sum(axis=0)
    scores = design * (there - model.chances)[:, None]
    total = influence + scores @ model.covariance @ slope
    se = float(np.sqrt((total**2).sum()) / weights.sum())
    half = float(special.ndtri(0.5 + level / 2)) * se
    effective = float(weights.sum() ** 2 / (weights**2).sum())
    return Weighted(mean, se, mean - half, mean + half, effective, float(weights.max()), tuple(given))
