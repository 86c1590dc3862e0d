"""Odds ratio, risk ratio, risk difference and incidence rate ratio, on the analysis scale."""

import numpy as np

from enthesis.evidence.contrasts import Batch, Floats
from enthesis.evidence.effects.arms import Arms, from_arms
from enthesis.evidence.effects.zero_cells import ZeroCells, increments
from enthesis.knowledge import BadInput


def of_events(arms: Arms, *, measure: str, policy: ZeroCells, any_empty: bool) -> Batch:
    """Log odds (OR), log risk (RR) or risk (RD) of each arm against the base arm."""
    events, n = arms.number("events"), arms.people
    events, n = _corrected_for_clusters(arms, events, n)
    added = increments(events, n, policy, any_empty=any_empty)
    if policy.risks == "events" and measure != "OR":
        values, variances, missing = (_ratio if measure == "RR" else _difference)(events, n, added)
    else:
        missing = _without_variance(measure, events + added, n - events + added)
        values, variances = _scale(measure, events + added, n - events + added)
    _refuse_empty(arms, missing)
    return from_arms(arms, values, variances)


def _ratio(events: Floats, n: Floats, added: Floats) -> tuple[Floats, Floats, np.ndarray]:
    """Log risks as meta makes them: what is added to events is added to n. Value, variance, and where there is none.

    An arm in which everybody had the event then varies by nothing; where two arms are so, their variance is made with
    the events as they were: 1/n - 1/(n + added).
    """
    yes, total = events + added, n + added
    full = (events == n) & ((events == n).sum(axis=1, keepdims=True) > 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        variances = 1 / np.where(full, events, yes) - 1 / total
        values = np.log(yes / total)
    return values, variances, (yes <= 0) | (full & (added == 0))


def _difference(events: Floats, n: Floats, added: Floats) -> tuple[Floats, Floats, np.ndarray]:
    """Risks as meta makes them: the risk that was seen, its variance from fuller cells; where two arms have none."""
    yes, no = events + added, n - events + added
    still = (yes <= 0) | (no <= 0)
    return events / n, yes * no / (yes + no) ** 3, still & (still.sum(axis=1, keepdims=True) > 1)


def _without_variance(measure: str, yes: Floats, no: Floats) -> np.ndarray:
    """Arms (k, m) whose value does not exist, and those of studies where two arms have none to vary by."""
    nobody, everybody = yes <= 0, no <= 0
    missing = nobody | everybody if measure == "OR" else nobody if measure == "RR" else np.zeros_like(nobody)
    still = nobody | everybody if measure == "RD" else everybody
    return np.asarray(missing | (still & (still.sum(axis=1, keepdims=True) > 1)))


def _scale(measure: str, yes: Floats, no: Floats) -> tuple[Floats, Floats]:
    """Each arm's value and variance."""
    n = yes + no
    with np.errstate(divide="ignore", invalid="ignore"):  # where there is none, the study is refused by name
        if measure == "OR":
            return np.log(yes / no), 1 / yes + 1 / no
        if measure == "RR":
            return np.log(yes / n), 1 / yes - 1 / n
    return yes / n, yes * no / n**3


def of_rates(arms: Arms, *, policy: ZeroCells, any_empty: bool) -> Batch:
    """Log rate of each arm, events per person-time, against the base arm; variance 1 / events."""
    events, time = arms.number("events"), arms.number("time")
    added = increments(events, np.full_like(events, np.inf), policy, any_empty=any_empty)
    _refuse_empty(arms, events + added <= 0)
    return from_arms(arms, np.log((events + added) / time), 1 / (events + added))


def _corrected_for_clusters(arms: Arms, events: Floats, n: Floats) -> tuple[Floats, Floats]:
    effect = arms.number("design_effect")
    effect = np.where(np.isfinite(effect), effect, 1.0)
    return events / effect, n / effect


def _refuse_empty(arms: Arms, empty: np.ndarray) -> None:
    if empty.any():
        place = np.argwhere(empty)[0]
        row = int(arms.rows[place[0], place[1]])
        study = arms.trials.studies[arms.trials.study[row]]
        raise BadInput(
            f"{arms.trials.where(row, 'events')}: an empty cell in {study!r} leaves this measure without a variance; choose a "
            "policy for zero cells that adds something"
        )
