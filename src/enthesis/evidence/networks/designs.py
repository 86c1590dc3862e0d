"""Designs: studies that compare the same set of treatments, and what they say beside the whole network.

Q within designs is heterogeneity, Q between designs inconsistency; detaching one design shows how much of it hangs on
that design (Krahn 2013, doi 10.1186/1471-2288-13-35). The full design-by-treatment model (White 2012, Higgins 2012)
gives each design effects of its own.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from enthesis.evidence.contrasts import Floats, Whole
from enthesis.evidence.networks.space import Block, Space
from enthesis.evidence.networks.system import System, added, solved

ATTACHED = 1e-8  # share of a design's information that the rest must leave for it to be tested


@dataclass(frozen=True, eq=False)
class Group:
    """Designs of one size at one tau2; each with m-1 contrasts, of the other arms with the first.

    arms         (d, m)
    member       (k,)           design of each study of `block`
    studies      (d,)           how many
    information  (d, m-1, m-1)  of the design's own contrasts
    pull         (d, m-1)       information times (the design's own estimate less the network's)
    q            (d,)           Q of the design's studies around the network
    trace        (d,)           sum of the weights of its rows
    square       (d, m-1, m-1)  information with squared weights
    """

    block: Block
    arms: Whole
    member: Whole
    studies: Whole
    information: Floats
    pull: Floats
    q: Floats
    trace: Floats
    square: Floats

    @property
    def df(self) -> Whole:
        """Degrees of freedom within each design."""
        return (self.studies - 1) * (self.block.size - 1)

    @cached_property
    def apart(self) -> Floats:
        """(d, m-1) the design's own estimate less the network's."""
        return np.asarray(np.linalg.solve(self.information, self.pull[:, :, None])[:, :, 0], dtype=np.float64)

    @property
    def between(self) -> Floats:
        """(d,) the design's part of Q between designs."""
        return np.asarray((self.pull * self.apart).sum(axis=1))

    @property
    def within(self) -> Floats:
        """(d,) Q of the design's studies around their own estimate."""
        return np.where(self.studies > 1, np.maximum(self.q - self.between, 0.0), 0.0)


def groups(system: System) -> tuple[Group, ...]:
    """The designs of a network, by their number of treatments, at the heterogeneity of `system`."""
    return tuple(_group(block, system) for block in system.space.blocks)


def _group(block: Block, system: System) -> Group:
    arms, member, studies = np.unique(block.arms, axis=0, return_inverse=True, return_counts=True)
    member = member.ravel()
    d, m = arms.shape
    w, r = system.weights[block.rows], system.residuals[block.rows]
    turned = block.turn.transpose(0, 2, 1)
    matrices = np.zeros((2, d, m - 1, m - 1))
    np.add.at(matrices[0], member, turned @ (w[:, :, None] * block.turn))
    np.add.at(matrices[1], member, turned @ (w[:, :, None] ** 2 * block.turn))
    pull = np.zeros((d, m - 1))
    np.add.at(pull, member, (turned @ (w * r)[:, :, None])[:, :, 0])
    q, trace = (added(member, values.sum(axis=1), d) for values in (w * r**2, w))
    return Group(block, arms, member, studies, matrices[0], pull, q, trace, matrices[1])


@dataclass(frozen=True)
class Q:
    """A Q statistic with its degrees of freedom; p is None without any."""

    value: float
    df: int


@dataclass(frozen=True)
class Decomposition:
    """Total Q in its two parts."""

    total: Q
    within_designs: Q
    between_designs: Q


def decomposed(system: System, made: tuple[Group, ...]) -> Decomposition:
    """Q of the network within and between designs."""
    within = Q(float(sum(group.within.sum() for group in made)), int(sum(group.df.sum() for group in made)))
    df = system.df - within.df
    between = Q(float(sum(group.between.sum() for group in made)) if df else 0.0, df)
    return Decomposition(Q(system.q if system.df else 0.0, system.df), within, between)


@dataclass(frozen=True)
class DesignRow:
    """One design: its own heterogeneity, and the inconsistency that is left once it is detached (None: it is a bridge)."""

    treatments: tuple[str, ...]
    studies: int
    within: Q
    left_when_detached: Q | None


def design_rows(system: System, made: tuple[Group, ...]) -> tuple[DesignRow, ...]:
    """Every design, in the order of their treatments."""
    q = decomposed(system, made).between_designs
    rows = []
    for group in made:
        for index, (taken, df) in enumerate(_detached(group, system)):
            left = Q(max(q.value - taken, 0.0), q.df - df) if df else None
            names = tuple(system.space.treatments[arm] for arm in group.arms[index])
            within = Q(float(group.within[index]), int(group.df[index]))
            rows.append(DesignRow(names, int(group.studies[index]), within, left))
    return tuple(sorted(rows, key=lambda row: row.treatments))


def _detached(group: Group, system: System) -> list[tuple[float, int]]:
    """Q explained by giving each design effects of its own, and how many of them can be estimated.

    The information left for them by the rest of the network is A - A G A, with A the design's own and G the covariance
    of its contrasts in the network: a small matrix, whatever the size of the network.
    """
    cov = system.covariance[group.arms[:, :, None], group.arms[:, None, :]]
    cov = cov[:, 1:, 1:] - cov[:, 1:, :1] - cov[:, :1, 1:] + cov[:, :1, :1]
    lower = np.linalg.cholesky(group.information)
    values, vectors = np.linalg.eigh(np.eye(group.block.size - 1) - lower.transpose(0, 2, 1) @ cov @ lower)
    pull = np.linalg.solve(lower, group.pull[:, :, None])
    pull = (vectors.transpose(0, 2, 1) @ pull)[:, :, 0]
    free = values > ATTACHED
    taken = np.where(free, pull**2 / np.where(free, values, 1.0), 0.0).sum(axis=1)
    return list(zip(taken.tolist(), free.sum(axis=1).tolist(), strict=True))


@dataclass(frozen=True)
class DesignByTreatment:
    """The global test of consistency that allows for heterogeneity within designs."""

    tau2_within: float
    q: Q


def design_by_treatment(space: Space, made: tuple[Group, ...]) -> DesignByTreatment:
    """Full design-by-treatment interaction model: tau2 by moments within designs, then Q between designs at that tau2.

    `made` are the designs of the common model. Without a design of two studies tau2 within is not known and taken as 0.
    """
    within, df = sum(group.within.sum() for group in made), sum(group.df.sum() for group in made)
    spread = sum(
        group.trace.sum() - np.trace(np.linalg.solve(group.information, group.square), axis1=1, axis2=2).sum()
        for group in made
    )
    tau2 = max(0.0, float((within - df) / spread)) if df else 0.0
    system = solved(space, tau2)
    return DesignByTreatment(tau2, decomposed(system, groups(system)).between_designs)


@dataclass(frozen=True, eq=False)
class NetHeat:
    """change[r, c]: how much less inconsistency shows in contrast r once the design of contrast c is detached.

    Positive: the detached design disagreed with it. `contrasts` names (design, treatment, versus) of each row.
    """

    contrasts: tuple[tuple[str, str, str], ...]
    change: Floats
    inconsistency: Floats


def net_heat(system: System, made: tuple[Group, ...]) -> NetHeat:
    """Krahn's net heat of all contrasts of all designs."""
    names, sizes = system.space.treatments, []
    labels: list[tuple[str, str, str]] = []
    for group in made:
        for arms in group.arms:
            sizes.append(len(arms) - 1)
            labels += [(":".join(names[arm] for arm in arms), names[arm], names[arms[0]]) for arm in arms[1:]]
    x, weight, apart = _stacked(system, made, len(labels))
    cov = x @ system.covariance @ x.T
    inconsistency = apart * (weight @ apart)
    change = np.full((len(labels), len(labels)), np.nan)
    start = 0
    for size in sizes:
        own = slice(start, start + size)
        start += size
        left = weight[own, own] - weight[own, own] @ cov[own, own] @ weight[own, own]
        if np.linalg.eigvalsh(left)[0] <= ATTACHED * np.linalg.eigvalsh(weight[own, own])[-1]:
            continue
        gap = np.linalg.solve(left, weight[own, own] @ apart[own])
        after = apart + cov[:, own] @ weight[own, own] @ gap
        after[own] = 0.0
        change[:, own] = (inconsistency - after * (weight @ after))[:, None]
    return NetHeat(tuple(labels), change, inconsistency)


def _stacked(system: System, made: tuple[Group, ...], rows: int) -> tuple[Floats, Floats, Floats]:
    """Contrasts of all designs: in treatments, their block-diagonal weights, and their distance from the network."""
    x, weight = np.zeros((rows, system.space.size)), np.zeros((rows, rows))
    start = 0
    for group in made:
        for index, arms in enumerate(group.arms):
            own = np.arange(start, start + len(arms) - 1)
            start += len(own)
            x[own, arms[1:]], x[own, arms[0]] = 1.0, -1.0
            weight[np.ix_(own, own)] = group.information[index]
    return x, weight, np.concatenate([group.apart.ravel() for group in made])
