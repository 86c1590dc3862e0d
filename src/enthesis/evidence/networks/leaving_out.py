"""Leave one out: how the network changes when each study in turn is taken away, heterogeneity estimated anew each time."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats, Whole
from enthesis.evidence.networks.heterogeneity import GRID, largest
from enthesis.evidence.networks.omitting import Squares, Without, df_without, effects_without, without_each
from enthesis.evidence.networks.pairs import variances
from enthesis.evidence.networks.space import Block, Space
from enthesis.evidence.networks.system import System, solved

NODES = 18  # Chebyshev points in a bracket of the grid: the slope there is smooth to about 1e-10
HALVINGS = 60


@dataclass(frozen=True, eq=False)
class LeftOut:
    """Without each study in turn; rows in the order of the studies. NaN where the rest would fall apart.

    estimate, se   (studies, T)  each treatment less the reference, in the random model
    """

    studies: tuple[str, ...]
    treatments: tuple[str, ...]
    reference: str
    tau2: Floats
    q: Floats
    df: Whole
    estimate: Floats
    se: Floats


def left_out(space: Space, method: str | float, *, reference: str) -> LeftOut:
    """Every study left out once; `method` as for the whole network."""
    k, size, place = len(space.studies), space.size, space.treatments.index(reference)
    tau2, q, df = np.full(k, np.nan), np.full(k, np.nan), np.zeros(k, dtype=np.int64)
    estimate, se = np.full((k, size), np.nan), np.full((k, size), np.nan)
    common = Squares.of(solved(space, 0.0))
    for block in space.blocks:
        first = without_each(common, block)
        df[block.study] = df_without(space, block)
        q[block.study] = np.where(first.holds, first.q, np.nan)
        tau2[block.study] = np.where(first.holds, _estimated(space, block, first, common.system, method), np.nan)
    for block in space.blocks:
        for at, study in enumerate(block.study):
            if np.isfinite(tau2[study]):
                estimate[study], se[study] = _refitted(space, block, at, float(tau2[study]), place)
    return LeftOut(space.studies, space.treatments, reference, tau2, q, df, estimate, se)


def _refitted(space: Space, block: Block, at: int, tau2: float, reference: int) -> tuple[Floats, Floats]:
    """Each treatment less the reference without one study, at its own tau2."""
    system = solved(space, tau2)
    made = without_each(Squares.of(system), block, slice(at, at + 1))
    effects, covariance = effects_without(system, made, 0, block.arms[at])
    every = np.arange(space.size)
    return effects - effects[reference], np.sqrt(variances(covariance, every, np.full_like(every, reference)))


def _estimated(space: Space, block: Block, first: Without, common: System, method: str | float) -> Floats:
    """tau2 without each study of a block."""
    df = df_without(space, block)
    if not isinstance(method, str):
        return np.full(len(block.study), float(method))
    if df < 1:
        return np.zeros(len(block.study))
    if method == "dl":
        return np.maximum((first.q - df) / first.total_weight, 0.0)
    if method in ("pm", "eb"):
        return _crossing(space, block, common, lambda made: (None, made.q - df))
    if method == "reml":
        return _crossing(space, block, common, lambda made: (made.profile, made.slope))
    return _crossing(space, block, common, lambda made: (made.plain, made.plain_slope))


Curve = Callable[
    [Without], tuple[Floats | None, Floats]
]  # what is smallest at the solution (if known), and its slope down


def _crossing(space: Space, block: Block, common: System, curve: Curve) -> Floats:
    """Where the slope of each study's curve crosses zero, by the lowest point of a shared grid; 0 where it starts below."""
    grid = np.concatenate([[0.0], np.geomspace(largest(common) * 1e-6, largest(common) * 10, GRID)])
    made = [without_each(Squares.of(solved(space, tau2)), block) for tau2 in grid]
    left = _before(curve, made)
    found = np.zeros(len(left))
    for start in np.unique(left[left >= 0]):
        chosen = np.flatnonzero(left == start)
        low, high = float(grid[start]), float(grid[min(start + 1, GRID)])
        found[chosen] = _roots(space, block, lambda each: curve(each)[1], (low, high), chosen)
    return found


def _before(curve: Curve, made: list[Without]) -> Whole:
    """For each study the point of the grid before the solution; -1 where the solution is 0."""
    slopes = np.array([curve(each)[1] for each in made])
    costs = [curve(each)[0] for each in made]
    if costs[0] is None:
        return np.asarray((slopes > 0).sum(axis=0) - 1)
    best = np.argmin(np.array(costs), axis=0)
    uphill = slopes[best, np.arange(len(best))] > 0
    return np.asarray(np.where(uphill, best, best - 1))


def _roots(
    space: Space, block: Block, slope: Callable[[Without], Floats], ends: tuple[float, float], chosen: Whole
) -> Floats:
    """Zeros of the chosen studies' slopes between two points: halving on the polynomial through Chebyshev points."""
    turn = (2 * np.arange(NODES) + 1) * np.pi / (2 * NODES)
    middle, half = (ends[1] + ends[0]) / 2, (ends[1] - ends[0]) / 2
    nodes, weights = middle + half * np.cos(turn), np.sin(turn) * (-1.0) ** np.arange(NODES)
    values = np.array([slope(without_each(Squares.of(solved(space, float(tau2))), block))[chosen] for tau2 in nodes])
    low, high = np.full(len(chosen), ends[0]), np.full(len(chosen), ends[1])
    for _ in range(HALVINGS):
        guess = (low + high) / 2
        gap = guess[None, :] - nodes[:, None]
        share = weights[:, None] / np.where(gap == 0, 1e-300, gap)
        uphill = (share * values).sum(axis=0) / share.sum(axis=0) > 0
        low, high = np.where(uphill, guess, low), np.where(uphill, high, guess)
    return np.asarray((low + high) / 2)
