"""The posterior of a network with classes, at nodes of its two unknown spreads: between studies, and within classes.

Given tau, what trials say of the effects is the network estimate with its covariance, so the likelihood of both spreads
is the restricted one of the network times that of its estimates about their classes.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from enthesis.evidence.bayes.fitting import NOTHING
from enthesis.evidence.bayes.priors import Prior
from enthesis.evidence.contrasts import Floats
from enthesis.evidence.networks.system import Model
from enthesis.knowledge import BadInput

COARSE = 60  # points to each side of the first look at the posterior of tau and spread
NODES = 40  # of Gauss and Legendre to each side


@dataclass(frozen=True, eq=False)
class Shape:
    """Which treatment is in which class: `groups` names classes and lone treatments, `design` (T, p) says who is where.

    `inside` (T, T) is 1 on the diagonal for a treatment of a class, which may differ from it.
    """

    groups: tuple[str, ...]
    design: Floats
    inside: Floats

    @property
    def members(self) -> int:
        """Treatments in classes."""
        return int(self.inside.sum())


def shape_of(treatments: tuple[str, ...], classes: Mapping[str, str]) -> Shape:
    """From treatment to class. Raises BadInput for a treatment nobody was given and for a class of one."""
    for name in classes:
        if name not in treatments:
            raise BadInput(f"class of {name!r}: not a treatment here; one of {', '.join(treatments)} was expected")
    for kind in set(classes.values()):
        members = [name for name, its in classes.items() if its == kind]
        if len(members) < 2 or (kind in treatments and kind not in classes):
            why = "one treatment only" if len(members) < 2 else "the name of a treatment outside it"
            raise BadInput(f"class {kind!r} has {why}; a class of its own name and two treatments or more was expected")
    of = [classes.get(name, name) for name in treatments]
    groups = tuple(dict.fromkeys(of))
    design = np.array([[float(group == one) for group in groups] for one in of])
    return Shape(groups, design, np.diag([float(name in classes) for name in treatments]))


@dataclass(frozen=True, eq=False)
class Grid:
    """The posterior at nodes of tau and spread: weights (n,), and given each the means and covariances of all groups

    (n, p), (n, p, p), and of all treatments (n, T), (n, T, T); both against the first treatment or its class.
    """

    taus: Floats
    spreads: Floats
    weights: Floats
    groups: tuple[Floats, Floats]
    treatments: tuple[Floats, Floats]


def grid_of(model: Model, shape: Shape, priors: tuple[Prior, Prior]) -> Grid:
    """A coarse look finds where the posterior is, then Gauss and Legendre there."""
    tops, starts = [priors[0].largest, priors[1].largest], [0.0, 0.0]
    for _ in range(3):
        axes = [np.linspace(start, top, COARSE + 1)[1:] for start, top in zip(starts, tops, strict=True)]
        there = np.argwhere((heights := _heights(model, shape, priors, *axes)) > heights.max() - NOTHING)
        for side, axis in enumerate(axes):
            low, high = int(there[:, side].min()), int(there[:, side].max())
            starts[side] = float(axis[low - 1]) if low else starts[side]
            tops[side] = float(axis[min(high + 1, COARSE - 1)])
    place, share = np.polynomial.legendre.leggauss(NODES)
    taus, spreads = (start + (top - start) * (place + 1) / 2 for start, top in zip(starts, tops, strict=True))
    heights = _heights(model, shape, priors, taus, spreads)
    weights = share[:, None] * share[None, :] * np.exp(heights - heights.max())
    weights /= weights.sum()
    given = [_given(model, shape, tau, spreads) for tau in taus.tolist()]
    found = [np.concatenate([one[part] for one in given]) for part in range(4)]
    return Grid(
        np.repeat(taus, NODES), np.tile(spreads, NODES), weights.ravel(), (found[0], found[1]), (found[2], found[3])
    )


def _heights(model: Model, shape: Shape, priors: tuple[Prior, Prior], taus: Floats, spreads: Floats) -> Floats:
    """(taus, spreads) log posterior, up to a constant."""
    plain = model.profile(taus**2, restricted=True) + priors[0].log_density(taus)
    about = np.array([_about_classes(model, shape, tau, spreads) for tau in taus.tolist()])
    return np.asarray(plain[:, None] + about + priors[1].log_density(spreads)[None, :])


def _about_classes(model: Model, shape: Shape, tau: float, spreads: Floats) -> Floats:
    """(n,) restricted log-likelihood of the network's estimates about their classes."""
    estimate, covariance, design, between = _less_first(model, shape, tau)
    total = covariance + spreads[:, None, None] ** 2 * between
    inverse = np.linalg.inv(total)
    information = design.T @ inverse @ design
    fitted = np.linalg.solve(information, design.T @ inverse @ estimate[:, None])
    gap = estimate[:, None] - design @ fitted
    q = (gap.transpose(0, 2, 1) @ inverse @ gap)[:, 0, 0]
    return np.asarray(-(np.linalg.slogdet(total)[1] + np.linalg.slogdet(information)[1] + q) / 2)


def _less_first(model: Model, shape: Shape, tau: float) -> tuple[Floats, Floats, Floats, Floats]:
    """Every other treatment less the first: estimates, their covariance, who is where, and what a spread of 1 adds."""
    system = model.solved(tau**2)
    less = np.concatenate([-np.ones((len(system.effects) - 1, 1)), np.eye(len(system.effects) - 1)], axis=1)
    return (system.effects[1:], system.covariance[1:, 1:], (less @ shape.design)[:, 1:], less @ shape.inside @ less.T)


def _given(model: Model, shape: Shape, tau: float, spreads: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Means and covariances of groups and of treatments, at one tau and each spread."""
    estimate, covariance, design, between = _less_first(model, shape, tau)
    added = spreads[:, None, None] ** 2 * between
    inverse = np.linalg.inv(covariance + added)
    of_groups = np.asarray(np.linalg.inv(design.T @ inverse @ design))
    means = of_groups @ design.T @ inverse @ estimate[:, None]
    pulled = added @ inverse
    kept = design - pulled @ design
    treated = design @ means + pulled @ (estimate[:, None] - design @ means)
    spread = pulled @ covariance + kept @ of_groups @ kept.transpose(0, 2, 1)
    return means[:, :, 0], of_groups, treated[:, :, 0], np.asarray(spread)
