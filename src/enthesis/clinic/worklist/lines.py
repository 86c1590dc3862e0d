"""One line of a worklist, whatever it is about."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from enthesis.clinic.rows import WorkRow
from enthesis.registry.models import Course, Due

AT_MOST = 100  # lines of one list; a longer one is said to be longer


def line(course: Course, what: str, on: date, detail: str = "", **more: Any) -> WorkRow:
    """A line about one course."""
    return WorkRow(course.patient_id, course.patient.name, course.pk, course.condition, what, on, detail, **more)


def lines_of(dues: Iterable[Due]) -> tuple[WorkRow, ...]:
    """A line for each thing that is due."""
    return tuple(line(due.course, due.title, due.on, due.detail, phone=due.course.patient.phone) for due in dues)
