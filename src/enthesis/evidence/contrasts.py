"""What every model of evidence is fitted to: the contrasts of each study with their full covariance, in columns.

Studies are batched by their number of arms, so that no array grows with the square of studies or of contrasts.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Batch:
    """All studies with the same number of arms, `m`; `k` of them.

    study       (k,)            index into `Contrasts.studies`
    arms        (k, m)          indices into `Contrasts.treatments`; the first arm of each row is that study's base
    estimates   (k, m-1)        arm j minus base on the analysis scale (log for OR, RR, IRR and ratio of means)
    covariance  (k, m-1, m-1)   sampling covariance of `estimates`; off the diagonal, what the shared base arm brings
    people      (k, m)          people in each arm; NaN where it is not known
    """

    study: Whole
    arms: Whole
    estimates: Floats
    covariance: Floats
    people: Floats

    @property
    def size(self) -> int:
        """Arms of each study of the batch."""
        return int(self.arms.shape[1])


@dataclass(frozen=True, eq=False)
class Contrasts:
    """One outcome of many studies on one scale. `notes` says every conversion, correction and repair on the way."""

    measure: str
    treatments: tuple[str, ...]
    studies: tuple[str, ...]
    batches: tuple[Batch, ...]
    notes: tuple[str, ...] = field(default=())

    @cached_property
    def pairs(self) -> int:
        """Pairwise comparisons in all: m(m-1)/2 of each study with m arms."""
        return sum(len(batch.study) * batch.size * (batch.size - 1) // 2 for batch in self.batches)
