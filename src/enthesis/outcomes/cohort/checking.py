"""What makes a snapshot unfit to report on: the first row at fault is named, and nothing is computed."""

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import ibis

from enthesis.knowledge import BadInput
from enthesis.outcomes.cohort.asking import answers
from enthesis.outcomes.cohort.columns import NOT_TREATED, STATUSES, TIMES, not_a_date, not_a_flag, not_a_number
from enthesis.outcomes.cohort.courses import Courses
from enthesis.outcomes.cohort.measures import Measure
from enthesis.outcomes.numbers import plain

EARLIEST_WEEK = -13  # a baseline is at most 90 days old (the window of the CMS hip and knee measure)
OLDEST = 120  # years
ROW = ("course", "instrument", "week")
KINDS = (
    (("week", "score", "age"), not_a_number, "a number"),
    (("answered", "due"), not_a_flag, "yes or no"),
    (TIMES, not_a_date, "a day such as 2026-01-31"),
)


def require_readable_texts(table: ibis.Table) -> None:
    """Refuse text where a number, a day, or yes or no belongs; `table` as it was read, by its usual names."""
    for column in (c for c in table.columns if table[c].type().is_string()):
        for columns, wrong, expected in KINDS:
            if column in columns:
                for row in answers(table.filter(wrong(table, column)).limit(1)):
                    raise BadInput(f"course {row['course']}: {column} is {row[column]!r}; expected {expected}")


def require_rows(table: ibis.Table, instruments: Collection[str]) -> None:
    """Refuse an empty table, and rows that name no instrument. `instruments` are those of the named `table`."""
    if not instruments:
        raise BadInput("snapshot: there is no row; expected a row for each course, instrument and week")
    if "" in instruments:
        row = answers(table.filter(table.instrument == "").limit(1))[0]
        raise BadInput(f"course {row['course']}: there is no instrument; expected the name of one in every row")


def check(table: ibis.Table, grouped: Courses, measures: Mapping[str, Measure]) -> None:
    """Refuse a named table (`columns.named`) at its first fault. Raises BadInput with course, instrument and week.

    A score off its scale, a score that was not answered, an answer before anybody could be enrolled, a status nobody knows,
    somebody treated in one row and not in another, in two groups, or with a week twice. The rows counted by what they hold
    tell that all is well; only a snapshot at fault is read again to name the row.
    """
    people, faults, described = grouped.courses, _faults(table, measures), _of_people(table)
    (persons,) = answers(
        people.aggregate(course=(people.course == "").sum(), rows=people.rows.sum(), twice=_twice(people).sum())
    )
    counted = _any_of(grouped.tally, _faults(grouped.tally, measures) | {"fate": grouped.tally.status == NOT_TREATED})
    counted |= {"course": persons["course"]} | _any_of(table, described)
    for name, fault in ({"course": table.course == ""} | faults | described).items():
        if counted[name]:
            _refuse(name, _first(table.filter(fault), ROW), measures)
    if counted["fate"]:
        _refuse_two_fates(table)
    if answers(grouped.tally.aggregate(rows=grouped.tally.rows.sum())) != [{"rows": persons["rows"]}]:
        _refuse_two_groups(people)
    if persons["twice"]:
        _refuse_twice(table)


def _any_of(table: ibis.Table, faults: Mapping[str, ibis.Value]) -> dict[str, Any]:
    """Which of these are there; one pass."""
    return answers(table.aggregate(**{name: fault.any() for name, fault in faults.items()}))[0] if faults else {}


def _twice(people: ibis.Table) -> ibis.Value:
    """May a week have come twice? Where there are too many different weeks for `times`, only grouping by them tells."""
    return people.rows != people.times if "times" in people.columns else people.rows > 1


def _first(rows: ibis.Table, order: Sequence[str]) -> dict[str, Any]:
    return answers(rows.order_by(order).limit(1))[0]


def _faults(table: ibis.Table, measures: Mapping[str, Measure]) -> dict[str, ibis.Value]:
    """What may be wrong with a row, apart from its course."""
    scale = _scale(table, measures)
    return {
        "week": table.week.isnull() | table.week.isinf(),
        "early": table.week < EARLIEST_WEEK,
        "score": (table.score < scale["low"]) | (table.score > scale["high"]),
        "silent": ~table.answered & table.score.notnull(),
        "status": table.status.notin(("", *STATUSES)),
    }


def _of_people(table: ibis.Table) -> dict[str, ibis.Value]:
    """Faults of columns that need not be there."""
    found = {}
    if "age" in table.columns and table.age.type().is_numeric():  # where nobody's age is said, it is an empty text
        found["age"] = (table.age < 0) | (table.age > OLDEST)
    if {"answered_on", "enrolled_on"} <= {c for c in TIMES if c in table.columns and table[c].type().is_temporal()}:
        found["days"] = (table.week > 0) & (table.answered_on.cast("date") < table.enrolled_on.cast("date"))
    return found


def _refuse_two_fates(table: ibis.Table) -> None:
    """Nobody is treated in one row and not treated in another; whoever was not treated in any is no fault."""
    courses = table.group_by("course").aggregate(
        never=lambda t: (t.status == NOT_TREATED).all(), ever=lambda t: (t.status == NOT_TREATED).any()
    )
    for row in answers(courses.filter(courses.ever & ~courses.never).order_by("course").limit(1)):
        raise BadInput(f"course {row['course']}: {NOT_TREATED!r} in some rows; expected it in every row or in none")


def _scale(table: ibis.Table, measures: Mapping[str, Measure]) -> dict[str, ibis.Value]:
    """Both ends of the scale of each row."""
    of_rows = {name: (measure.low, measure.high) for name, measure in measures.items()}
    return {
        end: ibis.cases(*((table.instrument == name, ends[index]) for name, ends in of_rows.items()))
        for index, end in enumerate(("low", "high"))
    }


def _refuse(fault: str, row: Mapping[str, object], measures: Mapping[str, Measure]) -> None:
    measure = measures[str(row["instrument"])]
    week = "no week"
    if row["week"] is not None:
        week = (
            f"week {plain(float(str(row['week'])))}"
            if math.isfinite(float(str(row["week"])))
            else f"week {row['week']}"
        )
    where = f"course {row['course']}, {row['instrument']}, {week}"
    raise BadInput(
        {
            "course": f"instrument {row['instrument']}, {week}: there is no course; expected a name for each",
            "week": f"{where}: expected a number of weeks since the first injection",
            "early": f"{where}: before enrolment; expected {EARLIEST_WEEK} or later, negative only for baselines",
            "score": f"{where}: score {row['score']} is off the scale; "
            f"expected {plain(measure.low)} to {plain(measure.high)}",
            "silent": f"{where}: marked as not answered, with the score {row['score']}; expected no score",
            "age": f"{where}: age {row.get('age')}; expected years, 0 to {OLDEST}",
            "days": f"{where}: answered on {row.get('answered_on')}, before enrolment on {row.get('enrolled_on')}",
            "status": f"{where}: status {row['status']!r}; expected one of {', '.join(STATUSES)}",
        }[fault]
    )


def _refuse_two_groups(people: ibis.Table) -> None:
    """Somebody in two groups was counted twice in the tally."""
    several = people.group_by("course", "instrument").aggregate(groups=lambda t: t.count())
    row = _first(several.filter(several.groups > 1), ("course", "instrument"))
    kinds = " and ".join(kind for kind in ("clinic", "condition", "treatment", "arm") if kind in people.columns)
    raise BadInput(
        f"course {row['course']}, {row['instrument']}: in {row['groups']} groups; expected one {kinds} in every row"
    )


def _refuse_twice(table: ibis.Table) -> None:
    counted = table.group_by(ROW).aggregate(rows=lambda t: t.count())
    for row in answers(counted.filter(counted.rows > 1).order_by(ROW).limit(1)):
        raise BadInput(
            f"course {row['course']}, {row['instrument']}, week {plain(row['week'])}: {row['rows']} rows; expected one"
        )
