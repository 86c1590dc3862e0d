"""Network meta-regression: effects that depend on features of the studies, with any number of covariates.

A study's row x (how much of each treatment's effect is in it) gets, for each covariate z, a second set of columns z x.
With one slope for each treatment (interactions independent) or one for all against the reference (common), it is the
same least squares in another basis, so heterogeneity is found by the same search.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Contrasts, Floats
from enthesis.evidence.effects import contrasts_in_network
from enthesis.evidence.networks.designs import Q
from enthesis.evidence.networks.estimates import Estimates, estimates
from enthesis.evidence.networks.heterogeneity import heterogeneity
from enthesis.evidence.networks.parts import connected_parts
from enthesis.evidence.networks.space import Piece, Space, assembled, space
from enthesis.evidence.networks.system import Model, System
from enthesis.evidence.reading import Trials
from enthesis.knowledge import BadInput

SLOPES = ("independent", "common")


@dataclass(frozen=True, eq=False)
class Regression:
    """Effects against the reference where every covariate is 0 (or at its `center`), and slopes by covariate.

    terms      names of the estimates: treatments, then `treatment:covariate` or `covariate`
    q          residual heterogeneity; `explained` tests all slopes at once
    """

    reference: str
    terms: tuple[str, ...]
    estimates: Estimates
    covariance: Floats
    tau2: float | None
    q: Q
    explained: Q
    center: Mapping[str, float]
    system: System

    def at(self, treatment: str, values: Mapping[str, float], *, level: float = 0.95) -> Estimates:
        """A treatment against the reference in a study with these values of the covariates. One row."""
        if treatment not in self.terms:
            raise BadInput(f"{treatment}: one of {', '.join(self.terms)} was expected")
        weights = np.zeros(len(self.terms))
        for place, term in enumerate(self.terms):
            name, covariate = _split_term(term, self.center)
            if term == treatment:
                weights[place] = 1.0
            elif covariate and name in (treatment, ""):
                weights[place] = _value(values, covariate) - self.center[covariate]
        value = weights @ self.estimates.estimate
        se = float(weights @ self.covariance @ weights) ** 0.5
        return estimates(np.array([value]), np.array([se]), level=level)


def regression(
    trials: Trials | Contrasts,
    covariates: Mapping[str, Mapping[str, float] | Sequence[float]] | Sequence[str],
    *,
    measure: str | None = None,
    reference: str | None = None,
    slopes: str = "independent",
    centered: bool = False,
    tau2: str | float = "reml",
    level: float = 0.95,
) -> Regression:
    """Network meta-regression on study-level covariates.

    covariates  names of columns of the trial file, or for each name a value for each study (a dict by study, or a list
                in the order of `trials.studies`)
    slopes      independent: one for each treatment against the reference; common: one for all of them
    centered    measure covariates from their mean over studies, so that effects are those of the average study

    Raises BadInput for covariates that are not there, not numbers, or cannot be told apart, and for a network in parts.
    """
    if slopes not in SLOPES:
        raise BadInput(f"slopes {slopes!r}: one of {', '.join(SLOPES)} was expected")
    made = contrasts_in_network(trials, measure=measure) if isinstance(trials, Trials) else trials
    columns = _columns(trials, made, covariates)
    [part, *others] = connected_parts(made)
    if others:
        raise BadInput("trials do not connect all treatments; give one part at a time")
    kept = [made.studies.index(name) for name in part.studies]
    values = {name: column[kept] for name, column in columns.items()}
    reference = reference or part.treatments[0]
    if reference not in part.treatments:
        raise BadInput(f"reference {reference!r}: one of {', '.join(part.treatments)} was expected")
    scale = Scale.of(values, centered=centered)
    rows = extended(space(part), scale.standard(values))
    basis, terms = _basis(part.treatments, tuple(values), reference, slopes)
    return _fitted(rows, basis, terms, scale, tau2=tau2, level=level, reference=reference)


@dataclass(frozen=True, eq=False)
class Scale:
    """Covariates are solved for in standard units, so that years do not drown in rounding, and told in their own."""

    mean: Mapping[str, float]
    sd: Mapping[str, float]
    center: Mapping[str, float]

    @classmethod
    def of(cls, values: Mapping[str, Floats], *, centered: bool) -> "Scale":
        """Mean and spread over studies. Raises BadInput for a covariate that is the same in every study."""
        for name, column in values.items():
            if np.ptp(column) == 0:
                raise BadInput(f"covariate {name}: is {column[0]:g} in every study, so nothing can depend on it")
        mean = {name: float(column.mean()) for name, column in values.items()}
        sd = {name: float(column.std()) for name, column in values.items()}
        return cls(mean, sd, mean if centered else dict.fromkeys(values, 0.0))

    def standard(self, values: Mapping[str, Floats]) -> Floats:
        """(c, studies) in standard units."""
        return np.array([(column - self.mean[name]) / self.sd[name] for name, column in values.items()])

    def back(self, terms: tuple[str, ...]) -> Floats:
        """(p, p) from estimates in standard units to those in the covariates' own, at their center."""
        turn = np.eye(len(terms))
        for column, term in enumerate(terms):
            treatment, covariate = _split_term(term, self.mean)
            if covariate:
                turn[column, column] = 1 / self.sd[covariate]
                moved = (self.center[covariate] - self.mean[covariate]) / self.sd[covariate]
                for row, other in enumerate(terms):
                    if other == treatment or (not treatment and not _split_term(other, self.mean)[1]):
                        turn[row, column] = moved
        return turn


def _split_term(term: str, covariates: Mapping[str, float]) -> tuple[str, str]:
    """The treatment and the covariate of a term; either may be empty."""
    for covariate in covariates:
        if term == covariate:
            return "", covariate
        if term.endswith(f":{covariate}"):
            return term[: -len(covariate) - 1], covariate
    return term, ""


def _fitted(
    rows: Space, basis: Floats, terms: tuple[str, ...], scale: Scale, *, tau2: str | float, level: float, reference: str
) -> Regression:
    model = Model(rows, basis)
    common = model.solved(0.0)
    if len(model.space.y) - common.df < len(terms):
        raise BadInput("the studies cannot tell these slopes apart: fewer covariates, or slopes='common'")
    found = heterogeneity(model, tau2, common=common)
    system = model.solved(found) if found else common
    back = scale.back(terms) @ np.linalg.pinv(basis)
    values, covariance = back @ system.effects, back @ system.covariance @ back.T
    tail = np.array([place for place, term in enumerate(terms) if _split_term(term, scale.mean)[1]])
    explained = float(values[tail] @ np.linalg.solve(covariance[np.ix_(tail, tail)], values[tail]))
    return Regression(
        reference,
        terms,
        estimates(values, np.sqrt(np.diagonal(covariance)), level=level),
        covariance,
        found,
        Q(common.q, common.df),
        Q(explained, len(tail)),
        scale.center,
        system,
    )


def extended(base: Space, covariates: Floats) -> Space:
    """The space with T more columns for each covariate (c, studies): each row's coefficients times its study's value."""
    size, pieces = base.size, []
    for block in base.blocks:
        arms = np.concatenate([block.arms + size * copy for copy in range(len(covariates) + 1)], axis=1)
        factors = np.concatenate([np.ones((1, len(block.study))), covariates[:, block.study]])
        own = block.coefficients
        pieces.append(
            Piece(block.study, block.rows, arms, np.concatenate([own * f[:, None, None] for f in factors], 2))
        )
    names = tuple(f"{name}{'*' * copy}" for copy in range(len(covariates) + 1) for name in base.treatments)
    return assembled(names, base.studies, base.blocks, base.y, base.spread, pieces)


def _basis(
    treatments: tuple[str, ...], covariates: tuple[str, ...], reference: str, slopes: str
) -> tuple[Floats, tuple[str, ...]]:
    """What may vary, (T (1 + c), p), and its names."""
    size = len(treatments)
    others = [place for place, name in enumerate(treatments) if name != reference]
    unit, terms = np.eye(size * (len(covariates) + 1)), [treatments[place] for place in others]
    columns = [unit[place] for place in others]
    for copy, covariate in enumerate(covariates, start=1):
        own = [unit[copy * size + place] for place in others]
        columns += own if slopes == "independent" else [np.sum(own, axis=0)]
        terms += [f"{treatments[place]}:{covariate}" for place in others] if slopes == "independent" else [covariate]
    return np.array(columns).T, tuple(terms)


def _columns(
    trials: Trials | Contrasts,
    made: Contrasts,
    covariates: Mapping[str, Mapping[str, float] | Sequence[float]] | Sequence[str],
) -> dict[str, Floats]:
    """Each covariate as a value for each study. Raises BadInput for what is not there or not a number."""
    if not covariates:
        raise BadInput("covariates: at least one was expected")
    if isinstance(covariates, Mapping):
        return {name: _given(name, values, made) for name, values in covariates.items()}
    if not isinstance(trials, Trials):
        raise BadInput("covariates: contrasts have no columns; give a value for each study")
    return {name: _column(name, trials) for name in covariates}


def _given(name: str, values: Mapping[str, float] | Sequence[float], made: Contrasts) -> Floats:
    listed = [values.get(study, np.nan) for study in made.studies] if isinstance(values, Mapping) else list(values)
    if len(listed) != len(made.studies):
        raise BadInput(f"covariate {name}: {len(made.studies)} values were expected, one for each study")
    column = np.array(listed, dtype=float)
    if not np.isfinite(column).all():
        raise BadInput(f"covariate {name}: no number for study {made.studies[int(np.argmin(np.isfinite(column)))]!r}")
    return column


def _column(name: str, trials: Trials) -> Floats:
    """A column of the file: the same number in every row of a study."""
    if name not in trials.labels and name not in trials.numbers:
        raise BadInput(f"{trials.source}: there is no column {name!r}; the columns are {', '.join(trials.labels)}")
    cells = trials.labels[name] if name in trials.labels else tuple(map(str, trials.number(name).tolist()))
    column = np.full(len(trials.studies), np.nan)
    for row, cell in enumerate(cells):
        study, value = trials.study[row], _number(cell)
        if value is None:
            raise BadInput(f"{trials.where(row, name)}: a number was expected, not {cell!r}")
        if np.isfinite(column[study]) and column[study] != value:
            raise BadInput(
                f"{trials.where(row, name)}: {trials.studies[study]!r} has two values, {column[study]:g} and {value:g}"
            )
        column[study] = value
    return column


def _number(cell: str) -> float | None:
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def _value(values: Mapping[str, float], covariate: str) -> float:
    if covariate not in values:
        raise BadInput(f"covariate {covariate}: a value was expected")
    return values[covariate]
