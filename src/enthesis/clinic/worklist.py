"""Who needs somebody today. A fixed number of queries, whatever the number of patients."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from enthesis.clinic.acting import act, course_of, leave_trace
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.rescreen import AGAIN
from enthesis.clinic.reviewing import reviews_of
from enthesis.clinic.rows import Worklist, WorkRow
from enthesis.pathway import FINISHED, Review, Stage
from enthesis.registry.models import Alert, Clinic, Course, Due, ScreeningRecord

AHEAD = timedelta(days=7)  # washouts that begin within the week are shown, so that a reminder can still help
NOT_TREATED = (*FINISHED, Stage.PAUSED, Stage.FOLLOW_UP)  # what was planned stays on record, and nobody waits for it
AT_MOST = 100  # lines of one list; a longer one is said to be longer


@act
def read_worklist(*, by: Actor, on: date) -> Worklist:
    """Today's work in the actor's clinics."""
    due = (
        Due.objects.filter(met_at__isnull=True, dropped=False)
        .select_related("course__patient")
        .order_by("on", "course_id")
    )
    treated = due.exclude(course__stage__in=NOT_TREATED)
    found = Worklist(
        on=on,
        alerts=_alerts(),
        sessions_today=_dues(treated.filter(kind="session", on=on)),
        to_decide=_to_decide(on),
        washouts_running=_dues(treated.filter(kind="washout-stop", on__gte=on, on__lte=on + AHEAD)),
        surveys_due=_dues(due.filter(kind="wave", opens__lte=on, closes__gte=on).exclude(course__stage__in=FINISHED)),
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
    return (
        *(
            WorkRow(
                r.course.patient_id, r.course.patient.name, r.course_id, r.course.condition, "the screening asks", r.on
            )
            for r in newest.values()
        ),
        *_turned(on),
        *_to_review(on),
        *_paused(on),
    )


def _to_review(on: date) -> tuple[WorkRow, ...]:
    """Courses between two sessions with a review that waits since today or longer."""
    courses = {c.pk: c for c in Course.objects.filter(stage=Stage.RECOVERING.value).select_related("patient")}
    due = ((courses[id], reviews[0]) for id, reviews in reviews_of(courses.values()).items())
    waiting = sorted(((c, review) for c, review in due if review.on <= on), key=lambda pair: pair[1].on)
    return tuple(
        WorkRow(c.patient_id, c.patient.name, c.pk, c.condition, "go on or stop?", review.on, _why(review))
        for c, review in waiting[:AT_MOST]
    )


def _why(review: Review) -> str:
    """The rule first, then what was measured."""
    return " ".join((f"Review after session {review.after_session}.", review.why, *review.because))


def _paused(on: date) -> tuple[WorkRow, ...]:
    """Paused courses whose day to be asked about has come."""
    rows = Due.objects.filter(kind="resume", on__lte=on, met_at__isnull=True, course__stage=Stage.PAUSED.value)
    return tuple(
        WorkRow(
            d.course.patient_id,
            d.course.patient.name,
            d.course_id,
            d.course.condition,
            "paused: resume, or stop?",
            d.on,
        )
        for d in rows.select_related("course__patient").order_by("on")[:AT_MOST]
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
