"""What makes a snapshot unfit to report on: the first row at fault is named, and nothing is computed."""

from collections.abc import Mapping

import ibis

from enthesis.knowledge import BadInput
from enthesis.outcomes.cohort.columns import STATUSES, not_a_number
from enthesis.outcomes.cohort.measures import Measure
from enthesis.outcomes.numbers import plain

EARLIEST_WEEK = -13  # a baseline is at most 90 days old (the window of the CMS hip and knee measure)
ROW = ("course", "instrument", "week")


def require_texts_to_be_numbers(table: ibis.Table) -> None:
    """Refuse text where `week` or `score` is a number; `table` as it was read."""
    for column in ("week", "score"):
        wrong = table.filter(not_a_number(table, column)).limit(1).to_pyarrow().to_pylist()
        for row in wrong:
            raise BadInput(f"course {row['course']}: {column} is {row[column]!r}; expected a number")


def check(table: ibis.Table, measures: Mapping[str, Measure]) -> None:
    """Refuse a named table (`columns.named`) at its first fault. Raises BadInput with course, instrument and week.

    A score off its scale, a score that was not answered, an answer before anybody could be enrolled, a
    status nobody knows.
    """
    _require_rows(table)
    scale = _scale(table, measures)
    faults = {
        "course": table.course == "",
        "week": table.week.isnull(),
        "early": table.week < EARLIEST_WEEK,
        "score": (table.score < scale["low"]) | (table.score > scale["high"]),
        "silent": ~table.answered & table.score.notnull(),
        "status": table.status.notin(("", *STATUSES)),
    }
    # One pass decides that all is well; only a snapshot at fault is read again to name the row.
    counted = table.aggregate(**{name: fault.sum() for name, fault in faults.items()}).to_pyarrow().to_pylist()[0]
    for name, fault in faults.items():
        if counted[name]:
            _refuse(name, table.filter(fault).order_by(ROW).limit(1).to_pyarrow().to_pylist()[0], measures)


def _require_rows(table: ibis.Table) -> None:
    if not table.count().to_pyarrow().as_py():
        raise BadInput("snapshot: there is no row; expected a row for each course, instrument and week")


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


def require_once(table: ibis.Table, people: ibis.Table) -> None:
    """A course has one row for each instrument and week, and is in one group. `people` are those of `courses.courses`.

    Each week is a power of two there, where weeks are few enough: their sum is more than their union only where a week came
    twice, so that no second pass over the rows is needed. Raises BadInput naming the row.
    """
    several = (
        people.group_by("course", "instrument").aggregate(groups=lambda t: t.count()).filter(lambda t: t.groups > 1)
    )
    for row in several.order_by("course", "instrument").limit(1).to_pyarrow().to_pylist():
        kinds = " and ".join(kind for kind in ("clinic", "condition", "treatment", "arm") if kind in people.columns)
        raise BadInput(
            f"course {row['course']}, {row['instrument']}: in {row['groups']} groups; expected one {kinds} in every row"
        )
    if "weeks_added" in people.columns and not _any(people.weeks_added != people.weeks_joined):
        return
    counted = table.group_by(ROW).aggregate(rows=lambda t: t.count())
    for row in counted.filter(counted.rows > 1).order_by(ROW).limit(1).to_pyarrow().to_pylist():
        raise BadInput(
            f"course {row['course']}, {row['instrument']}, week {plain(row['week'])}: {row['rows']} rows; expected one"
        )


def _any(fault: ibis.Value) -> bool:
    return bool(fault.any().to_pyarrow().as_py())
