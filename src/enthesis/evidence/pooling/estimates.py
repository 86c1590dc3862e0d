"""One estimate per study: the two-treatment contrasts, turned so that all say the same treatment minus the same other."""

import re
from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Contrasts, Floats
from enthesis.evidence.effects.singles import SIDES
from enthesis.evidence.reading.trials import Kind, Trials
from enthesis.knowledge import BadInput

# Names that say "what the treatment is compared with"; two of them, or none, leave it to the order of the file.
COMPARATOR = re.compile(
    r"\b(?:placebo|control|controls|sham|saline|usual care|standard care|no treatment|untreated|unvaccinated|waiting list|"
    r"wait list|waitlist|ctrl|plac|pbo)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Estimates:
    """y and v (k,) in the order of the file; `row` (k,) the index of each study in the contrasts' studies."""

    measure: str
    studies: tuple[str, ...]
    y: Floats
    v: Floats
    treatment: str
    versus: str
    notes: tuple[str, ...]
    row: np.ndarray

    def take(self, rows: np.ndarray) -> "Estimates":
        """Only these studies, in this order."""
        names = tuple(self.studies[index] for index in np.arange(len(self.studies))[rows])
        return Estimates(
            self.measure, names, self.y[rows], self.v[rows], self.treatment, self.versus, self.notes, self.row[rows]
        )


def paired(trials: Trials, contrasts: Contrasts, *, reference: str | None) -> Estimates:
    """The contrasts of two treatments, `reference` the one subtracted. Raises BadInput naming the treatments."""
    versus = versus_of(trials, reference)
    batch = contrasts.batches[0]
    order = np.argsort(batch.study, kind="stable")
    base = contrasts.treatments.index(versus)
    turn = np.where(batch.arms[order, 0] == base, 1.0, -1.0)
    studies = tuple(contrasts.studies[index] for index in batch.study[order])
    other = contrasts.treatments[1 - base]
    y, v = turn * batch.estimates[order, 0], batch.covariance[order, 0, 0]
    return Estimates(contrasts.measure, studies, y, v, other, versus, contrasts.notes, batch.study[order])


def versus_of(trials: Trials, reference: str | None) -> str:
    """What is subtracted: the one asked for, the one that is called a comparator, or the second in the file.

    Raises BadInput naming the treatments unless there are two.
    """
    if trials.kind in (Kind.GENERIC, Kind.SINGLE_EVENTS, Kind.SINGLE_MEANS):
        return SIDES[0]
    names = trials.treatments
    _check_two(trials, reference)
    if reference is not None:
        return reference
    called = [name for name in names if COMPARATOR.search(name)]
    if len(called) == 1:
        return called[0]
    if trials.kind is Kind.CONTRASTS:
        return names[int(trials.versus[0])]
    return names[1 - int(trials.treatment[0])]


def _check_two(trials: Trials, reference: str | None) -> None:
    names = trials.treatments
    if len(names) != 2:
        said = ", ".join(repr(name) for name in names[:12]) + (", ..." if len(names) > 12 else "")
        raise BadInput(
            f"{trials.source}: a pairwise analysis compares two treatments and this file has {len(names)}: {said}; keep the "
            "rows of two of them, or use a network analysis"
        )
    if reference is not None and reference not in names:
        raise BadInput(f"{trials.source}: reference {reference!r} is not a treatment here; one of {', '.join(names)}")
