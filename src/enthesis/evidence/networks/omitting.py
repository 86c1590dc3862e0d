"""What the network says without one study, for every study: low-rank updates of one system, no refit from scratch.

Deleting the rows i of a study from a fit with covariance G changes everything through the small matrix
K = (W_i^-1 - X_i G X_i')^-1: effects - G X_i' K e_i, covariance + G X_i' K X_i G, Q - e_i' K e_i. So the likelihood of
every network with one study less, and its slope, come from one system at each tau2.
"""

from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.networks.space import Block, Space
from enthesis.evidence.networks.system import System, against, laplacian

CUT_OFF = 1e-9  # share of its own information at which a study is the only link to some treatment


@dataclass(frozen=True, eq=False)
class Without:
    """Some studies of one block, each left out in turn, at one tau2; in columns.

    holds      (k,)         whether the rest of the network still hangs together
    shift      (k, m)       for each arm, what to take from the effects: effects - G[:, arms] shift
    widen      (k, m, m)    what to add to the covariance: G[:, arms] widen G[arms, :]
    q          (k,)         Q without the study
    profile    (k,)         twice the negative log-likelihood, up to a constant; restricted
    plain      (k,)         the same, not restricted
    slope      (k,)         derivative of the restricted log-likelihood
    plain_slope (k,)        derivative of the log-likelihood
    total_weight (k,)       sum of the weights less tr(G P): the divisor of the estimator by moments
    """

    block: Block
    holds: np.ndarray
    shift: Floats
    widen: Floats
    q: Floats
    profile: Floats
    plain: Floats
    slope: Floats
    plain_slope: Floats
    total_weight: Floats


@dataclass(frozen=True, eq=False)
class Squares:
    """What all studies share at one tau2: sums over every row, and matrices with squared weights."""

    system: System
    weight: float
    log_weight: float
    trace: float  # tr(G P), P = X' W^2 X
    squares: float  # sum of w^2 r^2
    inner: Floats  # G P G
    pull: Floats  # G X' W^2 r

    @classmethod
    def of(cls, system: System) -> "Squares":
        """From a fit."""
        w, r, g = system.weights, system.residuals, system.covariance
        gp = g @ laplacian(system.space, w**2)
        return cls(
            system,
            float(w.sum()),
            float(np.log(w).sum()),
            float(np.trace(gp)),
            float(w**2 @ r**2),
            gp @ g,
            g @ against(system.space, w**2 * r),
        )


def without_each(shared: Squares, block: Block, chosen: slice = slice(None)) -> Without:
    """Each of the chosen studies of a block left out."""
    system = shared.system
    arms, rows, c = block.arms[chosen], block.rows[chosen], block.coefficients[chosen]
    ct, at = c.transpose(0, 2, 1), (arms[:, :, None], arms[:, None, :])
    w, e = system.weights[rows], system.residuals[rows][:, :, None]
    hat, inner = c @ system.covariance[at] @ ct, c @ shared.inner[at] @ ct
    unit = np.eye(rows.shape[1])
    left = unit / w[:, :, None] - hat
    root_w = np.sqrt(w)
    values = np.linalg.eigvalsh(unit - root_w[:, :, None] * hat * root_w[:, None, :])
    holds = values[:, 0] > CUT_OFF
    k = np.linalg.inv(np.where(holds[:, None, None], left, unit))
    d = k @ e
    squared = (w**2)[:, :, None]
    beyond = inner - hat @ (squared * hat)
    trace = shared.trace - (w**2 * np.diagonal(hat, axis1=1, axis2=2)).sum(axis=1) + (k * beyond).sum(axis=(1, 2))
    pull = (c @ shared.pull[arms][:, :, None]) - hat @ (squared * e)
    squares = shared.squares - (squared * e**2).sum(axis=(1, 2)) + (d * (2 * pull + beyond @ d)).sum(axis=(1, 2))
    weight = shared.weight - w.sum(axis=1)
    q = system.q - (e * d).sum(axis=(1, 2))
    plain = q - shared.log_weight + np.log(w).sum(axis=1)
    log_det = system.log_det + np.log(np.where(holds[:, None], values, 1.0)).sum(axis=1)
    return Without(
        block,
        holds,
        (ct @ d)[:, :, 0],
        ct @ k @ c,
        np.maximum(q, 0.0),
        plain + log_det,
        plain,
        -(weight - trace - squares) / 2,
        -(weight - squares) / 2,
        weight - trace,
    )


def effects_without(system: System, made: Without, at: int, arms: Floats) -> tuple[Floats, Floats]:
    """Effects (T,) and covariance (T, T) of the network without the study `at` of `made`, whose arms are given."""
    columns = system.covariance[:, arms]
    return system.effects - columns @ made.shift[at], system.covariance + columns @ made.widen[at] @ columns.T


def df_without(space: Space, block: Block) -> int:
    """Degrees of freedom of Q without a study of this block."""
    return space.df - (block.size - 1)
