"""Courses that wait for a clinician: asked about, turned by a new judgment, due for review, or paused until today."""

from datetime import date

from django.db.models import Q

from enthesis.clinic.rescreen import AGAIN
from enthesis.clinic.reviewing import reviews_of
from enthesis.clinic.rows import WorkRow
from enthesis.clinic.worklist.lines import AT_MOST, line
from enthesis.pathway import Review, Stage
from enthesis.registry.models import Course, Due, ScreeningRecord


def to_decide(on: date) -> tuple[WorkRow, ...]:
    """Every course that waits for a decision, for whatever reason."""
    asked = (
        ScreeningRecord.objects.filter(
            Q(go_ahead__isnull=True), decision="ask", corrected_by__isnull=True, course__stage=Stage.ASKED.value
        )
        .select_related("course__patient")
        .order_by("course_id", "-recorded_at")
    )
    newest = {row.course_id: row for row in reversed(asked[:AT_MOST])}
    return (
        *(line(r.course, "the screening asks", r.on) for r in newest.values()),
        *_turned(on),
        *_to_review(on),
        *_paused(on),
    )


def _to_review(on: date) -> tuple[WorkRow, ...]:
    """Courses between two sessions with a review that waits since today or longer."""
    courses = {c.pk: c for c in Course.objects.filter(stage=Stage.RECOVERING.value).select_related("patient")}
    due = ((courses[id], reviews[0]) for id, reviews in reviews_of(courses.values()).items())
    waiting = sorted(((c, review) for c, review in due if review.on <= on), key=lambda pair: pair[1].on)
    return tuple(line(c, "go on or stop?", review.on, _why(review)) for c, review in waiting[:AT_MOST])


def _why(review: Review) -> str:
    """The rule first, then what was measured."""
    return " ".join((f"Review after session {review.after_session}.", review.why, *review.because))


def _paused(on: date) -> tuple[WorkRow, ...]:
    """Paused courses whose day to be asked about has come."""
    rows = Due.objects.filter(kind="resume", on__lte=on, met_at__isnull=True, course__stage=Stage.PAUSED.value)
    return tuple(
        line(d.course, "paused: resume, or stop?", d.on)
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
    return tuple(line(r.course, f"screened again, the judgment is now {r.decision}", r.on) for r in newest.values())
