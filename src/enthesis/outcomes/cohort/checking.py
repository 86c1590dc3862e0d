"""What makes a snapshot unfit to report on: the first row at fault is named, and nothing is computed."""

from collections.abc import Collection, Mapping

import ibis

from enthesis.knowledge import BadInput
from enthesis.outcomes.cohort.columns import STATUSES, not_a_number
from enthesis.outcomes.cohort.courses import Courses
from enthesis.outcomes.cohort.measures import Measure
from enthesis.outcomes.numbers import plain

EARLIEST_WEEK = -13  # a baseline is at most 90 days old (the window of the CMS hip and knee measure)
ROW = ("course", "instrument", "week")


def require_texts_to_be_numbers(table: ibis.Table) -> None:
    """Refuse text where `week` or `score` is a number; `table` as it was read."""
    for column in ("week", "score"):
        if not table[column].type().is_string():
            continue
        wrong = table.filter(not_a_number(table, column)).limit(1).to_pyarrow().to_pylist()
        for row in wrong:
            raise BadInput(f"course {row['course']}: {column} is {row[column]!r}; expected a number")


def require_rows(cells: Collection[object]) -> None:
    """Refuse a snapshot of which no instrument and week were read."""
    if not cells:
        raise BadInput("snapshot: there is no row; expected a row for each course, instrument and week")


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
    for name, fault in ({"course": table.course == ""} | _faults(table, measures)).items():
        if there[name]:
            _refuse(name, table.filter(fault).order_by(ROW).limit(1).to_pyarrow().to_pylist()[0], measures)


def _faults(table: ibis.Table, measures: Mapping[str, Measure]) -> dict[str, ibis.Value]:
    """What may be wrong with a row, apart from its course."""
    scale = _scale(table, measures)
    return {
        "week": table.week.isnull(),
        "early": table.week < EARLIEST_WEEK,
        "score": (table.score < scale["low"]) | (table.score > scale["high"]),
        "silent": ~table.answered & table.score.notnull(),
        "status": table.status.notin(("", *STATUSES)),
    }


def _scale(table: ibis.Table, measures: Mapping[str, Measure]) -> dict[str, ibis.Value]:
    """Both ends of the scale of each row."""
    of_rows = {name: (measure.low, measure.high) for name, measure in measures.items()}
    return {
        end: ibis.cases(*((table.instrument == name, ends[index]) for name, ends in of_rows.items()))
        for index, end in enumerate(("low", "high"))
    }


def _refuse(fault: str, row: Mapping[str, object], measures: Mapping[str, Measure]) -> None:
    measure = measures[str(row["instrument"])]
    week = "no week" if row["week"] is None else f"week {plain(float(str(row['week'])))}"
    where = f"course {row['course']}, {row['instrument']}, {week}"
    raise BadInput(
        {
            "course": f"instrument {row['instrument']}, {week}: there is no course; expected a name for each",
            "week": f"{where}: expected a number of weeks since the first injection",
            "early": f"{where}: before enrolment; expected {EARLIEST_WEEK} or later, negative only for baselines",
            "score": f"{where}: score {row['score']} is off the scale; "
            f"expected {plain(measure.low)} to {plain(measure.high)}",
            "silent": f"{where}: marked as not answered, with the score {row['score']}; expected no score",
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
