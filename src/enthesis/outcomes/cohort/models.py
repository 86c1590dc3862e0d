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
MOST_VISITS = 12  # beyond it an unstructured covariance has more numbers than a clinic has people
TOO_MANY = f"the model takes {MOST_VISITS} times at most, and this is not one of them"
STEPS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3)  # shifts of the silent, as parts of the scale


@dataclass(frozen=True, eq=False)
class Modelled:
    """The models of one group at each of its weeks, by index of the week."""

    mixed_model: Mapping[int, mixed.Estimate | Unmodelled]
    weighted: Mapping[int, Weighted | Unmodelled]
    imputed: Mapping[int, Interval | Unmodelled]
    tipping_point: Mapping[int, TippingPoint | Unmodelled]


def mixed_changes(
    patterns: mixed.Patterns | None, weeks: int, *, baseline: float, visits: Sequence[int] | None = None
) -> dict[int, mixed.Estimate | Unmodelled]:
    """The change from the mean baseline at each week, adjusted for the baseline, from all visits at once.

    `visits` are the places, among the weeks, of the visits that `patterns` has; all of them when left out.
    The baselines of the enrolled are taken as they are: the interval is about what came after.
    """
    if patterns is None:
        return dict.fromkeys(range(weeks), Unmodelled("nobody answered after a baseline"))
    places = range(weeks) if visits is None else visits
    kept = tuple(v for v in range(len(patterns.visits)) if patterns.answered_at(v) >= FEWEST)
    usable = restricted(patterns, kept)
    try:
        found = mixed.fit(usable)
    except (mixed.NotFitted, np.linalg.LinAlgError) as error:
        return dict.fromkeys(range(weeks), Unmodelled(str(error)))
    line = np.array([1.0, baseline])
    few, beyond = Unmodelled(f"fewer than {FEWEST} answers"), Unmodelled(TOO_MANY)
    said: dict[int, mixed.Estimate | Unmodelled] = {week: few if week in places else beyond for week in range(weeks)}
    for index, visit in enumerate(kept):
        said[places[visit]] = _less(found.estimate(visit=index, weights=line), baseline)
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


def restricted(patterns: mixed.Patterns, kept: Sequence[int]) -> mixed.Patterns:
    """The same sums without the other visits; people who answered none of the `kept` are left out."""
    found: dict[tuple[int, ...], mixed.Pattern] = {}
    for pattern in patterns.patterns:
        visits = tuple(index for index, visit in enumerate(kept) if visit in pattern.visits)
        if visits:
            part = mixed.Pattern(
                visits, pattern.people, pattern.zz, pattern.yz[list(kept)], pattern.yy[np.ix_(kept, kept)]
            )
            found[visits] = _added(found.get(visits), part)
    return mixed.Patterns(tuple(patterns.visits[v] for v in kept), patterns.effects, tuple(found.values()))


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
    known, names = np.column_stack([rows.baseline, rows.adjusters])[asked], ("baseline", *rows.adjuster_names)
    for told in (_telling(known, np.isfinite(change)), [0]):
        design, given = independent(known[:, told], [names[at] for at in told])
        try:
            return answer_weighted(up * change, design, given=given)
        except (NoWeights, np.linalg.LinAlgError) as error:
            reason = str(error)
    return Unmodelled(reason)


def _telling(known: Floats, answered: NDArray[np.bool_]) -> list[int]:
    """The baseline, and what does not by itself say outright who answered: no finite weight could hold that."""

    def both(column: Floats) -> bool:
        return all(len(set(answered[column == level].tolist())) == 2 for level in set(column.tolist()))

    return [0, *(at for at in range(1, known.shape[1]) if len(set(known[:, at].tolist())) > 2 or both(known[:, at]))]


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
    weeks, known = range(len(rows.weeks)), np.isfinite(rows.baseline)
    answers = np.isfinite(rows.scores[known]).sum(axis=0)
    asked = [week for week in weeks if answers[week] >= FEWEST]
    found: dict[int, Interval | Unmodelled] = dict.fromkeys(weeks, Unmodelled(f"fewer than {FEWEST} answers"))
    if not asked:
        return found
    described = independent(
        np.column_stack([rows.baseline, rows.adjusters])[known], [""] * (1 + len(rows.adjuster_names))
    )
    fixed = described[0][:, 1:] if answers[asked].min() > described[0].shape[1] + len(asked) else described[0][:, 1:2]
    completed = imputations(np.column_stack([fixed, rows.scores[known][:, asked]]), count=IMPUTATIONS, seed=seed)
    for place, week in enumerate(asked, start=fixed.shape[1]):
        due = rows.due[known, week]

        def change(filled: Floats, place: int = place, due: NDArray[np.bool_] = due) -> tuple[float, float, float]:
            moved = up * (filled[:, place] - rows.baseline[known])[due]
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
