"""Unsigned alerts: emergencies before calls, among each those that have climbed highest, then the oldest."""

from collections import defaultdict
from uuid import UUID

from enthesis.clinic.acting import act, course_of, now
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.rows import WorkRow
from enthesis.clinic.worklist.lines import AT_MOST, line
from enthesis.recovery import Urgency, ladder
from enthesis.registry.models import Alert, AlertMessage

MINUTE = 60.0


def alerts() -> tuple[WorkRow, ...]:
    """Every alert nobody has signed, with whom it should have reached by now and whom a message reached."""
    rows = Alert.objects.filter(signed_at__isnull=True).select_related("course__patient", "entry")
    found = list(rows.order_by("-urgency", "recorded_at")[:AT_MOST])
    told = _told(found)
    lines = [_line(alert, tuple(told[alert.pk])) for alert in found]
    return tuple(sorted(lines, key=lambda row: (-Urgency(row.urgency).rank, -len(row.reached), row.since)))


def _line(alert: Alert, told: tuple[str, ...]) -> WorkRow:
    urgency, minutes = Urgency(alert.urgency), (now() - alert.recorded_at).total_seconds() / MINUTE
    return line(
        alert.course,
        alert.urgency.replace("-", " "),
        alert.entry.on,
        "; ".join(one["because"] for one in alert.because),
        alert=alert.pk,
        urgency=alert.urgency,
        since=alert.recorded_at,
        reached=tuple(rung.role for rung in ladder(library()).reached(urgency, minutes=minutes)),
        told=told,
        phone=alert.course.patient.phone,
    )


def _told(found: list[Alert]) -> dict[UUID, list[str]]:
    """The roles a message went to, by alert, in the order of the ladder."""
    told: dict[UUID, list[str]] = defaultdict(list)
    rows = AlertMessage.objects.filter(alert__in=found, state="sent").order_by("step")
    for alert, role in rows.values_list("alert_id", "role").distinct():
        told[alert].append(role)
    return told


@act
def open_alert_ids(*, by: Actor, course: UUID | str) -> tuple[UUID, ...]:
    """The unsigned alerts of one course."""
    found = course_of(by, course, May.SEE)
    return tuple(Alert.objects.filter(course=found, signed_at__isnull=True).values_list("pk", flat=True))
