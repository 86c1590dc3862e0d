"""Multiple imputation by chained equations, pooled by Rubin's rules.

Every incomplete column is drawn from a Bayesian linear regression on all the others, in turn, for ten rounds
(van Buuren and Groothuis-Oudshoorn, J Stat Softw 2011;45(3), `norm`). Draws come from one stated seed.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from enthesis.outcomes.mixed.patterns import Floats

ROUNDS = 10
RIDGE = 1e-5  # of each diagonal, as in mice: keeps a column that nearly repeats others from breaking the draw


@dataclass(frozen=True)
class Pooled:
    """An estimate over all imputations. `missing_share` is the fraction of information that is missing."""

    estimate: float
    se: float
    df: float
    lower: float
    upper: float
    missing_share: float
    imputations: int


def imputations(table: Floats, *, count: int, seed: int) -> list[Floats]:
    """`count` completed copies of `table` (people, columns; NaN = missing), columns in their given order.

    A column without any value stays missing and is left out of the equations.
    """
    rng = np.random.default_rng(seed)
    return [_completed(table, rng) for _ in range(count)]


def _completed(table: Floats, rng: np.random.Generator) -> Floats:
    missing = ~np.isfinite(table)
    usable = np.flatnonzero(~missing.all(axis=0))
    filled = table.copy()
    for column in usable:
        seen = table[~missing[:, column], column]
        filled[missing[:, column], column] = rng.choice(seen, int(missing[:, column].sum()))
    for _ in range(ROUNDS):
        for column in usable:
            if missing[:, column].any():
                others = filled[:, usable[usable != column]]
                filled[missing[:, column], column] = _drawn(filled[:, column], others, missing[:, column], rng)
    return filled


def _drawn(values: Floats, others: Floats, missing: np.ndarray, rng: np.random.Generator) -> Floats:
    """New values for the missing ones: a draw of the variance, of the coefficients, and of each value."""
    # A column that never varies among the answers says nothing, and would leave the equations singular.
    telling = others[:, np.ptp(others[~missing], axis=0) > 0]
    design = np.column_stack([np.ones(len(telling)), telling])
    seen, wanted = design[~missing], design[missing]
    cross = seen.T @ seen
    inverse = np.linalg.inv(cross + RIDGE * np.diag(np.diag(cross)))
    coefficients = inverse @ seen.T @ values[~missing]
    left = values[~missing] - seen @ coefficients
    df = max(len(seen) - design.shape[1], 1)
    sigma = np.sqrt(float(left @ left) / rng.chisquare(df))
    root = np.linalg.cholesky((inverse + inverse.T) / 2)
    drawn = coefficients + sigma * (root @ rng.standard_normal(len(coefficients)))
    values_drawn: Floats = wanted @ drawn + sigma * rng.standard_normal(len(wanted))
    return values_drawn


def pooled(
    completed: list[Floats], estimate: Callable[[Floats], tuple[float, float, float]], *, level: float = 0.95
) -> Pooled:
    """Rubin's rules with Barnard and Rubin's degrees of freedom (Biometrika 1999;86:948-955).

    `estimate` gives of one completed table the estimate, its squared error and its degrees of freedom.
    """
    values, variances, dfs = (np.array(part) for part in zip(*map(estimate, completed), strict=True))
    m = len(completed)
    within, between = float(variances.mean()), float(values.var(ddof=1))
    total = within + (1 + 1 / m) * between
    share = (1 + 1 / m) * between / total if total else 0.0
    whole = float(dfs.mean())
    observed = (whole + 1) / (whole + 3) * whole * (1 - share)
    df = 1 / (1 / observed + share**2 / (m - 1))
    half = float(special.stdtrit(df, 0.5 + level / 2)) * total**0.5
    middle = float(values.mean())
    return Pooled(middle, total**0.5, df, middle - half, middle + half, share, m)
