"""Component networks: a treatment's effect as the sum of its parts, and what the trials can say of each part.

The additive model of Rücker, Petropoulou and Schwarzer (2020, doi 10.1002/bimj.201800167): effects = C parameters, with
a column for each component and for each interaction that is asked for. Components shared by separate parts of a network
join them: only here may parts be compared, and only under additivity, which Q tests.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from enthesis.evidence.contrasts import Contrasts, Floats
from enthesis.evidence.effects import contrasts_in_network
from enthesis.evidence.networks.designs import Q
from enthesis.evidence.networks.estimates import Estimates, estimates
from enthesis.evidence.networks.heterogeneity import heterogeneity
from enthesis.evidence.networks.i_squared import i_squared
from enthesis.evidence.networks.parts import connected_parts
from enthesis.evidence.networks.space import Space, space
from enthesis.evidence.networks.system import RANK, Model, System, against, laplacian, solved
from enthesis.evidence.reading import Trials
from enthesis.knowledge import BadInput

KNOWN = 1e-7  # how far a combination may lean out of what the data know and still be called known
CROSS = "*"


@dataclass(frozen=True, eq=False)
class Components:
    """An additive network. `matrix` (T, p): what each treatment is made of, columns as in `names`."""

    contrasts: Contrasts
    names: tuple[str, ...]
    inactive: str | None
    separator: str
    matrix: Floats
    tau2_method: str | float
    level: float

    @cached_property
    def space(self) -> Space:
        """All studies, of all parts."""
        return space(self.contrasts)

    @cached_property
    def model(self) -> Model:
        """Effects as sums of components."""
        return Model(self.space, self.matrix)

    @cached_property
    def common(self) -> System:
        """The fit without heterogeneity."""
        return self.model.solved(0.0)

    @cached_property
    def tau2(self) -> float | None:
        """Heterogeneity around the additive model; None where nothing is left over to estimate it from."""
        return heterogeneity(self.model, self.tau2_method, common=self.common)

    @cached_property
    def random(self) -> System:
        """The fit with heterogeneity."""
        return self.model.solved(self.tau2) if self.tau2 else self.common

    def system(self, model: str) -> System:
        """One of the two fits: common or random."""
        return self.common if model == "common" else self.random

    @cached_property
    def _knowledge(self) -> tuple[Floats, Floats]:
        """Information on the parameters in the common model: what is known (p, r) and what is not (p, p - r)."""
        values, vectors = np.linalg.eigh(self.matrix.T @ laplacian(self.space, self.common.weights) @ self.matrix)
        known = values > RANK * values[-1]
        return vectors[:, known], vectors[:, ~known]

    def combined(self, weights: Floats, model: str = "random") -> Estimates:
        """Any sums of components: weights (n, p). NaN where the trials leave a sum open."""
        parameters, covariance = self._parameters(self.system(model))
        value, variance = weights @ parameters, np.einsum("ij,jk,ik->i", weights, covariance, weights)
        leaning = np.abs(weights @ self._knowledge[1]).sum(axis=1)
        open_ = leaning > KNOWN
        return estimates(
            np.where(open_, np.nan, value),
            np.where(open_, np.nan, np.sqrt(np.maximum(variance, 0.0))),
            level=self.level,
        )

    def _parameters(self, system: System) -> tuple[Floats, Floats]:
        known = self._knowledge[0]
        information = known.T @ self.matrix.T @ laplacian(self.space, system.weights) @ self.matrix @ known
        covariance = known @ np.linalg.inv(information) @ known.T
        values = self.matrix.T @ against(self.space, system.weights * self.space.y)
        return covariance @ values, covariance

    def each(self, model: str = "random") -> Estimates:
        """Each component and interaction, in the order of `names`."""
        return self.combined(np.eye(len(self.names)), model)

    def treatments(self, model: str = "random") -> Estimates:
        """Each treatment that was given, against the inactive one (or against nothing at all where none is named)."""
        return self.combined(self.matrix, model)

    def difference(self, treatment: str, versus: str, model: str = "random") -> Estimates:
        """Two combinations, given in trials or not: `A+B` against `C`. One row; NaN where the trials leave it open."""
        return self.combined((self._made_of(treatment) - self._made_of(versus))[None, :], model)

    def _made_of(self, treatment: str) -> Floats:
        return made_of(treatment, self.names, self.inactive, self.separator)

    def q_additive(self) -> Q:
        """Q of the additive model."""
        return Q(self.common.q, self.common.df)

    def q_additivity(self) -> Q | None:
        """What additivity costs beside the full network; None where the network is not connected."""
        if len(connected_parts(self.contrasts)) > 1:
            return None
        full = solved(self.space, 0.0)
        return Q(self.common.q - full.q, self.common.df - full.df)

    def i2(self) -> tuple[float, float, float] | None:
        """I2 around the additive model, with its interval."""
        return i_squared(self.common.q, self.common.df, level=self.level)

    def open_questions(self) -> tuple[tuple[str, ...], ...]:
        """Components the trials cannot tell apart: groups whose effects are known only in some sums or differences."""
        unknown = self._knowledge[1]
        projection = np.abs(unknown @ unknown.T) > KNOWN
        groups: list[set[int]] = []
        for row in np.flatnonzero(projection.any(axis=1)):
            linked = set(np.flatnonzero(projection[row]).tolist())
            touching = [group for group in groups if group & linked]
            groups = [group for group in groups if not group & linked] + [linked.union(*touching)]
        return tuple(tuple(self.names[index] for index in sorted(group)) for group in groups)


def components(
    trials: Trials | Contrasts,
    *,
    measure: str | None = None,
    inactive: str | None = None,
    separator: str = "+",
    interactions: Sequence[tuple[str, ...]] = (),
    tau2: str | float = "reml",
    level: float = 0.95,
) -> Components:
    """A network of combinations, such as `dextrose 15% + lidocaine`.

    inactive      the treatment without any component, such as saline; without one every treatment has components
    separator     what stands between the components in the name of a treatment
    interactions  components that together do more or less than their sum, such as [("dextrose 15%", "exercise")]

    Raises BadInput for an inactive treatment nobody was given and an interaction that no treatment has.
    """
    made = contrasts_in_network(trials, measure=measure) if isinstance(trials, Trials) else trials
    if inactive is not None and inactive not in made.treatments:
        raise BadInput(f"inactive {inactive!r}: one of {', '.join(made.treatments)} was expected")
    parts = {part for name in made.treatments for part in _parts(name, separator)} - {inactive}
    crossed = tuple(CROSS.join(sorted(pair)) for pair in interactions)
    names = (*sorted(parts, key=lambda part: (part.lower(), part)), *crossed)
    matrix = np.array([made_of(name, names, inactive, separator) for name in made.treatments])
    for name, column in zip(names, matrix.T, strict=True):
        if not column.any():
            raise BadInput(f"interaction {name}: no treatment has all of these components")
    return Components(made, names, inactive, separator, matrix, tau2, level)


def made_of(treatment: str, names: Sequence[str], inactive: str | None, separator: str) -> Floats:
    """(p,) 1 for each component of a treatment and for each interaction whose components it has. Raises BadInput."""
    parts = set(_parts(treatment, separator)) - {inactive}
    unknown = parts - set(names)
    if unknown:
        raise BadInput(f"{treatment}: {', '.join(sorted(unknown))} is not among the components {', '.join(names)}")
    return np.array([1.0 if set(name.split(CROSS)) <= parts or name in parts else 0.0 for name in names])


def _parts(treatment: str, separator: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in treatment.split(separator) if part.strip())
