"""One patient's own scores on one instrument in one course, for drawing."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace
from enthesis.clinic.correcting import current
from enthesis.clinic.permissions import Actor, May
from enthesis.registry.models import Session, SurveyResponse


@dataclass(frozen=True)
class Scores:
    """Answers in order of day, each with its wave and its score (None where it could not be scored)."""

    answers: tuple[tuple[date, str, float | None], ...]
    injections: tuple[date, ...]


@act
def read_scores(*, by: Actor, course: UUID | str, instrument: str) -> Scores:
    """The standing answers, and the days of the course on which something was injected."""
    record = course_of(by, course, May.SEE)
    leave_trace(
        by,
        "read a curve",
        clinic=record.clinic,
        patient=record.patient,
        about=record.pk,
        after={"instrument": instrument},
    )
    answers = current(SurveyResponse.objects.filter(course=record, instrument=instrument)).order_by("on", "recorded_at")
    injected = current(Session.objects.filter(course=record, steps__step="inject")).order_by("on").distinct()
    return Scores(tuple(answers.values_list("on", "wave", "score")), tuple(injected.values_list("on", flat=True)))
