"""Networks of simulated trials: any shape, two to four arms, always connected; and their fit by a slow, plain twin."""

import itertools
import math

import numpy as np
from hypothesis import strategies as st

from enthesis.evidence import Batch, Contrasts

NAMES = "ABCDEFGH"


def contrasts_from(trials, treatments, measure="MD"):
    """Contrasts from plain trials: (name, arms, arm means, arm variances)."""
    batches = []
    for size in sorted({len(arms) for _, arms, _, _ in trials}):
        chosen = [(index, trial) for index, trial in enumerate(trials) if len(trial[1]) == size]
        estimates, covariance = [], []
        for _, (_, _, means, variances) in chosen:
            estimates.append([mean - means[0] for mean in means[1:]])
            covariance.append(np.diag(variances[1:]) + variances[0])
        batches.append(
            Batch(
                np.array([index for index, _ in chosen]),
                np.array([[treatments.index(arm) for arm in trial[1]] for _, trial in chosen]),
                np.array(estimates, dtype=float),
                np.array(covariance, dtype=float),
                np.full((len(chosen), size), np.nan),
            )
        )
    return Contrasts(measure, tuple(treatments), tuple(name for name, *_ in trials), tuple(batches))


@st.composite
def random_trials(draw, most_treatments=6, most_extra=8):
    """A spanning tree of two-arm trials, and more trials of two to four arms on top; arms in any order."""
    size = draw(st.integers(2, most_treatments))
    treatments = list(NAMES[:size])
    values = st.floats(-3, 3).map(lambda value: round(value, 3))
    spread = st.floats(0.05, 2).map(lambda value: round(value, 3))
    arms = [[treatments[draw(st.integers(0, place - 1))], treatments[place]] for place in range(1, size)]
    for _ in range(draw(st.integers(1, most_extra))):
        many = draw(st.integers(2, min(4, size)))
        arms.append(draw(st.permutations(treatments))[:many])
    return treatments, [
        (f"trial {number}", names, [draw(values) for _ in names], [draw(spread) for _ in names])
        for number, names in enumerate(arms)
    ]


def twin(trials, treatments, tau2):
    """Weighted least squares with loops: effects against the first treatment, their covariance, Q, REML likelihood."""
    size = len(treatments)
    information = [[0.0] * (size - 1) for _ in range(size - 1)]
    right = [0.0] * (size - 1)
    pieces, log_det = [], 0.0
    for _, arms, means, variances in trials:
        m = len(arms)
        cov = [[variances[0] + tau2 / 2 + (variances[i] + tau2 / 2 if i == j else 0.0) for j in range(1, m)] for i in range(1, m)]  # fmt: skip
        weight = np.linalg.inv(np.array(cov))
        log_det += math.log(np.linalg.det(np.array(cov)))
        x = [[0.0] * (size - 1) for _ in range(1, m)]
        for row in range(1, m):
            for arm, sign in ((arms[row], 1.0), (arms[0], -1.0)):
                if arm != treatments[0]:
                    x[row - 1][treatments.index(arm) - 1] += sign
        y = [means[row] - means[0] for row in range(1, m)]
        pieces.append((x, y, weight))
        for a, b in itertools.product(range(m - 1), repeat=2):
            for i in range(size - 1):
                right[i] += x[a][i] * weight[a, b] * y[b]
                for j in range(size - 1):
                    information[i][j] += x[a][i] * weight[a, b] * x[b][j]
    covariance = np.linalg.inv(np.array(information))
    effects = covariance @ np.array(right)
    q = 0.0
    for x, y, weight in pieces:
        gap = np.array(y) - np.array(x) @ effects
        q += float(gap @ weight @ gap)
    reml = -(log_det + math.log(np.linalg.det(np.array(information))) + q) / 2
    return np.concatenate([[0.0], effects]), covariance, q, reml
