"""Whom a person should call: asked four times, silent, and still within the days in which an answer counts."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from enthesis.clinic.acting import act, leave_trace
from enthesis.clinic.permissions import Actor
from enthesis.pathway import CALL_FROM, ItemKind
from enthesis.registry.models import Clinic, Due

AT_MOST = 200


@dataclass(frozen=True)
class ToCall:
    """One line of the call list."""

    patient: UUID
    course: UUID
    name: str
    phone: str
    language: str
    wave: str
    due: date
    closes: date


@act
def read_call_list(*, by: Actor, today: date) -> tuple[ToCall, ...]:
    """Waves nobody answered, those that close soonest first."""
    rows = (
        Due.objects.filter(
            kind=ItemKind.WAVE.value,
            met_at__isnull=True,
            dropped=False,
            on__lte=today - timedelta(days=CALL_FROM),
            closes__gte=today,
            course__first_injection_on__isnull=False,
        )
        .exclude(key__startswith="wave-baseline")
        .select_related("course__patient")
        .order_by("closes", "course_id")[:AT_MOST]
    )
    found = tuple(_row(due) for due in rows)
    for clinic in Clinic.objects.filter(pk__in=by.clinics):
        leave_trace(by, "read the call list", clinic=clinic, after={"on": today})
    return found


def _row(due: Due) -> ToCall:
    person = due.course.patient
    return ToCall(
        person.pk,
        due.course_id,
        person.name,
        person.phone,
        person.language,
        due.key.removeprefix("wave-"),
        due.on,
        due.closes,
    )
