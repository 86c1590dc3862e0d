"""Class effects: treatments of one class, such as strengths of dextrose, differ from their class by no more than their spread.

Each treatment of a class has an effect of its own, normal about the effect of the class with standard deviation
`spread`; treatments outside a class stay as they are (random class effects; which of the published models to choose when:
doi 10.1177/0272989X251389887). Every posterior is a mixture of normals over a grid of tau and spread: exact, nothing is
drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from enthesis.evidence.bayes.class_grid import Grid, Shape, grid_of, shape_of
from enthesis.evidence.bayes.fitting import one_part
from enthesis.evidence.bayes.mixtures import Mixture
from enthesis.evidence.bayes.priors import Prior
from enthesis.evidence.contrasts import Contrasts, Floats
from enthesis.evidence.networks.space import space
from enthesis.evidence.networks.system import Model

FEW = 5  # treatments in classes: with fewer, the prior on their spread decides as much as the trials


@dataclass(frozen=True, eq=False)
class ClassEffects:
    """The posterior of a connected network with classes. `shape` says who is where; `grid` is its quadrature."""

    contrasts: Contrasts
    shape: Shape
    priors: tuple[Prior, Prior]
    level: float
    grid: Grid

    @cached_property
    def tau(self) -> dict[str, float]:
        """Of studies: mean, median and interval."""
        return self._summary(self.grid.taus)

    @cached_property
    def spread(self) -> dict[str, float]:
        """Of treatments about their class: mean, median and interval."""
        return self._summary(self.grid.spreads)

    def _summary(self, values: Floats) -> dict[str, float]:
        order = np.argsort(values, kind="stable")
        points, place = np.unique(values[order], return_inverse=True)
        weights = np.bincount(place, self.grid.weights[order])
        reached = np.cumsum(weights) - weights / 2
        low, middle, high = (
            float(np.interp(share, reached, points)) for share in (0.5 - self.level / 2, 0.5, 0.5 + self.level / 2)
        )
        return {"mean": float(points @ weights), "median": middle, "lower": low, "upper": high}

    def classes(self) -> list[dict[str, float | str]]:
        """Every pair of classes and lone treatments: posterior mean, sd, median and interval of the difference."""
        return self._pairs(self.shape.groups, self.grid.groups)

    def treatments(self) -> list[dict[str, float | str]]:
        """The same for every pair of treatments, each drawn towards its class."""
        return self._pairs(self.contrasts.treatments, self.grid.treatments)

    def _pairs(self, names: tuple[str, ...], found: tuple[Floats, Floats]) -> list[dict[str, float | str]]:
        means, covariances = _with_first(*found)
        a, b = np.triu_indices(len(names), 1)
        sds = np.sqrt(np.maximum(covariances[:, a, a] + covariances[:, b, b] - 2 * covariances[:, a, b], 0.0))
        mixed = Mixture((means[:, a] - means[:, b]).T, sds.T, self.grid.weights)
        ends = [mixed.quantile(share) for share in (0.5, 0.5 - self.level / 2, 0.5 + self.level / 2)]
        columns = zip(*(column.tolist() for column in (mixed.mean, mixed.sd, *ends)), strict=True)
        keys = ("estimate", "sd", "median", "lower", "upper")
        return [
            {"treatment": names[one], "versus": names[other]} | dict(zip(keys, row, strict=True))
            for one, other, row in zip(a.tolist(), b.tolist(), columns, strict=True)
        ]

    def explain(self) -> str:
        """What was assumed, and how much treatments of a class differ."""
        said = self.spread
        warning = " With so few treatments in classes the prior decides as much as the trials." * (
            self.shape.members < FEW
        )
        return (
            f"{len(self.contrasts.studies)} studies, {len(self.contrasts.treatments)} treatments, {self.shape.members} of them in "
            f"classes ({self.contrasts.measure}). Flat priors on classes; between studies {self.priors[0].sentence()}; within "
            f"classes, with their spread for tau, {self.priors[1].sentence()}. Treatments differ from their class with a spread of "
            f"{said['median']:.3g} ({self.level:.0%} from {said['lower']:.3g} to {said['upper']:.3g}).{warning}"
        )


def _with_first(means: Floats, covariances: Floats) -> tuple[Floats, Floats]:
    """The first group or treatment put back, at zero."""
    return np.pad(means, ((0, 0), (1, 0))), np.pad(covariances, ((0, 0), (1, 0), (1, 0)))


def class_effects(
    contrasts: Contrasts, *, classes: Mapping[str, str], prior: Prior, spread: Prior, level: float = 0.95
) -> ClassEffects:
    """A network whose treatments are drawn towards their class. `classes` gives the class of each treatment that has one.

    prior   of tau, the standard deviation between studies
    spread  of the standard deviation of treatments about their class

    Raises BadInput for trials that do not connect all treatments, classes that mean nothing and a level out of range.
    """
    part = one_part(contrasts, level=level)
    shape = shape_of(part.treatments, classes)
    grid = grid_of(Model(space(part)), shape, (prior, spread))
    return ClassEffects(part, shape, (prior, spread), level, grid)
