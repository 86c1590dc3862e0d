"""What makes a snapshot unfit to report on: the first row at fault is named, and nothing is computed."""

import math
from collections.abc import Collection, Mapping

import ibis

from enthesis.knowledge import BadInput
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
                found = table.filter(wrong(table, column)).limit(1).to_pyarrow().to_pylist()
                for row in found:
                    raise BadInput(f"course {row['course']}: {column} is {row[column]!r}; expected {expected}")


def require_rows(table: ibis.Table, instruments: Collection[str]) -> None:
    """Refuse an empty table, and rows that name no instrument. `instruments` are those of the named `table`."""
    if not instruments:
        raise BadInput("snapshot: there is no row; expected a row for each course, instrument and week")
    if "" in instruments:
        row = table.filter(table.instrument == "").limit(1).to_pyarrow().to_pylist()[0]
        raise BadInput(f"course {row['course']}: there is no instrument; expected the name of one in every row")


def check(table: ibis.Table, grouped: Courses, measures: Mapping[str, Measure]) -> None:
    """Refuse a named table (`columns.named`) at its first fault. Raises BadInput with course, instrument and week.

    A score off its scale, a score that was not answered, an answer before anybody could be enrolled, a
    status nobody knows. The rows counted by what they hold tell that all is well; only a snapshot at fault is read again
    to name the row.
    """
    nameless = grouped.courses.filter(grouped.courses.course == "").count()
    counted = _faults(grouped.tally, measures)
    found = grouped.tally.aggregate(**{name: fault.sum() for name, fault in counted.items()})
    there = found.to_pyarrow().to_pylist()[0] | {"course": nameless.to_pyarrow().as_py()}
    if people := _of_people(table):
        there |= table.aggregate(**{name: fault.any() for name, fault in people.items()}).to_pyarrow().to_pylist()[0]
    for name, fault in ({"course": table.course == ""} | _faults(table, measures) | people).items():
        if there[name]:
            _refuse(name, table.filter(fault).order_by(ROW).limit(1).to_pyarrow().to_pylist()[0], measures)


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
    if "age" in table.columns:
        found["age"] = (table.age < 0) | (table.age > OLDEST)
    if {"answered_on", "enrolled_on"} <= {c for c in TIMES if c in table.columns and table[c].type().is_temporal()}:
        found["days"] = (table.week > 0) & (table.answered_on.cast("date") < table.enrolled_on.cast("date"))
    return found


def require_one_fate(table: ibis.Table, tally: ibis.Table) -> None:
    """Nobody is treated in one row and not treated in another; a second pass over the rows only where somebody was not."""
    if not _any(tally.status == NOT_TREATED):
        return
    courses = table.group_by("course").aggregate(
        never=lambda t: (t.status == NOT_TREATED).all(), ever=lambda t: (t.status == NOT_TREATED).any()
    )
    for row in courses.filter(courses.ever & ~courses.never).order_by("course").limit(1).to_pyarrow().to_pylist():
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


def require_once(table: ibis.Table, grouped: Courses) -> None:
    """A course has one row for each instrument and week, and is in one group.

    Somebody in two groups was counted twice in the tally; somebody with a week twice has more rows than `times`. No second
    pass over the rows is needed unless there are too many different weeks for that. Raises BadInput naming the row.
    """
    people = grouped.courses
    if _total(people.rows) != _total(grouped.tally.rows):
        _refuse_two_groups(people)
    if "times" in people.columns and not _any(people.rows != people.times):
        return
    counted = table.group_by(ROW).aggregate(rows=lambda t: t.count())
    for row in counted.filter(counted.rows > 1).order_by(ROW).limit(1).to_pyarrow().to_pylist():
        raise BadInput(
            f"course {row['course']}, {row['instrument']}, week {plain(row['week'])}: {row['rows']} rows; expected one"
        )


def _refuse_two_groups(people: ibis.Table) -> None:
    several = people.group_by("course", "instrument").aggregate(groups=lambda t: t.count())
    first = several.filter(several.groups > 1).order_by("course", "instrument").limit(1)
    row = first.to_pyarrow().to_pylist()[0]
    kinds = " and ".join(kind for kind in ("clinic", "condition", "treatment", "arm") if kind in people.columns)
    raise BadInput(
        f"course {row['course']}, {row['instrument']}: in {row['groups']} groups; expected one {kinds} in every row"
    )


def _total(counts: ibis.Value) -> int:
    return int(counts.sum().to_pyarrow().as_py())


def _any(fault: ibis.Value) -> bool:
    return bool(fault.any().to_pyarrow().as_py())
