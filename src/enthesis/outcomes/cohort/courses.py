"""From rows to courses: each with its baselines, and each later row beside the baseline of its course."""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis

from enthesis.knowledge import BadInput
from enthesis.outcomes.cohort.columns import DEAD, NOT_TREATED, Named
from enthesis.outcomes.cohort.keeping import Keep

MOST_TIMES = 52  # as powers of two they and their sum stay exact
GROUPABLE = ("clinic", "condition", "treatment")


@dataclass(frozen=True)
class Courses:
    """`keys` are what tells groups apart: what was asked for, the arm where there are arms, and the instrument.

    courses  one row for each course and instrument: baseline, the earlier one, status, what describes the person
    later    one row for each course, instrument and week after enrolment, with `baseline` and `improved`
    """

    keys: tuple[str, ...]
    courses: ibis.Table
    later: ibis.Table
    numbers: tuple[str, ...]
    labels: tuple[str, ...]


def courses(
    snapshot: Named,
    *,
    by: tuple[str, ...],
    directions: dict[str, int],
    weeks: Sequence[float],
    keep: Keep = lambda table: table,
) -> Courses:
    """Group the rows of a checked snapshot. `directions` is -1 for each instrument on which lower is better.

    The baseline is the last answer at week 0 or before. `keep` holds on to what every later step asks for (`keeping`).
    Raises BadInput for a grouping that is not there.
    """
    table = snapshot.table
    for key in by:
        if key not in GROUPABLE or key not in table.columns:
            there = ", ".join(k for k in GROUPABLE if k in table.columns) or "none of those there are"
            raise BadInput(f"--by {key}: cannot group by that; expected {there}")
    keys = (*by, *(("arm",) if "arm" in table.columns else ()), "instrument")
    people = keep(_people(table, keys, snapshot, weeks))
    direction = ibis.cases(*((table.instrument == name, sign) for name, sign in directions.items()))
    after = table.filter(table.week > 0).mutate(direction=direction.cast("float64"))
    kept = after.select(*keys, "course", "week", "due", "answered", "score", "direction", "status")
    joined = kept.join(people.select("course", "instrument", "baseline"), ["course", "instrument"])
    improved = joined.direction * (joined.score - joined.baseline)
    return Courses(keys, people, keep(joined.mutate(improved=improved)), snapshot.numbers, snapshot.labels)


def started(table: ibis.Table) -> ibis.Value:
    """The day of the first injection, or of enrolment; null where the snapshot has no such date."""
    for column in ("first_injection_on", "enrolled_on"):
        if column in table.columns and table[column].type().is_temporal():
            return table[column].cast("date").min()
    return ibis.null("date")


def _people(table: ibis.Table, keys: tuple[str, ...], snapshot: Named, weeks: Sequence[float]) -> ibis.Table:
    few = weeks if len(weeks) <= MOST_TIMES and table.get_backend().name == "duckdb" else ()  # Spark joins no bits here
    before = (table.week <= 0) & table.score.notnull()
    said = {
        "baseline": table.score.argmax(table.week, where=before),
        "earlier": table.score.argmin(table.week, where=before),
        "baselines": before.sum(),
        "dead": (table.status == DEAD).any(),
        "treated": (table.status != NOT_TREATED).all(),
        "started": started(table),
    }
    if few:
        powers = ((table.week == week, ibis.literal(1 << at, "int64")) for at, week in enumerate(few))
        power = ibis.cases(*powers, else_=ibis.literal(0, "int64"))
        said |= {"weeks_added": power.sum().cast("float64"), "weeks_joined": power.bit_or().cast("float64")}
    said |= {number: table[number].max() for number in snapshot.numbers}
    said |= {label: table[label].max() for label in snapshot.labels}
    return table.group_by(*keys, "course").aggregate(**said)
