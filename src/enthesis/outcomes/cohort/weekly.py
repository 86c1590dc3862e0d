"""The descriptive report: counts and sums of each group and week, in one pass over the rows."""

from collections.abc import Mapping

import ibis

from enthesis.outcomes.cohort.columns import DEAD, OTHER_TREATMENT, WITHDRAWN
from enthesis.outcomes.cohort.courses import Courses
from enthesis.outcomes.cohort.measures import Measure

TENTHS = 1e-9  # 30% of 7 is 2.1 in tenths and a hair more in binary: a change of exactly that much counts


def groups(courses: Courses) -> ibis.Table:
    """Each group with its people and their baselines."""
    people = courses.courses
    return people.group_by(courses.keys).aggregate(
        n_eligible=people.course.count(),
        n_enrolled=people.treated.sum(),
        n_dead=people.dead.sum(),
        baseline_n=people.baseline.count(),
        baseline_mean=people.baseline.mean(),
        baseline_sd=people.baseline.std(how="sample"),
        started_from=people.started.min(),
        started_to=people.started.max(),
    )


def weekly(courses: Courses, measures: Mapping[str, Measure]) -> ibis.Table:
    """One row for each group and week."""
    rows = courses.later
    counted = rows.due & (rows.status != DEAD)
    there = counted & rows.answered & rows.score.notnull()
    both = there & rows.baseline.notnull()
    said = {
        "n_due": counted.sum(),
        "n_answered": there.sum(),
        "n_other_treatment": (rows.status == OTHER_TREATMENT).sum(),
        "n_withdrawn": (rows.status == WITHDRAWN).sum(),
        "n_dead": (rows.status == DEAD).sum(),
        "n": both.sum(),
        "mean": rows.score.mean(where=there),
        "sd": rows.score.std(where=there, how="sample"),
        "change_mean": (rows.score - rows.baseline).mean(where=both),
        "change_sd": (rows.score - rows.baseline).std(where=both, how="sample"),
        "baseline_of_answered": rows.baseline.mean(where=both),
    }
    said |= {f"better_{name}": (both & yes).sum() for name, yes in _reached(rows, rows.improved, measures).items()}
    said |= {f"worse_{name}": (both & yes).sum() for name, yes in _reached(rows, -rows.improved, measures).items()}
    return rows.group_by(*courses.keys, "week").aggregate(**said)


def scored(courses: Courses) -> ibis.Table:
    """How many people had each score, by group and week; a baseline is at week 0. Quantiles are made of it."""
    rows, people = courses.later, courses.courses
    there = rows.filter(rows.due & (rows.status != DEAD) & rows.answered & rows.score.notnull())
    kept = [there[key] for key in courses.keys]
    before = people.filter(people.baseline.notnull())
    first = [before[key] for key in courses.keys]
    one = there.select(*kept, week=there.week.cast("float64"), score=there.score)
    other = before.select(*first, week=ibis.literal(0.0), score=before.baseline)
    both = one.union(other)
    return both.group_by(*courses.keys, "week", "score").aggregate(people=both.score.count())


def _reached(rows: ibis.Table, moved: ibis.Value, measures: Mapping[str, Measure]) -> dict[str, ibis.Value]:
    """Did a score move by any amount, by 30% and 50% of the baseline, by the instrument's own important change?

    A baseline of 0 on a scale where lower is better leaves nothing to gain: a percentage of it is not reached.
    """
    important = ibis.cases(*((rows.instrument == m.id, m.important or float("inf")) for m in measures.values()))
    return {
        "any": moved > TENTHS,
        "30": (rows.baseline != 0) & (moved >= 0.3 * rows.baseline - TENTHS),
        "50": (rows.baseline != 0) & (moved >= 0.5 * rows.baseline - TENTHS),
        "important": moved >= important - TENTHS,
    }


def distribution(courses: Courses, measures: Mapping[str, Measure]) -> ibis.Table:
    """How many people changed by how much, in steps of a hundredth of the scale: the cumulative curve."""
    rows = courses.later
    there = rows.filter(rows.due & rows.answered & rows.improved.notnull())
    width = ibis.cases(*((there.instrument == m.id, (m.high - m.low) / 100) for m in measures.values()))
    binned = there.mutate(step=(there.improved / width).round().cast("int64"))
    return binned.group_by(*courses.keys, "week", "step").aggregate(people=binned.course.count())
