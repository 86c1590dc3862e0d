"""The heterogeneity tau2 of a network: by moments or by likelihood, found by a search that cannot fail to converge.

The rows of a `Space` are independent with variance spread + tau2, so the likelihood and its slope are one line each.
A grid finds the hill (REML and ML may have several), a bounded search its top; there is no step to diverge.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.networks.space import Space
from enthesis.evidence.networks.system import Model, System, against, laplacian
from enthesis.knowledge import BadInput

METHODS = ("reml", "ml", "dl", "pm", "eb")
GRID = 14  # points between next to nothing and the largest heterogeneity the residuals allow
SHARES = np.linspace(1, 0, GRID)  # of the way down, in logarithms
STEPS = 200  # halving alone needs about 60 steps to the last digit of a float
NEWTON = 20  # steps before the search that cannot fail takes over
NEAR = 1e-6  # of its size: after so small a step the next of Newton's would be its square, lost in rounding
CLOSE = 1e-11  # of its size: where two values of tau2 are the same


def heterogeneity(of: Space | Model, method: str | float, *, common: System | None = None) -> float | None:
    """tau2 by `method`; a number is taken as given; None where no contrast is left over to estimate it from.

    reml, ml: the exact likelihood with the full covariance of multi-arm trials.
    dl: generalised method of moments (Jackson 2012, doi 10.1002/jrsm.59), as netmeta.
    pm, eb: generalised Q equal to its degrees of freedom (Paule and Mandel; the empirical Bayes estimate is the same).
    """
    if not isinstance(method, str):
        return float(method)
    if method not in METHODS:
        raise BadInput(
            f"tau2: {', '.join(METHODS)} or a number of 0 or more was expected for a network, not {method!r}"
        )
    model = of if isinstance(of, Model) else Model(of)
    common = common or model.solved(0.0)
    if common.df == 0:
        return None
    if method == "dl":
        return moments(common)
    if method in ("pm", "eb"):
        return _where_zero(lambda tau2: model.solved(tau2).q - common.df, common.q - common.df, largest(common))
    return _likeliest(model, common, restricted=method == "reml")


def moments(common: System) -> float:
    """(Q - df) / c, not below 0, where c = tr(W) - tr((X'WX)^-1 X'W²X) in independent rows."""
    w = common.weights
    return max(0.0, (common.q - common.df) / float(w.sum() - w**2 @ common.leverage))


def slope(system: System, *, restricted: bool) -> float:
    """The derivative of the log-likelihood by tau2."""
    w = system.weights
    total = float(w.sum()) - float(w**2 @ system.residuals**2)
    return -(total - float(w**2 @ system.leverage) if restricted else total) / 2


def bend(system: System, *, restricted: bool) -> float:
    """The second derivative of the log-likelihood by tau2: half of tr(PP) less y'PPPy, P = W - WX (X'WX)^-1 X'W.

    Without restriction the trace is that of WW.
    """
    space, w, covariance = system.space, system.weights, system.covariance
    pulled = against(space, w**2 * system.residuals)
    cubed = float(w**3 @ system.residuals**2) - float(pulled @ covariance @ pulled)
    trace = float(w @ w)
    if restricted:
        shared = covariance @ laplacian(space, w**2)
        trace += float((shared * shared.T).sum()) - 2 * float(w**3 @ system.leverage)
    return trace / 2 - cubed


def _likeliest(model: Model, common: System, *, restricted: bool) -> float:
    """The top of the highest hill of the likelihood: a coarse grid, finer ones until the slope changes sign, its zero."""

    def uphill(tau2: float) -> float:
        return slope(model.solved(tau2), restricted=restricted)

    grid = np.concatenate([[0.0], search_grid(common, uphill)])
    heights = model.profile(grid, restricted=restricted)
    if (quick := _climbed(model, grid, heights, restricted=restricted)) is not None:
        return quick
    while True:
        best = int(np.argmax(heights))
        points = [(tau2, uphill(tau2)) for tau2 in grid[max(best - 1, 0) : best + 2].tolist()]
        if (best == 0 and points[0][1] <= 0) or points[-1][0] - points[0][0] <= CLOSE * points[-1][0]:
            return float(grid[best])
        for left, right in pairwise(points):
            if left[1] > 0 >= right[1]:
                return root(uphill, left, right)
        grid = np.linspace(points[0][0], points[-1][0], GRID)
        heights = model.profile(grid, restricted=restricted)


def _climbed(model: Model, grid: Floats, heights: Floats, *, restricted: bool) -> float | None:
    """The top by Newton's steps from the parabola through the three highest points, on a logarithmic scale.

    None where the top lies at an end of the grid, or a step would leave the two neighbours of the highest point.
    """
    best = int(np.argmax(heights))
    if not 1 < best < len(grid) - 1:
        return None
    low, high = grid[best - 1], grid[best + 1]
    before, top, after = heights[best - 1 : best + 2]
    across = before - 2 * top + after
    tau2 = float(grid[best] * (high / grid[best]) ** (0.5 * (before - after) / across if across < 0 else 0.0))
    for _ in range(NEWTON):
        system = model.solved(tau2)
        rise, turn = slope(system, restricted=restricted), bend(system, restricted=restricted)
        following = tau2 - rise / turn if turn < 0 else -1.0
        if not low < following < high:
            return None
        if abs(following - tau2) <= NEAR * following:
            return following
        tau2 = following
    return None


def search_grid(common: System, uphill: Callable[[float], float]) -> Floats:
    """From next to nothing to where the likelihood falls for good."""
    high, low = largest(common), float(np.sort(common.space.spread)[len(common.space.spread) // 2]) / 100
    while uphill(high) > 0:
        high *= 10
    return np.asarray(high * (min(1e-6, low / high) ** SHARES))


def largest(common: System) -> float:
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
