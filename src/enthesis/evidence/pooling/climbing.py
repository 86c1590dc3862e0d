"""The highest point of a smooth log likelihood of a few parameters, and its curvature there."""

from collections.abc import Callable

import numpy as np

from enthesis.evidence.contrasts import Floats

Height = Callable[[Floats], float]
ROUNDS = 8  # of Newton's steps, which double the digits each time


def highest_point(height: Height, start: Floats) -> Floats:
    """A quasi-Newton search, then Newton steps with differences until they no longer climb."""
    from scipy.optimize import minimize

    best = np.asarray(minimize(lambda x: -height(x), start, method="BFGS", options={"gtol": 1e-6}).x, dtype=np.float64)
    for _round in range(ROUNDS):
        step = _newton(height, best)
        while np.abs(step).max() > 1e-12 and height(best + step) < height(best):
            step = step / 2
        best = best + step
        if np.abs(step).max() < 1e-8 * max(1.0, float(np.abs(best).max())):
            break
    return best


def _newton(height: Height, at: Floats) -> Floats:
    slope, bend = slope_at(height, at), curvature(height, at)
    values, vectors = np.linalg.eigh(bend)
    values = -np.maximum(np.abs(values), 1e-10 * np.abs(values).max() + 1e-300)
    return np.asarray(-(vectors @ ((vectors.T @ slope) / values)))


def slope_at(height: Height, at: Floats, *, width: float = 1e-4) -> Floats:
    """Gradient by central differences of the fourth order."""
    return np.array(
        [
            (8 * (height(at + e) - height(at - e)) - (height(at + 2 * e) - height(at - 2 * e))) / 12 / width
            for e in np.eye(len(at)) * width
        ]
    )


def curvature(height: Height, at: Floats, *, width: float = 1e-3) -> Floats:
    """Hessian by central differences of the fourth order, one direction in the gradient of the other."""
    rows = []
    for e in np.eye(len(at)) * width:
        near = slope_at(height, at + e, width=width) - slope_at(height, at - e, width=width)
        far = slope_at(height, at + 2 * e, width=width) - slope_at(height, at - 2 * e, width=width)
        rows.append((8 * near - far) / 12 / width)
    bend = np.array(rows)
    return (bend + bend.T) / 2
