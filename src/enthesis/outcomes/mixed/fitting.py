"""Finds the covariance that makes the restricted likelihood largest, by scoring with halved steps."""

import numpy as np

from enthesis.outcomes.mixed.likelihood import At, bases
from enthesis.outcomes.mixed.patterns import Floats, Patterns
from enthesis.outcomes.mixed.result import Fit

ROUNDS = 200
HALVINGS = 40
CLOSE = 1e-9  # how far the elements of the covariance may be from the maximum, in units of their standard errors
NEARLY = 1e-5  # the same where rounding forbids a further step
APART = 1e-8  # smallest eigenvalue of the correlations of visits that are not one and the same


class NotFitted(ValueError):
    """The data do not determine the model; the sentence says what is missing."""


def fit(patterns: Patterns) -> Fit:
    """Fit every visit with its own fixed effects and an unstructured covariance, by restricted likelihood.

    Raises NotFitted when a visit has too few answers, two visits never meet in one person, a fixed effect cannot be
    told from the others, or no maximum inside the positive definite covariances is found.
    """
    _require(patterns)
    at = At(patterns, _start(patterns))
    for _ in range(ROUNDS):
        step = np.linalg.solve(at.expected, at.slope)
        if _is_near(at, step, CLOSE):
            break
        better = _climbed(at, step)
        if better is None:
            break
        at = better
    if _is_near(at, np.linalg.solve(at.expected, at.slope), NEARLY) and _is_inside(at):
        return Fit(at)
    raise NotFitted("the likelihood has no maximum inside: visits may be almost the same, or too few people answered")


def _is_near(at: At, step: Floats, close: float) -> bool:
    return abs(float(at.slope @ step)) < close**2


def _is_inside(at: At) -> bool:
    """No visit repeats others, and the information is that of a maximum rather than of rounding at the edge."""
    spread = np.sqrt(np.diag(at.covariance))
    apart = np.linalg.eigvalsh(at.covariance / np.outer(spread, spread))[0] > APART
    certain = np.sqrt(np.abs(np.diag(at.expected)))
    return bool(apart and np.linalg.eigvalsh(at.expected / np.outer(certain, certain))[0] > 0)


def _climbed(at: At, step: Floats) -> At | None:
    """The first point on the way that is inside and at least as likely; steps are halved."""
    direction = np.tensordot(step, bases(len(at.covariance)), axes=1)
    slack = 1e-12 * abs(at.log_likelihood)
    for halving in range(HALVINGS):
        tried = At(at.patterns, at.covariance + direction / 2**halving)
        try:
            np.linalg.cholesky(tried.covariance)
            if tried.log_likelihood >= at.log_likelihood - slack:
                return tried
        except np.linalg.LinAlgError:
            continue
    return None


def _start(patterns: Patterns) -> Floats:
    """Residual variances of each visit by itself on the diagonal: inside whatever the answers are."""
    v = len(patterns.visits)
    found = np.zeros((v, v))
    for visit in range(v):
        there = patterns.answered[:, visit]
        zz, yz = patterns.zz[there].sum(axis=0), patterns.yz[there, visit].sum(axis=0)
        left = float(patterns.yy[there, visit, visit].sum() - yz @ np.linalg.solve(zz, yz))
        found[visit, visit] = left / (patterns.answered_at(visit) - len(patterns.effects))
    if not (np.diag(found) > 1e-12 * max(1.0, float(np.abs(found).max()))).all():
        raise NotFitted("at a visit all scores are the same, or follow the fixed effects exactly")
    return found


def _require(patterns: Patterns) -> None:
    """Refuse what no likelihood could decide."""
    q = len(patterns.effects)
    if not patterns.visits:
        raise NotFitted("there is no visit with enough answers")
    met = patterns.answered.T.astype(int) @ patterns.answered
    for visit, name in enumerate(patterns.visits):
        if patterns.answered_at(visit) <= q + 1:
            raise NotFitted(f"visit {name}: {patterns.answered_at(visit)} answers; expected more than {q + 1}")
        if np.linalg.matrix_rank(patterns.zz[patterns.answered[:, visit]].sum(axis=0)) < q:
            raise NotFitted(f"visit {name}: the fixed effects {', '.join(patterns.effects)} cannot be told apart")
        for other in range(visit):
            if not met[visit, other]:
                raise NotFitted(f"nobody answered both visit {patterns.visits[other]} and visit {name}")
