"""The models of one group, each answering a doubt about the plain change of those who answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from enthesis.outcomes import mixed
from enthesis.outcomes.cohort.imputing import imputations, pooled
from enthesis.outcomes.cohort.rows import Rows
from enthesis.outcomes.cohort.tipping import Filled, TippingPoint, tipping_point
from enthesis.outcomes.cohort.week import Interval, Unmodelled
from enthesis.outcomes.cohort.weighting import NoWeights, Weighted, answer_weighted
from enthesis.outcomes.mixed.patterns import Floats

IMPUTATIONS = 20
FEWEST = 10  # answers at a week before any model is fitted to it
STEPS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3)  # shifts of the silent, as parts of the scale


@dataclass(frozen=True, eq=False)
class Modelled:
    """The models of one group at each of its weeks, by index of the week."""

    mixed_model: Mapping[int, mixed.Estimate | Unmodelled]
    weighted: Mapping[int, Weighted | Unmodelled]
    imputed: Mapping[int, Interval | Unmodelled]
    tipping_point: Mapping[int, TippingPoint | Unmodelled]


def mixed_changes(
    patterns: mixed.Patterns | None, weeks: int, *, baseline: float
) -> dict[int, mixed.Estimate | Unmodelled]:
    """The change from the mean baseline at each week, adjusted for the baseline, from all visits at once.

    The baselines of the enrolled are taken as they are: the interval is about what came after.
    """
    if patterns is None:
        return dict.fromkeys(range(weeks), Unmodelled("nobody answered after a baseline"))
    usable, at = _usable(patterns)
    try:
        found = mixed.fit(usable)
    except (mixed.NotFitted, np.linalg.LinAlgError) as error:
        return dict.fromkeys(range(weeks), Unmodelled(str(error)))
    line = np.array([1.0, baseline])
    said: dict[int, mixed.Estimate | Unmodelled] = dict.fromkeys(
        range(weeks), Unmodelled(f"fewer than {FEWEST} answers")
    )
    for index, week in enumerate(at):
        said[week] = _less(found.estimate(visit=index, weights=line), baseline)
    return said


def _less(estimate: mixed.Estimate, baseline: float) -> mixed.Estimate:
    """The same, as a change from `baseline`; its test is whether anything changed."""
    change = estimate.estimate - baseline
    p = 2 * float(special.stdtr(estimate.df, -abs(change / estimate.se)))
    return mixed.Estimate(
        change,
        estimate.se,
        estimate.se_unadjusted,
        estimate.df,
        estimate.lower - baseline,
        estimate.upper - baseline,
        p,
    )


def _usable(patterns: mixed.Patterns) -> tuple[mixed.Patterns, tuple[int, ...]]:
    """The visits with enough answers, and which of all they are."""
    kept = tuple(v for v in range(len(patterns.visits)) if patterns.answered_at(v) >= FEWEST)
    found: dict[tuple[int, ...], mixed.Pattern] = {}
    for pattern in patterns.patterns:
        visits = tuple(index for index, visit in enumerate(kept) if visit in pattern.visits)
        if visits:
            part = mixed.Pattern(
                visits, pattern.people, pattern.zz, pattern.yz[list(kept)], pattern.yy[np.ix_(kept, kept)]
            )
            found[visits] = _added(found.get(visits), part)
    names = tuple(patterns.visits[visit] for visit in kept)
    return mixed.Patterns(names, patterns.effects, tuple(found.values())), kept


def _added(one: mixed.Pattern | None, other: mixed.Pattern) -> mixed.Pattern:
    if one is None:
        return other
    return mixed.Pattern(one.visits, one.people + other.people, one.zz + other.zz, one.yz + other.yz, one.yy + other.yy)


def weighted_change(rows: Rows, week: int, *, up: int) -> Weighted | Unmodelled:
    """The change of answerers, weighted by the inverse of their chance to answer given baseline and description.

    `up` turns rows, on which higher is worse, to the instrument's own scale: 1 or -1.
    """
    asked = rows.due[:, week] & np.isfinite(rows.baseline)
    change = rows.change[asked, week]
    if np.isfinite(change).sum() < FEWEST:
        return Unmodelled(f"fewer than {FEWEST} answers")
    if np.isfinite(change).all():
        return Unmodelled("everybody answered: there is nothing to weight")
    try:
        return answer_weighted(up * change, varying(rows, asked))
    except (NoWeights, np.linalg.LinAlgError) as error:
        return Unmodelled(str(error))


def varying(rows: Rows, asked: NDArray[np.bool_]) -> Floats:
    """One, the baseline, and each adjuster that varies among these people and repeats nothing before it."""
    kept = np.ones((int(asked.sum()), 1))
    for column in (rows.baseline[asked], *rows.adjusters[asked].T):
        wider = np.column_stack([kept, column])
        if np.linalg.matrix_rank(wider) == wider.shape[1]:
            kept = wider
    return kept


def independent(known: Floats, names: Sequence[str]) -> tuple[Floats, tuple[str, ...]]:
    """A column of ones and each column that varies and repeats nothing before it, with the names of those kept."""
    kept = np.ones((len(known), 1))
    said: list[str] = []
    for column, name in zip(known.T, names, strict=True):
        wider = np.column_stack([kept, column])
        if np.linalg.matrix_rank(wider) == wider.shape[1]:
            kept, said = wider, [*said, name]
    return kept, tuple(said)


def imputed_changes(rows: Rows, *, seed: int, up: int) -> dict[int, Interval | Unmodelled]:
    """The change of everybody due at each week, with the silent imputed from all weeks, baselines and description."""
    weeks = range(len(rows.weeks))
    known = np.isfinite(rows.baseline)
    if any(np.isfinite(rows.scores[known, week]).sum() < FEWEST for week in weeks):
        return dict.fromkeys(weeks, Unmodelled(f"fewer than {FEWEST} answers at a week"))
    table = np.column_stack([varying(rows, known)[:, 1:], rows.scores[known]])
    completed = imputations(table, count=IMPUTATIONS, seed=seed)
    first = table.shape[1] - len(rows.weeks)
    found: dict[int, Interval | Unmodelled] = {}
    for week in weeks:
        due = rows.due[known, week]

        def change(filled: Floats, week: int = week, due: NDArray[np.bool_] = due) -> tuple[float, float, float]:
            moved = up * (filled[:, first + week] - rows.baseline[known])[due]
            return float(moved.mean()), float(moved.var(ddof=1) / len(moved)), len(moved) - 1.0

        over = pooled(completed, change)
        found[week] = Interval(over.estimate, over.se, over.lower, over.upper)
    return found


def silent_shifted(rows: Rows, week: int, *, scale: float) -> TippingPoint | Unmodelled:
    """How much worse than people with the same baseline the silent must have done for the improvement to go away."""
    asked = rows.due[:, week] & np.isfinite(rows.baseline)
    change = rows.change[asked, week]
    if np.isfinite(change).sum() < FEWEST:
        return Unmodelled(f"fewer than {FEWEST} answers")
    centred = rows.baseline[asked] - rows.baseline[asked].mean()
    design = np.column_stack([np.ones(len(change)), centred]) if np.ptp(centred) else np.ones((len(change), 1))
    filled = Filled(design, change, np.ones(len(change)), tested=0)
    return tipping_point(filled, deltas=tuple(step * scale for step in STEPS))
