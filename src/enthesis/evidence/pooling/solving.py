"""Roots and highest points on tau2 >= 0 that cannot fail to be found: a grid first, then a bracketed search."""

from collections.abc import Callable

import numpy as np

from enthesis.evidence.contrasts import Floats

FINE = 4.5e-16  # relative to the root: two units in its last place
ROUNDS = 300
STEPS = np.concatenate([[0.0], np.logspace(-8, 4, 61)])  # shares and multiples of the scale, tau2 = 0 among them


def falling_root(function: Callable[[float], float], *, scale: float) -> float:
    """Where a falling function of tau2 >= 0 crosses zero; 0 when it is below zero from the start."""
    if function(0.0) <= 0:
        return 0.0
    top = scale
    while function(top) > 0:
        top *= 4
    return root(function, 0.0, top)


def highest(heights: Callable[[Floats], Floats], *, slope: Callable[[float], float], scale: float) -> float:
    """Where a function of tau2 >= 0 is highest: the best point of a grid, then the root of the slope beside it.

    `heights` takes the whole grid at once, up to a constant: point after point took three quarters of an analysis.
    """
    grid = STEPS * scale
    best = int(np.argmax(heights(grid)))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    if slope(low) <= 0:
        return float(low)
    while slope(high) > 0:
        high *= 4
    return root(slope, float(low), float(high))


def root(function: Callable[[float], float], low: float, high: float) -> float:
    """The root between two points where the function differs in sign: Chandrupatla 1997, halving or parabola, to the last digits.

    Our own, because importing an optimiser takes longer than a whole analysis.
    """
    a, b = high, low
    fa, fb = function(a), function(b)
    c, fc, step = a, fa, 0.5
    for _round in range(ROUNDS):
        at = a + step * (b - a)
        height = function(at)
        if (height > 0) == (fa > 0):
            c, fc = a, fa
        else:
            c, b, fc, fb = b, a, fb, fa
        a, fa = at, height
        best = a if abs(fa) < abs(fb) else b
        narrow = (FINE * abs(best) + 1e-300) / max(abs(b - a), 1e-300)
        if narrow > 0.5 or fa == 0:
            return best if fa != 0 else a
        step = min(1 - narrow, max(narrow, _step(a, b, c, fa, fb, fc)))
    return a if abs(fa) < abs(fb) else b


def _step(a: float, b: float, c: float, fa: float, fb: float, fc: float) -> float:
    """How far from a to b to look next: by the inverse parabola through three points where it is safe, else half way."""
    across, up = (a - b) / (c - b), (fa - fb) / (fc - fb)
    if up**2 < across and (1 - up) ** 2 < 1 - across:
        return fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
    return 0.5
