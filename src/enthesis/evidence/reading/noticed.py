"""What looks wrong and may be right: said with its row, and left as it is."""

import numpy as np

from enthesis.evidence.reading.trials import Kind, Trials

FAR_BELOW = 1 / 2.5  # an SD this much smaller than others of its kind is looked at again
ENOUGH = 6  # arms before one is judged by those of other trials
CLOSE = 1.8  # and flagged when, taken as SE, it would be within this factor of them


def noticed(trials: Trials) -> tuple[str, ...]:
    """Sentences about values that look like a slip."""
    if trials.kind is Kind.ARM_MEANS:
        return _standard_errors(trials) + _twins(trials, "mean", "sd", "n")
    if trials.kind is Kind.ARM_EVENTS:
        return _twins(trials, "events", "n")
    return ()


def only_study(trials: Trials) -> tuple[str, ...]:
    """One study: its own numbers come back, and nothing of how much studies differ."""
    if len(trials.studies) != 1:
        return ()
    said = (
        f"{trials.where(0, 'study')}: {trials.studies[0]!r} is the only study: how much studies differ cannot be known, so "
        "there is no heterogeneity and no prediction; add a study to have them"
    )
    return (said,)


def _standard_errors(trials: Trials) -> tuple[str, ...]:
    """An SD that fits only if it is a standard error: against the other arms of its trial, then the other trials."""
    sd, n = trials.number("sd"), trials.number("n")
    with np.errstate(invalid="ignore", divide="ignore"):
        logs = np.log(sd)
        known = np.isfinite(logs)
        if known.sum() < 2:
            return ()
        others = _mean_of_others(np.where(known, logs, 0.0), trials.study, known)
        overall = np.median(logs[known])
        within = _like_an_error(logs, n, others)
        across = _like_an_error(logs, n, overall) & (known.sum() >= ENOUGH)
    flagged = np.flatnonzero(known & (within | across))
    return tuple(_says_error(trials, int(row), against_arms=bool(within[row])) for row in flagged[:5])


def _like_an_error(logs: np.ndarray, n: np.ndarray, against: np.ndarray) -> np.ndarray:
    """Far below the SD it is held against, and near it once multiplied by the root of n."""
    close = np.abs(logs + np.log(n) / 2 - against) < np.log(CLOSE)
    return np.asarray((logs < against + np.log(FAR_BELOW)) & close)


def _mean_of_others(logs: np.ndarray, study: np.ndarray, known: np.ndarray) -> np.ndarray:
    """For each row the mean of the other rows of its study; NaN when there are none."""
    total, count = np.bincount(study, logs), np.bincount(study, known)
    return np.asarray((total[study] - logs) / np.where(count[study] > known, count[study] - known, np.nan))


def _says_error(trials: Trials, row: int, *, against_arms: bool) -> str:
    sd, n = trials.number("sd")[row], trials.number("n")[row]
    others = "the other arm of its trial" if against_arms else "the other trials"
    return (
        f"{trials.where(row, 'sd')}: {sd:.4g} is far below {others}; is it a standard error? "
        f"As a standard error it would mean an SD of {sd * np.sqrt(n):.4g}: put it in a column 'se'"
    )


def _twins(trials: Trials, *columns: str) -> tuple[str, ...]:
    """Two names for the same numbers: one trial may have been entered twice."""
    table = np.column_stack([trials.number(column) for column in columns] + [trials.treatment.astype(float)])
    order = np.lexsort((trials.treatment, trials.study))
    sizes = np.bincount(trials.study, minlength=len(trials.studies))
    by_study = np.split(table[order], np.cumsum(sizes)[:-1])
    first: dict[bytes, int] = {}
    found = []
    for study, block in enumerate(by_study):
        before = first.setdefault(block.tobytes(), study)
        if before != study:
            row = int(np.flatnonzero(trials.study == study)[0])
            found.append(
                f"{trials.where(row, 'study')}: {trials.studies[study]!r} has the same numbers as "
                f"{trials.studies[before]!r}; is it one trial entered twice?"
            )
    return tuple(found[:5])
