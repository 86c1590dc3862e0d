"""The heterogeneity tau2 of a network: by moments or by likelihood, found by a search that cannot fail to converge.

The rows of a `Space` are independent with variance spread + tau2, so the likelihood and its slope are one line each.
A grid finds the hill (REML and ML may have several), a bounded search its top; there is no step to diverge.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from enthesis.evidence.networks.space import Space
from enthesis.evidence.networks.system import System, solved
from enthesis.knowledge import BadInput

METHODS = ("reml", "ml", "dl", "pm")
GRID = 14  # points between next to nothing and the largest heterogeneity the residuals allow
STEPS = 200  # halving alone needs about 60 steps to the last digit of a float
CLOSE = 1e-13  # of its size: where two values of tau2 are the same


def heterogeneity(space: Space, method: str | float, *, common: System | None = None) -> float | None:
    """tau2 by `method`; a number is taken as given; None where no contrast is left over to estimate it from.

    reml, ml: the exact likelihood with the full covariance of multi-arm trials.
    dl: generalised method of moments (Jackson 2012, doi 10.1002/jrsm.59), as netmeta.
    pm: generalised Q equal to its degrees of freedom (Paule and Mandel).
    """
    if not isinstance(method, str):
        return float(method)
    if method not in METHODS:
        raise BadInput(
            f"tau2: {', '.join(METHODS)} or a number of 0 or more was expected for a network, not {method!r}"
        )
    if space.df == 0:
        return None
    common = common or solved(space, 0.0)
    if method == "dl":
        return moments(common)
    if method == "pm":
        return _where_zero(lambda tau2: solved(space, tau2).q - space.df, common.q - space.df, _largest(common))
    return _likeliest(space, common, restricted=method == "reml")


def moments(common: System) -> float:
    """(Q - df) / c, not below 0, where c = tr(W) - tr((X'WX)^-1 X'W²X) in independent rows."""
    w = common.weights
    return max(0.0, (common.q - common.space.df) / float(w.sum() - w**2 @ common.leverage))


def log_likelihood(system: System, *, restricted: bool) -> float:
    """Up to a constant that is the same for every tau2."""
    total = -float(np.log(system.weights).sum()) + system.q
    return -(total + system.log_det if restricted else total) / 2


def slope(system: System, *, restricted: bool) -> float:
    """The derivative of the log-likelihood by tau2."""
    w = system.weights
    total = float(w.sum()) - float(w**2 @ system.residuals**2)
    return -(total - float(w**2 @ system.leverage) if restricted else total) / 2


def _likeliest(space: Space, common: System, *, restricted: bool) -> float:
    """The top of the highest hill of the likelihood: a coarse grid, finer ones until the slope changes sign, its zero."""
    high = _largest(common)
    while slope(solved(space, high), restricted=restricted) > 0:
        high *= 10
    grid = np.concatenate([[0.0], np.geomspace(high * 1e-6, high, GRID)])
    while True:
        systems = [common if tau2 == 0 else solved(space, tau2) for tau2 in grid]
        best = int(np.argmax([log_likelihood(system, restricted=restricted) for system in systems]))
        around = range(max(best - 1, 0), min(best + 2, len(grid)))
        points = [(float(grid[i]), slope(systems[i], restricted=restricted)) for i in around]
        if (best == 0 and points[0][1] <= 0) or points[-1][0] - points[0][0] <= CLOSE * points[-1][0]:
            return float(grid[best])
        for left, right in pairwise(points):
            if left[1] > 0 >= right[1]:
                return root(lambda tau2: slope(solved(space, tau2), restricted=restricted), left, right)
        grid = np.linspace(points[0][0], points[-1][0], GRID)


def _largest(common: System) -> float:
    """More heterogeneity than the residuals of the common fit and the largest sampling variance call for."""
    return float(common.residuals @ common.residuals) + float(common.space.spread.max())


def _where_zero(function: Callable[[float], float], at_zero: float, high: float) -> float:
    """Where a falling function of tau2 crosses zero; 0 if it starts below."""
    if at_zero <= 0:
        return 0.0
    at_high = function(high)
    while at_high > 0:
        high *= 10
        at_high = function(high)
    return root(function, (0.0, at_zero), (high, at_high))


def root(function: Callable[[float], float], left: tuple[float, float], right: tuple[float, float]) -> float:
    """Where `function` is zero between two points (x, value) of opposite sign: Chandrupatla's method, 1997.

    Inverse quadratic steps where they are safe and halving where not, so it always ends.
    """
    (a, fa), (b, fb) = right, left
    c, fc, step = a, fa, 0.5
    for _ in range(STEPS):
        x = a + step * (b - a)
        fx = function(x)
        if (fx > 0) == (fa > 0):
            c, fc = a, fa
        else:
            c, fc, b, fb = b, fb, a, fa
        a, fa = x, fx
        best = a if abs(fa) < abs(fb) else b
        width = abs(b - a)
        if width <= CLOSE * abs(best) or width < 1e-300 or fa == 0 or fb == 0:
            return float(a if fa == 0 else best)
        step = _step(a, fa, b, fb, c, fc, least=CLOSE / 2 * abs(best) / width)
    return float(best)


def _step(a: float, fa: float, b: float, fb: float, c: float, fc: float, *, least: float) -> float:
    """Share of the way from a to b: inverse quadratic interpolation where Chandrupatla allows it, else half."""
    xi, phi = (a - b) / (c - b), (fa - fb) / (fc - fb)
    if phi**2 < xi and (1 - phi) ** 2 < 1 - xi:
        step = fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
        return min(1 - least, max(least, step))
    return 0.5
