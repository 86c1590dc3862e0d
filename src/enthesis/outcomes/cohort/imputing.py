"""Multiple imputation by chained equations, pooled by Rubin's rules.

Every incomplete column is drawn from a Bayesian linear regression on all the others, in turn, for ten rounds
(van Buuren and Groothuis-Oudshoorn, J Stat Softw 2011;45(3), `norm`). Draws come from one stated seed.

All imputations go forward together, and what a regression needs is kept as sums of products: those of the people who answered
a column are those of everybody less those of the silent, and a column drawn anew changes one row and one column of them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from enthesis.outcomes.mixed.patterns import Floats

ROUNDS = 10
TOGETHER = (
    4_000_000  # numbers in the tables that go forward together: a part of the memory, and the same seed draws the same
)
CONSTANT = 1e-12  # a variance below this part of the mean square is rounding
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
    usable = np.flatnonzero(np.isfinite(table).any(axis=0))
    size = max(1, min(count, TOGETHER // max(1, table.size)))
    found: list[Floats] = []
    for start in range(0, count, size):
        chains = _Chains.started(table[:, usable], min(size, count - start), rng)
        for _ in range(ROUNDS):
            chains.advance(rng)
        for cells in chains.cells:
            completed = table.copy()
            completed[:, usable] = cells[:, 1:]
            found.append(completed)
    return found


@dataclass(frozen=True, eq=False)
class _Chains:
    """Imputations on their way. `cells` (imputations, people, 1 + columns) begin with a column of ones; `sums` are their
    products (imputations, 1 + columns, 1 + columns); `silent` has for each column the people whose value is drawn.
    """

    cells: Floats
    sums: Floats
    silent: tuple[NDArray[np.intp], ...]

    @classmethod
    def started(cls, table: Floats, count: int, rng: np.random.Generator) -> "_Chains":
        """Each missing value begins as somebody's answer."""
        cells = np.ones((count, len(table), 1 + table.shape[1]))
        cells[:, :, 1:] = table
        silent = (np.empty(0, dtype=np.intp), *(np.flatnonzero(~np.isfinite(column)) for column in table.T))
        for column, rows in enumerate(silent):
            if len(rows):
                seen = table[np.isfinite(table[:, column - 1]), column - 1]
                cells[:, rows, column] = rng.choice(seen, (count, len(rows)))
        return cls(cells, cells.transpose(0, 2, 1) @ cells, silent)

    def advance(self, rng: np.random.Generator) -> None:
        """One round: every incomplete column drawn from all the others, in order."""
        for column, rows in enumerate(self.silent):
            if len(rows):
                gone = self.cells[:, rows]
                seen = self.sums - gone.transpose(0, 2, 1) @ gone
                drawn, sigma = _drawn(seen, column, self.cells.shape[1] - len(rows), rng)
                noise = sigma[:, None] * rng.standard_normal((len(gone), len(rows)))
                self.cells[:, rows, column] = (gone @ drawn[:, :, None])[:, :, 0] + noise
                again = (self.cells[:, :, column][:, None, :] @ self.cells)[:, 0]
                self.sums[:, column, :] = self.sums[:, :, column] = again


def _drawn(seen: Floats, column: int, people: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Of each imputation a draw of the coefficients, 0 for the column itself, (imputations, columns), and of the spread.

    `seen`, the sums of those who answered the column, is written over.
    """
    squares = np.diagonal(seen, axis1=1, axis2=2).copy()
    # A column that never varies among the answers says nothing, and would leave the equations singular.
    telling = squares - seen[:, 0] ** 2 / people > CONSTANT * squares
    telling[:, 0], telling[:, column] = True, False
    right = np.where(telling, seen[:, column], 0.0)
    added = np.where(telling, RIDGE * squares, 1.0)
    seen[~telling] = 0.0
    seen.transpose(0, 2, 1)[~telling] = 0.0
    np.einsum("ijj->ij", seen)[...] += added
    noise = np.linalg.cholesky(seen) @ rng.standard_normal((*right.shape, 1))
    fitted, off = np.moveaxis(np.linalg.solve(seen, np.dstack([right, noise[:, :, 0]])), 2, 0)
    left = squares[:, column] - (fitted * (right + added * fitted)).sum(axis=1)
    df = np.maximum(people - telling.sum(axis=1), 1)
    sigma = np.sqrt(np.maximum(left, 0.0) / rng.chisquare(df))
    return np.where(telling, fitted + sigma[:, None] * off, 0.0), sigma


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
