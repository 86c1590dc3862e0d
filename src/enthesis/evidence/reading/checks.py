"""What cannot be true of a trial: refused with its row, its column and what to do."""

import numpy as np

from enthesis.evidence.reading.trials import Kind, Trials
from enthesis.knowledge import BadInput

CHANGE = {"change", "change score", "change from baseline", "difference"}
FINAL = {"final", "final score", "post", "endpoint", "follow-up", "followup"}


def check_values(trials: Trials) -> None:
    """Refuse negative spreads, impossible counts and rows without a name."""
    for column in ("sd", "se", "variance"):
        value = trials.number(column)
        trials.refuse(value < 0, column, f"{{value}} is below zero; {_an(column)} cannot be, check the sign")
        trials.refuse(value == 0, column, f"{_an(column)} of zero would give study {{study}} infinite weight; check it")
    _check_counts(trials)
    for low, high in (("lower", "upper"), ("q1", "q3"), ("min", "max"), ("q1", "median"), ("median", "q3")):
        wrong = trials.number(low) > trials.number(high)
        trials.refuse(wrong, low, f"{{value}} is above the value in column {high}; check whether they were exchanged")
    _check_shares(trials)


def _an(column: str) -> str:
    return "a variance" if column == "variance" else f"an {column.upper()}"


def _check_counts(trials: Trials) -> None:
    n, events, time = trials.number("n"), trials.number("events"), trials.number("time")
    least = 2 if trials.kind in (Kind.ARM_MEANS, Kind.SINGLE_MEANS) else 1
    why = " with a spread" if least == 2 else ""
    trials.refuse(n < least, "n", f"{{value}} people in an arm{why}; at least {least} were expected")
    trials.refuse(events < 0, "events", "{value} is below zero; a count of events was expected")
    trials.refuse(
        _broken(events), "events",
        "{value} is not a whole number; events are counted in people (for a share or a percentage, multiply by n)",
    )  # fmt: skip
    if trials.kind in (Kind.ARM_EVENTS, Kind.SINGLE_EVENTS):
        trials.refuse(_broken(n), "n", "{value} is not a whole number of people")
        trials.refuse(
            events > n, "events", "{value} is more than the n of the same row; check that they were not exchanged"
        )
    trials.refuse(time <= 0, "time", "{value} is not above zero; person-time was expected")


def _broken(counts: np.ndarray) -> np.ndarray:
    """Counts that are known and not whole."""
    return np.asarray(np.isfinite(counts) & (counts != np.round(counts)))


def _check_shares(trials: Trials) -> None:
    icc, size, correlation = trials.number("icc"), trials.number("cluster_size"), trials.number("correlation")
    trials.refuse((icc < 0) | (icc > 1), "icc", "{value} is not between 0 and 1")
    trials.refuse(size < 1, "cluster_size", "{value} is below 1; people per cluster were expected")
    trials.refuse(np.abs(correlation) >= 1, "correlation", "{value} is not between -1 and 1")
    wrong = trials.number("scale_low") >= trials.number("scale_high")
    trials.refuse(wrong, "scale_low", "{value} is not below scale_high")


def check_repeats(trials: Trials) -> None:
    """Refuse a study that stands in the file twice: the same arm, the same contrast or the same name again."""
    first = np.minimum(trials.treatment, trials.versus) if trials.kind is Kind.CONTRASTS else trials.treatment
    second = np.maximum(trials.treatment, trials.versus) if trials.kind is Kind.CONTRASTS else trials.versus
    key = (trials.study * (len(trials.treatments) + 1) + first + 1) * (len(trials.treatments) + 1) + second + 1
    _seen, earliest, back = np.unique(key, return_index=True, return_inverse=True)
    again = np.flatnonzero(earliest[back] != np.arange(trials.rows))
    if again.size:
        _refuse_repeat(trials, int(again[0]), int(earliest[back][again[0]]))


def _refuse_repeat(trials: Trials, row: int, before: int) -> None:
    study, column = trials.studies[trials.study[row]], "study"
    what = "stands in the file twice"
    if trials.treatment[row] >= 0:
        what = f"has {trials.treatments[trials.treatment[row]]!r} twice"
        column = "treatment1" if trials.kind is Kind.CONTRASTS else "treatment"
        if trials.versus[row] >= 0:
            what += f" against {trials.treatments[trials.versus[row]]!r}"
    raise BadInput(
        f"{trials.where(row, column)}: study {study!r} {what} (also row {trials.line[before]}); "
        "take one out, or give two studies two names"
    )


def check_one_armed(trials: Trials) -> None:
    """Refuse a trial with one arm: it compares nothing."""
    if not trials.kind.has_arms:
        return
    arms = np.bincount(trials.study, minlength=len(trials.studies))
    alone = np.flatnonzero(arms[trials.study] == 1)
    if alone.size:
        row = int(alone[0])
        raise BadInput(
            f"{trials.where(row, 'study')}: study {trials.studies[trials.study[row]]!r} has one arm only, so it compares "
            "nothing; add its other arm, or take the row out (a file of single groups has no column 'treatment')"
        )


def check_two_sides(trials: Trials) -> None:
    """Refuse a contrast of a treatment with itself."""
    same = np.flatnonzero((trials.treatment == trials.versus) & (trials.treatment >= 0))
    if same.size:
        name = trials.treatments[trials.treatment[same[0]]]
        raise BadInput(
            f"{trials.where(int(same[0]), 'treatment2')}: {name!r} is compared with itself; name the other one"
        )


def score_types(trials: Trials) -> np.ndarray | None:
    """Per row: 1 a change from baseline, 0 a final score, -1 not said; None when the file does not say at all."""
    if "type" not in trials.labels:
        return None
    plain = [value.strip().lower() for value in trials.labels["type"]]
    found = np.array([1 if value in CHANGE else 0 if value in FINAL else -1 for value in plain], dtype=np.int64)
    return found if (found >= 0).any() else None
