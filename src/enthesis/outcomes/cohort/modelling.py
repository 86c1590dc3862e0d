"""Runs the models of every group; long work says where it stands."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from enthesis.outcomes import mixed
from enthesis.outcomes.cohort import models, visits
from enthesis.outcomes.cohort.counting import Counted, Key
from enthesis.outcomes.cohort.courses import Courses
from enthesis.outcomes.cohort.measures import Measure
from enthesis.outcomes.cohort.regression_to_mean import AtMean, over_means
from enthesis.outcomes.cohort.rows import Rows, rows

Telling = Callable[[str], None]


@dataclass(frozen=True, eq=False)
class Material:
    """What the models are made of: sums for the mixed model, rows for the rest. `visits` are the places of the weeks in
    the sums: all, or as many as a mixed model takes, the first and the last among them.
    """

    weeks: tuple[float, ...]
    visits: tuple[int, ...]
    sums: Mapping[Key, mixed.Patterns]
    rows: Mapping[Key, Rows]


def material(grouped: Courses, scales: Mapping[str, Measure], weeks: Sequence[float], told: Telling) -> Material:
    """Bring what the models need from the engine."""
    told("adding up visits for the mixed models")
    kept = _spread(len(weeks))
    sums = visits.patterns(grouped, [weeks[place] for place in kept])
    told("fetching people for weights and imputation")
    worse = {id: -scale.towards_better for id, scale in scales.items()}
    return Material(tuple(weeks), kept, sums, rows(grouped, weeks, worse=worse))


def _spread(weeks: int) -> tuple[int, ...]:
    """Places of the weeks a mixed model takes: every one, or some evenly over the whole time."""
    most = models.MOST_VISITS
    return tuple(range(weeks)) if weeks <= most else tuple(round(i * (weeks - 1) / (most - 1)) for i in range(most))


def modelled(counted: Counted, stuff: Material, key: Key, scale: Measure) -> models.Modelled:
    """The models of one group; changes are on the instrument's own scale, higher meaning what it means there."""
    people, baseline = stuff.rows[key], counted.totals["baseline_mean"]
    every = range(len(stuff.weeks))
    up = -scale.towards_better
    return models.Modelled(
        models.mixed_changes(stuff.sums.get(key), len(stuff.weeks), baseline=baseline or 0.0, visits=stuff.visits),
        {week: models.weighted_change(people, week, up=up) for week in every},
        models.imputed_changes(people, seed=seed_of(key), up=up),
        {week: models.silent_shifted(people, week, scale=scale.high - scale.low) for week in every},
    )


def seed_of(key: Key) -> int:
    """Made of the group's name: the same snapshot draws the same numbers wherever it is read."""
    return int.from_bytes(hashlib.sha256("\n".join(key).encode()).digest()[:4], "big")


def started_high(people: Rows, scale: Measure) -> tuple[AtMean, ...]:
    """Mee and Chua's test at the last week with enough answers, over true means from one end of the scale to the other."""
    up = -scale.towards_better
    means = tuple(scale.low + (scale.high - scale.low) * part / 10 for part in range(11))
    told = np.flatnonzero(np.isfinite(people.change).sum(axis=0) >= models.FEWEST)
    return over_means(people.baseline * up, people.scores[:, told[-1]] * up, means=means) if len(told) else ()
