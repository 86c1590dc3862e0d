"""Meta-regression and subgroups: do studies of one sort find something else?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.pooling.estimates import Estimates
from enthesis.evidence.pooling.heterogeneity import typical_variance
from enthesis.evidence.pooling.intervals import Estimate, adjusted_covariance, critical, with_interval
from enthesis.evidence.pooling.model import Model
from enthesis.evidence.pooling.weighted import Weighted, intercept_only
from enthesis.knowledge import BadInput

Covariates = Mapping[str, Sequence[object]]


@dataclass(frozen=True)
class Explained:
    """A test of all moderators together: F with (df, residual df), or chi-squared when residual df is None."""

    statistic: float
    df: int
    residual_df: float | None
    p: float


@dataclass(frozen=True, eq=False)
class MetaRegression:
    """Coefficients by name, heterogeneity left over, and the share of tau2 explained (r2, 0 to 1)."""

    coefficients: Mapping[str, Estimate]
    covariance: Floats
    tau2: float
    i2: float
    r2: float
    moderators: Explained
    q: float
    q_p: float
    fit: Weighted
    model: Model

    def at(self, values: Sequence[float]) -> tuple[Estimate, float, float]:
        """The mean, and the limits of its prediction interval, at one row of the design without its intercept."""
        x = np.concatenate([[1.0], np.asarray(values, dtype=np.float64)])
        error = float(np.sqrt(x @ self.covariance @ x))
        freedom = next(iter(self.coefficients.values())).freedom
        mean = with_interval(float(x @ self.fit.coefficients), error, level=self.model.level, freedom=freedom)
        half = critical(self.model.level, freedom) * float(np.sqrt(error**2 + self.tau2))
        return mean, mean.estimate - half, mean.estimate + half

    def __repr__(self) -> str:
        """One line per coefficient, then what is left."""
        lines = [f"  {name} {estimate!r}" for name, estimate in self.coefficients.items()]
        return "\n".join(["meta-regression", *lines, f"  tau2 {self.tau2:.4g}, r2 {self.r2:.0%}, Q left {self.q:.4g}"])


def design(covariates: Covariates, k: int) -> tuple[tuple[str, ...], Floats]:
    """Names and columns (k, p): an intercept, numbers as they are, and for words a column for each but the first in order.

    Raises BadInput for a covariate of another length, an empty value, or one that says nothing new.
    """
    names, columns = ["intercept"], [np.ones(k)]
    for name, values in covariates.items():
        if len(values) != k:
            raise BadInput(f"covariate {name!r}: {len(values)} values for {k} studies")
        words = [str(value).strip() for value in values]
        if "" in words or "nan" in words:
            raise BadInput(f"covariate {name!r}: no value for study {words.index('' if '' in words else 'nan') + 1}")
        for label, column in _columns(name, words):
            names.append(label)
            columns.append(column)
    x = np.column_stack(columns)
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise BadInput(f"covariates {', '.join(covariates)}: one says nothing that the others do not; leave it out")
    if x.shape[1] >= k:
        raise BadInput(f"{x.shape[1]} coefficients for {k} studies; leave covariates out")
    return tuple(names), x


def _columns(name: str, words: list[str]) -> list[tuple[str, Floats]]:
    try:
        return [(name, np.array([float(word) for word in words]))]
    except ValueError:
        levels = sorted(set(words))
        return [(f"{name}: {level}", np.array([float(word == level) for word in words])) for level in levels[1:]]


def meta_regression(
    estimates: Estimates, covariates: Covariates, *, model: Model | None = None, common: bool = False
) -> MetaRegression:
    """Weighted regression of the estimates with additive heterogeneity (or none: `common`); Knapp & Hartung 2003 by default."""
    model = model or Model()
    names, x = design(covariates, len(estimates.y))
    start = Weighted(estimates.y, estimates.v, x)
    fit = start.at(0.0 if common else model.tau2_of(start))
    covariance, freedom = adjusted_covariance(fit, model.ci)
    errors = np.sqrt(np.diag(covariance))
    coefficients = {
        name: with_interval(float(value), float(error), level=model.level, freedom=freedom)
        for name, value, error in zip(names, fit.coefficients, errors, strict=True)
    }
    return _regression(coefficients, covariance, fit, model, freedom, common=common)


def _regression(
    coefficients: dict[str, Estimate],
    covariance: Floats,
    fit: Weighted,
    model: Model,
    freedom: float | None,
    *,
    common: bool,
) -> MetaRegression:
    from scipy.special import chdtrc

    residual = fit.at(0.0)
    if common:
        left = max(0.0, (residual.q - residual.freedom) / residual.q)
        before = intercept_only(fit.y, fit.v).q
        r2 = max(0.0, 1 - (residual.q / residual.freedom) / (before / (residual.freedom + len(coefficients) - 1)))
    else:
        left = fit.tau2 / (fit.tau2 + typical_variance(fit))
        before = model.tau2_of(intercept_only(fit.y, fit.v))
        r2 = max(0.0, (before - fit.tau2) / before) if before > 0 else 0.0
    return MetaRegression(
        coefficients, covariance, fit.tau2, left, r2, _explained(fit, covariance, freedom),
        residual.q, float(chdtrc(residual.freedom, residual.q)), fit, model,
    )  # fmt: skip


def _explained(fit: Weighted, covariance: Floats, freedom: float | None) -> Explained:
    """Wald test of every coefficient but the intercept."""
    from scipy.special import chdtrc, fdtrc

    slopes = fit.coefficients[1:]
    df = len(slopes)
    wald = float(slopes @ np.linalg.solve(covariance[1:, 1:], slopes))
    if freedom is None:
        return Explained(wald, df, None, float(chdtrc(df, wald)))
    return Explained(wald / df, df, freedom, float(fdtrc(df, freedom, wald / df)))


@dataclass(frozen=True, eq=False)
class Subgroups:
    """A model for each subgroup, and the test of whether their means differ (Q between, chi-squared)."""

    groups: Mapping[str, Estimate]
    tau2: Mapping[str, float]
    common: Mapping[str, Estimate]
    between_random: Explained
    between_common: Explained


def subgroups(estimates: Estimates, groups: Sequence[object], *, model: Model | None = None) -> Subgroups:
    """Each subgroup by itself, with its own tau2."""
    model = model or Model()
    if len(groups) != len(estimates.y):
        raise BadInput(f"subgroups: {len(groups)} names for {len(estimates.y)} studies")
    names = tuple(dict.fromkeys(str(group) for group in groups))
    member = {name: np.array([str(group) == name for group in groups]) for name in names}
    random, tau2, common = {}, {}, {}
    wald = Model(model.tau2, "wald", model.prediction, model.level)
    plain = {}
    for name, rows in member.items():
        y, v = estimates.y[rows], estimates.v[rows]
        fit, random[name] = model.random(y, v)
        tau2[name], plain[name] = fit.tau2, wald.mean_of(fit)
        common[name] = wald.mean_of(intercept_only(y, v))
    return Subgroups(random, tau2, common, _between(plain), _between(common))


def _between(means: Mapping[str, Estimate]) -> Explained:
    from scipy.special import chdtrc

    y = np.array([mean.estimate for mean in means.values()])
    v = np.array([mean.se**2 for mean in means.values()])
    if len(y) < 2:
        return Explained(0.0, 0, None, 1.0)
    q = intercept_only(y, v).q
    return Explained(q, len(y) - 1, None, float(chdtrc(len(y) - 1, q)))
