"""Who needs somebody today. A fixed number of queries, whatever the number of patients."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from enthesis.clinic.acting import act, course_of, leave_trace
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.rescreen import AGAIN
from enthesis.clinic.rows import Worklist, WorkRow
from enthesis.pathway import Stage
from enthesis.registry.models import Alert, Clinic, Course, Due, ScreeningRecord

AHEAD = timedelta(days=7)  # washouts that begin within the week are shown, so that a reminder can still help
AT_MOST = 100  # lines of one list; a longer one is said to be longer


@act
def read_worklist(*, by: Actor, on: date) -> Worklist:
    """Today's work in the actor's clinics."""
    due = (
        Due.objects.filter(met_at__isnull=True, dropped=False)
        .select_related("course__patient")
        .order_by("on", "course_id")
    )
    found = Worklist(
        on=on,
        alerts=_alerts(),
        sessions_today=_dues(due.filter(kind="session", on=on)),
        to_decide=_to_decide(on),
        washouts_running=_dues(due.filter(kind="washout-stop", on__gte=on, on__lte=on + AHEAD)),
        surveys_due=_dues(due.filter(kind="wave", opens__lte=on, closes__gte=on)),
    )
    for clinic in Clinic.objects.filter(pk__in=by.clinics):
        leave_trace(by, "read the worklist", clinic=clinic, after={"on": on})
    return found


def _alerts() -> tuple[WorkRow, ...]:
    rows = Alert.objects.filter(signed_at__isnull=True).select_related("course__patient", "entry")
    return tuple(
        WorkRow(
            a.course.patient_id,
            a.course.patient.name,
            a.course_id,
            a.course.condition,
            a.urgency.replace("-", " "),
            a.entry.on,
            "; ".join(line["because"] for line in a.because),
            a.pk,
            a.urgency,
        )
        for a in rows.order_by("-urgency", "recorded_at")[:AT_MOST]
    )


def _to_decide(on: date) -> tuple[WorkRow, ...]:
    asked = (
        ScreeningRecord.objects.filter(
            Q(go_ahead__isnull=True), decision="ask", corrected_by__isnull=True, course__stage=Stage.ASKED.value
        )
        .select_related("course__patient")
        .order_by("course_id", "-recorded_at")
    )
    newest = {row.course_id: row for row in reversed(asked[:AT_MOST])}
    waiting = (
        Course.objects.filter(
            stage=Stage.RECOVERING.value,
            dues__kind="review",
            dues__on__lte=on,
            dues__met_at__isnull=True,
            dues__dropped=False,
        )
        .select_related("patient")
        .distinct()[:AT_MOST]
    )
    return (
        *(
            WorkRow(
                r.course.patient_id, r.course.patient.name, r.course_id, r.course.condition, "the screening asks", r.on
            )
            for r in newest.values()
        ),
        *_turned(on),
        *(WorkRow(c.patient_id, c.patient.name, c.pk, c.condition, "go on or stop?", on) for c in waiting),
    )


def _turned(on: date) -> tuple[WorkRow, ...]:
    """Planned sessions that a judgment made again has postponed or refused."""
    stopped = (Stage.POSTPONED.value, Stage.REFUSED.value)
    rows = (
        ScreeningRecord.objects.filter(
            reason__in=AGAIN, on__gte=on, decision__in=("postpone", "refuse"), course__stage__in=stopped
        )
        .select_related("course__patient")
        .order_by("-recorded_at")
    )
    newest = {row.course_id: row for row in reversed(rows[:AT_MOST])}
    return tuple(
        WorkRow(
            r.course.patient_id,
            r.course.patient.name,
            r.course_id,
            r.course.condition,
            f"screened again, the judgment is now {r.decision}",
            r.on,
        )
        for r in newest.values()
    )


def _dues(rows: object) -> tuple[WorkRow, ...]:
    return tuple(
        WorkRow(d.course.patient_id, d.course.patient.name, d.course_id, d.course.condition, d.title, d.on, d.detail)
        for d in rows[:AT_MOST]  # type: ignore[index]  # a queryset
    )


@act
def open_alert_ids(*, by: Actor, course: UUID | str) -> tuple[UUID, ...]:
    """The unsigned alerts of one course."""
    found = course_of(by, course, May.SEE)
    return tuple(Alert.objects.filter(course=found, signed_at__isnull=True).values_list("pk", flat=True))
