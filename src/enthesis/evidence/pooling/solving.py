"""Roots and highest points on tau2 >= 0 that cannot fail to be found: a grid first, then a bracketed search."""

from collections.abc import Callable

import numpy as np

FINE = 4e-16
STEPS = np.concatenate([[0.0], np.logspace(-8, 4, 61)])  # shares and multiples of the scale, tau2 = 0 among them


def falling_root(function: Callable[[float], float], *, scale: float) -> float:
    """Where a falling function of tau2 >= 0 crosses zero; 0 when it is below zero from the start."""
    from scipy.optimize import brentq

    if function(0.0) <= 0:
        return 0.0
    top = scale
    while function(top) > 0:
        top *= 4
    return float(brentq(function, 0.0, top, xtol=1e-300, rtol=8.9e-16, maxiter=500))


def highest(height: Callable[[float], float], *, slope: Callable[[float], float], scale: float) -> float:
    """Where `height` is highest on tau2 >= 0: the best point of a grid, then the root of the slope beside it."""
    from scipy.optimize import brentq

    grid = STEPS * scale
    best = int(np.argmax([height(tau2) for tau2 in grid]))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    if slope(low) <= 0:
        return float(low)
    while slope(high) > 0:
        high *= 4
    return float(brentq(slope, low, high, xtol=1e-300, rtol=8.9e-16, maxiter=500))
