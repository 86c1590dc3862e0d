"""Where the evidence on a comparison comes from: flows through the network and what each direct comparison gives.

The network estimate of a pair is a current from one treatment to the other; on the edge between a and b flows the
weight of all direct evidence there times the difference in potential (Rücker 2012; Papakonstantinou 2018,
doi 10.12688/f1000research.14770.3).
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats, Whole
from enthesis.evidence.networks.pairs import Comparisons, all_pairs
from enthesis.evidence.networks.system import System, laplacian

NOISE = 1e-12  # of a unit current: less is rounding
NOBODY = 1e-15  # chance of still walking: of no account
AT_ONCE = 4_000_000  # numbers held together by a random walk


@dataclass(frozen=True, eq=False)
class Contributions:
    """shares[r, c]: how much of the network estimate of pair `rows[r]` goes through direct comparison `columns[c]`.

    Each row adds to 1. rows and columns are places in `all_pairs`.
    """

    method: str
    rows: Whole
    columns: Whole
    shares: Floats


def flows(system: System, made: Comparisons, rows: Whole | None = None) -> tuple[Whole, Whole, Floats]:
    """Pairs asked for (all if not given), direct pairs, and (rows, columns) the aggregated hat matrix: signed flows."""
    size = system.space.size
    first, second = all_pairs(size)
    columns = made.grouped[0]
    rows = np.arange(len(first)) if rows is None else rows
    weights = -laplacian(system.space, system.weights)[first[columns], second[columns]]
    potential = system.covariance[:, first[rows]] - system.covariance[:, second[rows]]
    return rows, columns, ((potential[first[columns]] - potential[second[columns]]) * weights[:, None]).T


def random_walk(system: System, made: Comparisons, rows: Whole | None = None) -> Contributions:
    """Every path weighted by the chance that a walker who follows the flow takes it (Davies 2022, doi 10.1002/sim.9346).

    Found exactly and at once for all pairs: chances of reaching a treatment in so many steps from the source, and of
    reaching the target from it, with each path's share spread evenly over its edges.
    """
    rows, columns, hat = flows(system, made, rows)
    size = system.space.size
    first, second = all_pairs(size)
    shares = np.empty_like(hat)
    step = max(1, AT_ONCE // (size * size))
    for start in range(0, len(rows), step):
        part = slice(start, start + step)
        ends = first[rows[part]], second[rows[part]]
        shares[part] = _walked(hat[part], (first[columns], second[columns]), ends, size)
    return Contributions("random walk", rows, columns, shares)


def _walked(hat: Floats, edges: tuple[Whole, Whole], ends: tuple[Whole, Whole], size: int) -> Floats:
    """(rows, columns) shares of some pairs."""
    a, b = edges
    flow = np.where(np.abs(hat) > NOISE, hat, 0.0)
    chance = np.zeros((len(hat), size, size))
    chance[:, a, b], chance[:, b, a] = np.maximum(flow, 0), np.maximum(-flow, 0)
    leaving = chance.sum(axis=2, keepdims=True)
    chance /= np.where(leaving > 0, leaving, 1.0)
    onward, back = _steps(chance, ends[0]), _steps(chance.transpose(0, 2, 1), ends[1])
    length = np.arange(onward.shape[1])[:, None] + np.arange(back.shape[1])[None, :] + 1
    through = onward.transpose(0, 2, 1) @ (1 / length) @ back
    through *= chance
    return np.where(hat > 0, through[:, a, b], through[:, b, a])


def _steps(chance: Floats, start: Whole) -> Floats:
    """(rows, steps, size) the chance of being at each treatment after 0, 1, ... steps, until nobody walks any more."""
    here = np.zeros(chance.shape[:2])
    here[np.arange(len(start)), start] = 1.0
    taken = [here]
    for _ in range(chance.shape[1] - 1):
        here = (here[:, None, :] @ chance)[:, 0, :]
        if not here.max() > NOBODY:
            break
        taken.append(here)
    return np.stack(taken, axis=1)


def shortest_path(system: System, made: Comparisons, rows: Whole | None = None) -> Contributions:
    """The flow taken apart into paths, the shortest first; each path's flow is shared evenly by its edges.

    Where paths are of equal length, the one through treatments that come first in the list of edges is taken, as netmeta.
    """
    rows, columns, hat = flows(system, made, rows)
    first, second = all_pairs(system.space.size)
    shares = np.zeros_like(hat)
    edges = list(zip(first[columns].tolist(), second[columns].tolist(), strict=True))
    for row, pair in enumerate(rows):
        shares[row] = _peeled(hat[row].tolist(), edges, int(first[pair]), int(second[pair]))
    return Contributions("shortest path", rows, columns, shares)


def _peeled(flow: list[float], edges: list[tuple[int, int]], source: int, target: int) -> list[float]:
    """Shares of the edges of one pair: path after path is taken off until no flow reaches the target."""
    left = [abs(each) for each in flow]
    directed = [edge if value > 0 else edge[::-1] for edge, value in zip(edges, flow, strict=True)]
    order: dict[int, int] = {}
    for edge in directed:
        for treatment in edge:
            order.setdefault(treatment, len(order))
    onward: dict[int, list[tuple[int, int]]] = {treatment: [] for treatment in order}
    for index, (a, b) in enumerate(directed):
        if left[index] > NOISE:
            onward[a].append((b, index))
    for ways in onward.values():
        ways.sort(key=lambda way: order[way[0]])
    shares = [0.0] * len(edges)
    while path := _shortest(onward, left, source, target):
        flow_here = min(left[index] for index in path)
        for index in path:
            left[index] -= flow_here
            shares[index] += flow_here / len(path)
    return shares


def _shortest(onward: dict[int, list[tuple[int, int]]], left: list[float], source: int, target: int) -> list[int]:
    """Edges of the shortest path that still carries flow; empty when there is none."""
    came: dict[int, tuple[int, int]] = {source: (source, -1)}
    queue = deque([source])
    while queue and target not in came:
        here = queue.popleft()
        for there, index in onward[here]:
            if there not in came and left[index] > NOISE:
                came[there] = (here, index)
                queue.append(there)
    path: list[int] = []
    while target in came and target != source:
        target, index = came[target]
        path.append(index)
    return path
