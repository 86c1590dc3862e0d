"""Adverse events as rows, each as it stands now with every look at it. A fixed number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from enthesis.registry.models import AdverseEvent

Row = Mapping[str, Any]


@dataclass(frozen=True)
class HarmRow:
    """One adverse event: grade, seriousness and outcome are those of the newest look at it."""

    id: UUID
    patient: UUID
    name: str
    course: UUID
    session: UUID | None
    on: date
    what: str
    grade: int
    serious: tuple[str, ...]
    outcome: str
    closed: bool
    by: str
    looks: tuple[Row, ...]


def harm_rows(**which: Any) -> tuple[HarmRow, ...]:
    """Adverse events by any columns, newest first. For use inside an act."""
    found = AdverseEvent.objects.filter(**which).select_related("course__patient").prefetch_related("notes")
    return tuple(_row(one) for one in found.order_by("-on", "-recorded_at"))


def _row(one: AdverseEvent) -> HarmRow:
    notes = sorted(one.notes.all(), key=lambda note: note.recorded_at)
    newest = notes[-1] if notes else one
    first = {"on": one.on, "text": "", "by": one.recorded_by, "at": one.recorded_at}
    looks = [
        first | _graded(one),
        *({"on": n.on, "text": n.text, "by": n.recorded_by, "at": n.recorded_at} | _graded(n) for n in notes),
    ]
    return HarmRow(
        one.pk, one.course.patient_id, one.course.patient.name, one.course_id, one.session_id, one.on, one.what,
        newest.grade, tuple(newest.serious), newest.outcome, newest.closed, one.recorded_by, tuple(looks),
    )  # fmt: skip


def _graded(one: Any) -> dict[str, Any]:
    return {"grade": one.grade, "serious": tuple(one.serious), "outcome": one.outcome, "closed": one.closed}
