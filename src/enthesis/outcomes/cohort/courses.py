"""From rows to courses: each with its baselines, each later row beside the baseline of its course, and all rows counted."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce

import ibis

from enthesis.knowledge import BadInput
from enthesis.outcomes.cohort.columns import NOT_TREATED, Named, had_event
from enthesis.outcomes.cohort.keeping import Keep

BITS = 62  # times that one whole number holds, a bit for each
MOST_TIMES = 4 * BITS  # beyond, asking about each time costs more than grouping by it
GROUPABLE = ("clinic", "condition", "treatment")
ALIKE = ("week", "status", "due", "answered", "score")

# As DuckDB and Spark both call them; Ibis itself knows no way to join bits in Spark.
WORD = (("int64",), "int64")
_bit_or = ibis.udf.agg.builtin(lambda word: word, name="bit_or", signature=WORD)
_bit_count = ibis.udf.scalar.builtin(lambda word: word, name="bit_count", signature=WORD)


@dataclass(frozen=True)
class Courses:
    """`keys` are what tells groups apart: what was asked for, the arm where there are arms, and the instrument.

    courses  one row for each course and instrument: baseline, status, and where models are wanted what describes the person
    later    one row for each course, instrument and week after enrolment, with `baseline`
    tally    how many `rows` of a group are alike in week, status, due, answered, score and baseline. Scores are few, so
             that this is short however many people there are, and everything that is counted or averaged follows from it
    """

    keys: tuple[str, ...]
    courses: ibis.Table
    later: ibis.Table
    tally: ibis.Table
    numbers: tuple[str, ...]
    labels: tuple[str, ...]


def courses(
    snapshot: Named,
    *,
    by: tuple[str, ...],
    weeks: Sequence[float],
    keep: Keep = lambda table: table,
    with_models: bool = True,
) -> Courses:
    """Group the rows of a snapshot. `weeks` are all the weeks there are, for telling rows that come twice.

    The baseline is the last answer at week 0 or before. `keep` holds on to what every later step asks for (`keeping`).
    Raises BadInput for a grouping that is not there.
    """
    keys = _keys(snapshot, by)
    people = keep(_people(snapshot, keys, weeks, with_models=with_models))
    alike_in = (*ALIKE, *(("event",) if "event" in snapshot.table.columns else ()))
    rows = snapshot.table.select(*keys, "course", *alike_in)
    beside = rows.join(people.select("course", "instrument", "baseline"), ["course", "instrument"])
    alike = beside.group_by(*keys, *alike_in, "baseline").aggregate(rows=lambda t: t.count())
    tally = keep(
        alike.order_by(alike.columns)
    )  # in order, so that sums are the same to the last bit whenever made again
    later = beside.filter(beside.week > 0)
    return Courses(keys, people, keep(later) if with_models else later, tally, snapshot.numbers, snapshot.labels)


def without_events(courses: Courses) -> Courses:
    """The same as if nobody had answered after an intercurrent event: what the hypothetical estimand is made of.

    ICH E9(R1) (2019), A.3.2: the scenario in which the event would not occur. People stay due.
    """
    later = courses.later
    event = had_event(later)
    silent = event.ifelse(ibis.null("float64"), later.score)
    return replace(courses, later=later.mutate(answered=later.answered & ~event, score=silent))


def _keys(snapshot: Named, by: tuple[str, ...]) -> tuple[str, ...]:
    there = snapshot.table.columns
    for key in by:
        if key not in GROUPABLE or key not in there:
            able = ", ".join(k for k in GROUPABLE if k in there) or "none of those there are"
            raise BadInput(f"--by {key}: cannot group by that; expected {able}")
    return (*by, *(("arm",) if "arm" in there else ()), "instrument")


def started(table: ibis.Table) -> ibis.Value:
    """The day of the first injection, or of enrolment; null where the snapshot has no such date."""
    for column in ("first_injection_on", "enrolled_on"):
        if column in table.columns and table[column].type().is_temporal():
            return table[column].cast("date").min()
    return ibis.null("date")


def _people(snapshot: Named, keys: tuple[str, ...], weeks: Sequence[float], *, with_models: bool) -> ibis.Table:
    table = snapshot.table
    before = (table.week <= 0) & table.score.notnull()
    said = {
        "rows": table.count(),
        "baseline": table.score.argmax(table.week, where=before),
        "treated": (table.status != NOT_TREATED).all(),
        "started": started(table),
    }
    if weeks and len(weeks) <= MOST_TIMES:
        said["times"] = _times(table, weeks)
    if with_models:
        said["earlier"] = table.score.argmin(table.week, where=before)
        said |= {name: table[name].max() for name in (*snapshot.numbers, *snapshot.labels)}
    return table.group_by(*keys, "course").aggregate(**said)


def _times(table: ibis.Table, weeks: Sequence[float]) -> ibis.Value:
    """At how many different weeks somebody has a row: each week is a bit, bits are joined and counted."""
    words = []
    for start in range(0, len(weeks), BITS):
        bits = (
            (table.week == week, ibis.literal(1 << at, "int64")) for at, week in enumerate(weeks[start : start + BITS])
        )
        words.append(_bit_count(_bit_or(ibis.cases(*bits, else_=ibis.literal(0, "int64")))))
    return reduce(lambda one, other: one + other, words)
