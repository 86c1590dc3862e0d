"""The descriptive report: counts and sums of each group and week, from rows counted by what they hold (`courses.Courses.tally`)."""

from collections.abc import Mapping

import ibis

from enthesis.outcomes.cohort.columns import DEAD, OTHER_TREATMENT, WITHDRAWN, had_event
from enthesis.outcomes.cohort.courses import Courses
from enthesis.outcomes.cohort.measures import Measure

TENTHS = 1e-9  # 30% of 7 is 2.1 in tenths and a hair more in binary: a change of exactly that much counts


def groups(courses: Courses) -> ibis.Table:
    """Each group with its people; their baselines are among what `scored` tells."""
    people = courses.courses
    return people.group_by(courses.keys).aggregate(
        n_eligible=people.course.count(),
        n_enrolled=people.treated.sum(),
        started_from=people.started.min(),
        started_to=people.started.max(),
    )


def weekly(courses: Courses, measures: Mapping[str, Measure]) -> ibis.Table:
    """One row for each group and week; the spread of changes is taken around their mean, in a second round over the tally."""
    cells = _later(courses, measures)
    means = cells.group_by(*courses.keys, "week").aggregate(**_summed(cells, measures))
    around = cells.filter(cells.both).inner_join(means, [*courses.keys, "week"])
    off = around.change - around.change_mean
    squares = around.group_by(*courses.keys, "week").aggregate(squares=(around.rows * off * off).sum())
    beside = means.left_join(squares, [*courses.keys, "week"])
    sd = (beside.n > 1).ifelse((beside.squares / (beside.n - 1)).sqrt(), ibis.null("float64"))
    return beside.mutate(change_sd=sd).select(*means.columns, "change_sd")


def _later(courses: Courses, measures: Mapping[str, Measure]) -> ibis.Table:
    """The tally after enrolment, with who counts: due and alive, `there` with a score, `both` with a baseline too."""
    rows = courses.tally.filter(courses.tally.week > 0)
    direction = ibis.cases(*((rows.instrument == m.id, float(m.towards_better)) for m in measures.values()))
    change = rows.score - rows.baseline
    counted = rows.due & (rows.status != DEAD)
    there = counted & rows.answered & rows.score.notnull()
    both = there & rows.baseline.notnull()
    return rows.mutate(counted=counted, there=there, both=both, change=change, improved=direction * change)


def _summed(cells: ibis.Table, measures: Mapping[str, Measure]) -> dict[str, ibis.Value]:
    people, there, both = cells.rows, cells.there, cells.both

    def many(which: ibis.Value) -> ibis.Value:
        return ibis.coalesce(people.sum(where=which), 0)

    def mean(value: ibis.Value, of: ibis.Value) -> ibis.Value:
        return (people * value).sum(where=of) / people.sum(where=of)

    said = {
        "n_due": many(cells.counted),
        "n_answered": many(there),
        "n_other_treatment": many(cells.status == OTHER_TREATMENT),
        "n_withdrawn": many(cells.status == WITHDRAWN),
        "n_dead": many(cells.status == DEAD),
        "n": many(both),
        "n_event": many(there & had_event(cells)),
        "mean": mean(cells.score, there),
        "change_mean": mean(cells.change, both),
        "baseline_of_answered": mean(cells.baseline, both),
    }
    for side, moved in (("better", cells.improved), ("worse", -cells.improved)):
        said |= {f"{side}_{name}": many(both & yes) for name, yes in _reached(cells, moved, measures).items()}
    for name, yes in _reached(cells, cells.improved, measures).items():
        said[f"better_{name}_event"] = many(both & yes & had_event(cells))
    return said


def scored(courses: Courses) -> ibis.Table:
    """How many people had each score, by group and week; a baseline is at week 0. Quantiles are made of it."""
    rows, people = courses.tally, courses.courses
    there = rows.filter((rows.week > 0) & rows.due & (rows.status != DEAD) & rows.answered & rows.score.notnull())
    kept = [there[key] for key in courses.keys]
    before = people.filter(people.baseline.notnull())
    first = [before[key] for key in courses.keys]
    one = there.select(*kept, week=there.week.cast("float64"), score=there.score, people=there.rows)
    other = before.select(*first, week=ibis.literal(0.0), score=before.baseline, people=ibis.literal(1, "int64"))
    both = one.union(other)
    return both.group_by(*courses.keys, "week", "score").aggregate(people=both.people.sum())


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
    rows = _later(courses, measures)
    there = rows.filter(rows.due & rows.answered & rows.improved.notnull())
    width = ibis.cases(*((there.instrument == m.id, (m.high - m.low) / 100) for m in measures.values()))
    binned = there.mutate(step=(there.improved / width).round().cast("int64"))
    return binned.group_by(*courses.keys, "week", "step").aggregate(people=binned.rows.sum())
