"""One estimate per study: given as such, or a share or a mean of a single group."""

import numpy as np

from enthesis.evidence.contrasts import Batch, Floats
from enthesis.evidence.effects.zero_cells import ZeroCells, increments
from enthesis.evidence.reading.trials import Kind, Trials

SIDES = ("comparator", "treatment")  # what an estimate without named treatments is taken to compare


def batches(trials: Trials, measure: str, policy: ZeroCells) -> tuple[tuple[Batch, ...], tuple[str, ...]]:
    """One batch of two sides, the estimate of each study against nothing."""
    notes: tuple[str, ...] = ()
    if trials.kind is Kind.SINGLE_EVENTS:
        estimates, variances, notes = _shares(trials, measure, policy)
    elif trials.kind is Kind.SINGLE_MEANS:
        estimates, variances = trials.number("mean"), trials.number("sd") ** 2 / trials.number("n")
    else:
        estimates, variances = trials.number("estimate"), trials.number("se") ** 2
    k = trials.rows
    sides = np.tile(np.arange(2), (k, 1))
    people = np.stack([np.full(k, np.nan), trials.number("n")], axis=1)
    return (Batch(trials.study, sides, estimates[:, None], variances[:, None, None], people),), notes


def _shares(trials: Trials, measure: str, policy: ZeroCells) -> tuple[Floats, Floats, tuple[str, ...]]:
    """Log odds (LOGIT) or raw share (PROPORTION) of a group."""
    events, n = trials.number("events"), trials.number("n")
    empty = bool(((events == 0) | (events == n)).any())
    added = increments(events[:, None], n[:, None], policy, any_empty=empty)[:, 0]
    yes, no = events + added, n - events + added
    notes = (policy.sentence(),) if empty else ()
    if measure == "LOGIT":
        return np.log(yes / no), 1 / yes + 1 / no, notes
    return yes / (yes + no), yes * no / (yes + no) ** 3, notes
