"""The covariance of a multi-arm trial known only by its contrasts and their standard errors.

With all m(m-1)/2 contrasts it follows exactly: the variances of differences between arms are squared distances, and
the covariance of two contrasts with the base is (v_0j + v_0k - v_jk) / 2. Rounded errors may fit no trial at all; then
the variance of each arm is fitted to them, none below zero, and the size of the repair is said. With fewer contrasts
the same fit, or the sizes of the arms, say how much of each variance is the base arm's.
"""

import numpy as np

from enthesis.evidence.contrasts import Floats, Whole

SMALLEST = 1e-10  # an eigenvalue below this share of the largest means that the errors fit no trial


def covariances(distances: Floats) -> Floats:
    """(k, m-1, m-1) from the variances of all differences (k, m, m)."""
    base = distances[:, 0, 1:]
    return np.asarray((base[:, :, None] + base[:, None, :] - distances[:, 1:, 1:]) / 2)


def impossible(covariance: Floats) -> np.ndarray:
    """Studies whose covariance is not positive definite."""
    values = np.linalg.eigvalsh(covariance)
    return np.asarray(values[:, 0] <= SMALLEST * np.abs(values[:, -1]))


def fitted_arms(ends: Whole, variances: Floats, size: int, people: Floats) -> Floats:
    """Arm variances (m,) that come closest to the variances of the contrasts given, relative to their size.

    `ends` (e, 2) are the arms of each contrast. Where contrasts leave the split open, people per arm decide, and where
    those are not known, arms are taken as alike. No arm gets less than a hundredth of the smallest variance.
    """
    from scipy.optimize import lsq_linear

    alike = np.full(size, variances.mean() / 2)
    if np.isfinite(people).all():
        shares = (1 / people)[ends].sum(axis=1)
        alike = (1 / people) * (variances / shares).mean()
    rows = np.zeros((len(ends), size))
    rows[np.arange(len(ends))[:, None], ends] = 1 / variances[:, None]
    faint = 1e-6 * np.eye(size) / alike[:, None]
    target = np.concatenate([np.ones(len(ends)), np.full(size, 1e-6)])
    fit = lsq_linear(np.vstack([rows, faint]), target, bounds=(variances.min() / 100, np.inf), tol=1e-14)
    return np.asarray(fit.x)


def agreeing(estimates: Floats, weights: Floats) -> Floats:
    """Arm values (k, m), the first zero, that come closest to all differences (k, m, m) under weights (k, m, m)."""
    total = weights.sum(axis=2)
    laplacian = total[:, :, None] * np.eye(weights.shape[1]) - weights
    right = (weights * estimates).sum(axis=2)
    values = np.linalg.solve(laplacian[:, 1:, 1:], right[:, 1:, None])[:, :, 0]
    return np.concatenate([np.zeros((len(values), 1)), values], axis=1)


def precision_weights(covariance: Floats) -> Floats:
    """Weight of each pair of arms (k, m, m) that gives back the precision of the whole study (Rucker & Schwarzer 2014)."""
    inverse = np.linalg.inv(covariance)
    k, size = len(inverse), inverse.shape[1] + 1
    weights = np.zeros((k, size, size))
    weights[:, 1:, 1:] = -inverse
    weights[:, 0, 1:] = weights[:, 1:, 0] = inverse.sum(axis=2)
    weights[:, np.arange(size), np.arange(size)] = 0.0
    return weights
