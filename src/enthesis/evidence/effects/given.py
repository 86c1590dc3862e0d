"""Contrasts that come as contrasts: estimates with standard errors, in two-arm and multi-arm trials."""

from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Batch, Floats, Whole
from enthesis.evidence.effects import complete
from enthesis.evidence.reading.trials import Trials
from enthesis.knowledge import BadInput

WORTH_SAYING = 1e-3  # a change of an estimate below this share of its standard error is rounding


@dataclass(frozen=True, eq=False)
class Grouped:
    """Studies with the same number of arms: arms (k, m), and all differences and their variances (k, m, m)."""

    study: Whole
    arms: Whole
    estimates: Floats
    variances: Floats
    people: Floats


def batches(trials: Trials) -> tuple[tuple[Batch, ...], tuple[str, ...]]:
    """Batches by number of arms, and every fit, repair and assumption it took. Raises BadInput naming the study."""
    number = len(trials.treatments)
    sides = np.concatenate([trials.treatment, trials.versus])
    present = np.unique(np.concatenate([trials.study, trials.study]) * number + sides)
    study_of, arm_of = np.divmod(present, number)
    sizes = np.bincount(study_of, minlength=len(trials.studies))
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    place = _places(trials, present, starts, number)
    found: list[Batch] = []
    notes: list[str] = []
    for size in np.unique(sizes):
        study = np.flatnonzero(sizes == size)
        arms = arm_of[starts[study][:, None] + np.arange(size)]
        grouped = _grouped(trials, study, arms, place)
        found.append(_pairs(grouped) if size == 2 else _many(trials, grouped, notes))
    return tuple(found), tuple(notes)


def _places(trials: Trials, present: Whole, starts: Whole, number: int) -> Whole:
    """For each row the places (rows, 2) of its two treatments among the arms of its study."""
    keys = np.stack([trials.study * number + trials.treatment, trials.study * number + trials.versus], axis=1)
    return np.asarray(np.searchsorted(present, keys) - starts[trials.study][:, None])


def _grouped(trials: Trials, study: Whole, arms: Whole, place: Whole) -> Grouped:
    """Differences and variances as tables, NaN where a pair was not given."""
    k, size = arms.shape
    index = np.full(len(trials.studies), -1, dtype=np.int64)
    index[study] = np.arange(k)
    rows = np.flatnonzero(index[trials.study] >= 0)
    at, first, second = index[trials.study[rows]], place[rows, 0], place[rows, 1]
    estimates, variances = np.full((k, size, size), np.nan), np.full((k, size, size), np.nan)
    estimates[at, first, second] = trials.number("estimate")[rows]
    estimates[at, second, first] = -trials.number("estimate")[rows]
    variances[at, first, second] = variances[at, second, first] = trials.number("se")[rows] ** 2
    people = np.full((k, size), np.nan)
    people[at, first], people[at, second] = trials.number("n1")[rows], trials.number("n2")[rows]
    diagonal = np.arange(size)
    estimates[:, diagonal, diagonal] = variances[:, diagonal, diagonal] = 0.0
    return Grouped(study.astype(np.int64), arms, estimates, variances, people)


def _pairs(group: Grouped) -> Batch:
    return Batch(group.study, group.arms, group.estimates[:, 1, :1], group.variances[:, 1:, :1], group.people)


def _many(trials: Trials, group: Grouped, notes: list[str]) -> Batch:
    """Multi-arm trials: fill what was not given, repair what cannot be, and make the estimates agree."""
    variances = group.variances.copy()
    for row in np.flatnonzero(np.isnan(variances).any(axis=(1, 2))):
        variances[row] = _filled(trials, group, int(row), notes)
    covariance = complete.covariances(variances)
    for row in np.flatnonzero(complete.impossible(covariance)):
        variances[row] = _repaired(trials, group, int(row), notes)
        covariance[row] = complete.covariances(variances[row : row + 1])[0]
    given = ~np.isnan(group.estimates)
    weights = complete.precision_weights(covariance)
    open_pairs = ~given.all(axis=(1, 2))
    weights[open_pairs] = np.where(given[open_pairs], _simple(variances[open_pairs]), 0.0)
    values = complete.agreeing(np.nan_to_num(group.estimates), weights)
    _say_moved(trials, group, values, variances, notes)
    return Batch(group.study, group.arms, values[:, 1:] - values[:, :1], covariance, group.people)


def _simple(variances: Floats) -> Floats:
    with np.errstate(divide="ignore"):
        return np.where(variances > 0, 1 / variances, 0.0)


def _filled(trials: Trials, group: Grouped, row: int, notes: list[str]) -> Floats:
    """All variances of a study that gave only some contrasts, from fitted arms."""
    name = trials.studies[group.study[row]]
    ends, variances = _given(group, row)
    size = group.arms.shape[1]
    if not _connected(ends, size):
        line = int(np.flatnonzero(trials.study == group.study[row])[0])
        raise BadInput(
            f"{trials.where(line, 'study')}: the contrasts of {name!r} do not hang together; "
            "give the missing contrast, or give two trials two names"
        )
    arms = complete.fitted_arms(ends, variances, size, group.people[row])
    how = (
        "the numbers of people"
        if np.isfinite(group.people[row]).all()
        else "arms taken as alike (give n1, n2 to do better)"
    )
    notes.append(
        f"{name}: {len(ends)} of {size * (size - 1) // 2} contrasts given; their covariance follows from fitted arm "
        f"variances, by {how}"
    )
    full = arms[:, None] + arms[None, :]
    return (
        np.where(np.isnan(group.variances[row]), full, group.variances[row])
        if _fits(full, group, row)
        else _zeroed(full)
    )


def _fits(full: Floats, group: Grouped, row: int) -> bool:
    given = ~np.isnan(group.variances[row]) & ~np.eye(len(full), dtype=bool)
    return bool(np.allclose(full[given], group.variances[row][given], rtol=1e-4))


def _repaired(trials: Trials, group: Grouped, row: int, notes: list[str]) -> Floats:
    """Variances of the nearest trial that can be, when the given ones fit none."""
    ends, variances = _given(group, row)
    arms = complete.fitted_arms(ends, variances, group.arms.shape[1], np.full(group.arms.shape[1], np.nan))
    change = float(np.abs(np.sqrt(arms[ends].sum(axis=1) / variances) - 1).max())
    notes.append(
        f"{trials.studies[group.study[row]]}: its standard errors fit no trial with {group.arms.shape[1]} arms (rounded?); "
        f"repaired by fitting a variance to each arm, the largest change of a standard error is {change:.1%}"
    )
    return _zeroed(arms[:, None] + arms[None, :])


def _zeroed(full: Floats) -> Floats:
    return np.asarray(full * (1 - np.eye(len(full))))


def _given(group: Grouped, row: int) -> tuple[Whole, Floats]:
    first, second = np.nonzero(np.triu(~np.isnan(group.variances[row]), 1))
    return np.stack([first, second], axis=1), group.variances[row][first, second]


def _connected(ends: Whole, size: int) -> bool:
    reached = {0}
    for _step in range(size):
        reached |= {int(b) for a, b in ends if int(a) in reached} | {int(a) for a, b in ends if int(b) in reached}
    return len(reached) == size


def _say_moved(trials: Trials, group: Grouped, values: Floats, variances: Floats, notes: list[str]) -> None:
    """Say which studies had contrasts that contradict each other, and by how much they were moved."""
    fitted = values[:, :, None] - values[:, None, :]
    with np.errstate(invalid="ignore", divide="ignore"):
        moved = np.nan_to_num(np.abs(fitted - group.estimates) / np.sqrt(variances))
    notes += [
        f"{trials.studies[group.study[row]]}: its contrasts do not add up; the nearest that do were taken, moved by at "
        f"most {moved[row].max():.2g} standard errors"
        for row in np.flatnonzero(moved.max(axis=(1, 2)) > WORTH_SAYING)
    ]
