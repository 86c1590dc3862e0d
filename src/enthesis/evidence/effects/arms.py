"""Arms side by side: the studies with m arms as (k, m) tables, so that no formula loops over studies."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from enthesis.evidence.contrasts import Batch, Floats, Whole
from enthesis.evidence.reading.trials import Trials


@dataclass(frozen=True, eq=False)
class Arms:
    """`k` studies with `m` arms; the base arm of each is the first, the smallest treatment index.

    study (k,) index into the studies; arms (k, m) into the treatments; rows (k, m) into the rows of `trials`.
    """

    trials: Trials
    study: Whole
    arms: Whole
    rows: Whole

    def number(self, column: str) -> Floats:
        """A column as (k, m)."""
        return np.asarray(self.trials.number(column)[self.rows])

    @cached_property
    def people(self) -> Floats:
        """People per arm, NaN where it is not known."""
        return self.number("n")

    def kept(self, rows: np.ndarray) -> "Arms":
        """Only these studies."""
        return Arms(self.trials, self.study[rows], self.arms[rows], self.rows[rows])


def side_by_side(trials: Trials, *, base: str | None = None) -> Iterator[Arms]:
    """The studies of `trials` by number of arms, smallest first; studies in the order of the file, arm `base` first."""
    first = trials.treatments.index(base) if base in trials.treatments else -1
    order = np.lexsort((np.where(trials.treatment == first, -1, trials.treatment), trials.study))
    sizes = np.bincount(trials.study, minlength=len(trials.studies))
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    for size in np.unique(sizes[sizes > 1]):
        study = np.flatnonzero(sizes == size)
        rows = order[starts[study][:, None] + np.arange(size)]
        yield Arms(trials, study.astype(np.int64), trials.treatment[rows], rows.astype(np.int64))


def from_arms(arms: Arms, estimates: Floats, variances: Floats, shared: Floats | None = None) -> Batch:
    """A batch from what each arm brings: the estimate of its own mean and its variance, both (k, m).

    Arms are independent, so contrasts with the base share the base's variance. `shared` (k, m-1, m-1) is added to the
    covariance: what the contrasts have in common besides.
    """
    covariance = spread_out(variances)
    if shared is not None:
        covariance = covariance + shared
    return Batch(arms.study, arms.arms, estimates[:, 1:] - estimates[:, :1], covariance, arms.people)


def spread_out(variances: Floats) -> Floats:
    """Covariance (k, m-1, m-1) of contrasts with the base arm, from independent variances (k, m)."""
    own = variances[:, 1:, None] * np.eye(variances.shape[1] - 1)
    return np.asarray(own + variances[:, :1, None])
