"""Standard errors that hold when the model of a cluster is wrong: CR1, and CR2 with Satterthwaite degrees of freedom.

CR2: Bell & McCaffrey 2002, Tipton 2015, with the model's own covariance as working model (as clubSandwich).
"""

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.pooling.intervals import Estimate, with_interval
from enthesis.evidence.pooling.levels import Nested, ThreeLevels
from enthesis.knowledge import BadInput


def robust(result: ThreeLevels, *, kind: str = "CR2") -> tuple[Estimate, ...]:
    """Each coefficient with a cluster-robust standard error and a t interval. Raises BadInput for another kind."""
    if kind not in ("CR1", "CR2"):
        raise BadInput(f"robust: CR1 or CR2 was expected, not {kind!r}")
    fit = result.fit
    bread = np.asarray(np.linalg.inv(fit.information))
    scores, halves = _by_cluster(fit, bread, corrected=kind == "CR2")
    covariance = bread @ (scores.T @ scores) @ bread
    p = fit.x.shape[1]
    freedom = [float(fit.clusters - p)] * p
    if kind == "CR1":
        covariance = covariance * fit.clusters / (fit.clusters - p)
    else:
        freedom = [_satterthwaite(fit, bread, halves, column) for column in range(p)]
    errors = np.sqrt(np.diag(covariance))
    return tuple(
        with_interval(float(value), float(error), level=result.level, freedom=df)
        for value, error, df in zip(fit.coefficients, errors, freedom, strict=True)
    )


def _by_cluster(fit: Nested, bread: Floats, *, corrected: bool) -> tuple[Floats, list[Floats]]:
    """Scores X_i' W_i A_i r_i (clusters, p), and each A_i' W_i X_i."""
    scores, halves = [], []
    for cluster in range(fit.clusters):
        rows = np.flatnonzero(fit.cluster == cluster)
        x = fit.x[rows]
        spread = np.diag(fit.v[rows] + fit.within) + fit.between
        half = np.asarray(np.linalg.solve(spread, x))
        if corrected:
            half = np.asarray(_adjustment(spread, x, bread).T @ half)
        halves.append(half)
        scores.append(half.T @ fit.residuals[rows])
    return np.array(scores), halves


def _adjustment(spread: Floats, x: Floats, bread: Floats) -> Floats:
    """A_i, which makes the residuals of cluster i vary as the working model says they should."""
    root = np.linalg.cholesky(spread).T
    inner = root @ (spread - x @ bread @ x.T) @ root.T
    values, vectors = np.linalg.eigh((inner + inner.T) / 2)
    turned = np.where(values > 1e-12 * values.max(), 1 / np.sqrt(np.maximum(values, 1e-300)), 0.0)
    return np.asarray(root.T @ (vectors * turned) @ vectors.T @ root)


def _satterthwaite(fit: Nested, bread: Floats, halves: list[Floats], column: int) -> float:
    """Degrees of freedom of one coefficient's variance, from cluster sums alone."""
    own, across = [], []
    for cluster, half in enumerate(halves):
        rows = np.flatnonzero(fit.cluster == cluster)
        along = half @ bread[:, column]
        spread = np.diag(fit.v[rows] + fit.within) + fit.between
        own.append(float(along @ spread @ along))
        across.append(fit.x[rows].T @ along)
    shared = np.array(across)
    matrix = np.diag(own) - shared @ bread @ shared.T
    return float(np.trace(matrix) ** 2 / (matrix**2).sum())
