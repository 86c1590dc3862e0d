"""Adverse events: reported with a grade, looked at again until they are closed, never forgotten and never rewritten."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace, now, session_of
from enthesis.clinic.correcting import frame
from enthesis.clinic.errors import NotFound, OutOfOrder
from enthesis.clinic.harm_rows import HarmRow, harm_rows
from enthesis.clinic.library import library_of
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.steps import text, whole
from enthesis.knowledge import BadInput
from enthesis.registry.models import AdverseEvent, AdverseEventNote, Clinic
from enthesis.safety import grading


@act
def report_event(
    *,
    by: Actor,
    course: UUID | str,
    on: date,
    today: date,
    details: Mapping[str, Any],
    session: UUID | str | None = None,
) -> UUID:
    """Report an adverse event. `details`: what, grade (1 to 5), serious (ids of what makes it so), outcome.

    Raises BadInput for a day to come, or a death that is neither grade 5 nor fatal.
    """
    record = course_of(by, course, May.GRADE)
    visit = session_of(by, session, May.GRADE) if session else None
    if visit is not None and visit.course_id != record.pk:
        raise NotFound("there is no such session in this course")
    if on > today:
        raise BadInput("on: this day has not come yet")
    what = text(details, "what", 500)
    if not what:
        raise BadInput("what: say what happened")
    graded = _graded(record.clinic_id, details)
    kept = AdverseEvent.objects.create(
        course=record, session=visit, on=on, what=what, **graded, **frame(by.name, record.clinic_id, now(), None, "")
    )
    leave_trace(
        by,
        "reported an adverse event",
        clinic=record.clinic,
        patient=record.patient,
        about=kept.pk,
        after={"on": on, "what": what, **graded},
    )
    return kept.pk  # type: ignore[no-any-return]  # a column of ids


@act
def follow_event(*, by: Actor, event: UUID | str, on: date, today: date, details: Mapping[str, Any]) -> None:
    """Keep a look at an adverse event: what was found, its grade and outcome now. An outcome that closes it ends it.

    Raises OutOfOrder once it is closed, BadInput for a day before the event or still to come.
    """
    kept = _event(event)
    by.check(May.GRADE, kept.clinic_id)
    [row] = harm_rows(pk=kept.pk)
    if row.closed:
        raise OutOfOrder("this adverse event is closed; report a new one if it has come back")
    if not kept.on <= on <= today:
        raise BadInput(f"on: a day from {kept.on.isoformat()}, when it happened, to today was expected")
    said = text(details, "text")
    if not said:
        raise BadInput("text: say what was found or done")
    graded = _graded(kept.clinic_id, details)
    AdverseEventNote.objects.create(
        event=kept, on=on, text=said, **graded, **frame(by.name, kept.clinic_id, now(), None, "")
    )
    leave_trace(
        by,
        "followed an adverse event",
        clinic=kept.clinic,
        patient=kept.course.patient,
        about=kept.pk,
        before={"grade": row.grade, "serious": row.serious, "outcome": row.outcome},
        after={"on": on, "text": said, **graded},
    )


@act
def read_events(*, by: Actor) -> tuple[HarmRow, ...]:
    """Every adverse event of the actor's clinics, what is open first, then the newest."""
    seen = [clinic for clinic in by.clinics if by.can(May.SEE, clinic)]
    for clinic in Clinic.objects.filter(pk__in=seen):
        leave_trace(by, "read the adverse events", clinic=clinic)
    return tuple(sorted(harm_rows(clinic__in=seen), key=lambda row: row.closed))


@act
def read_event(*, by: Actor, event: UUID | str) -> HarmRow:
    """One adverse event. Raises NotFound."""
    kept = _event(event)
    by.check(May.SEE, kept.clinic_id)
    leave_trace(by, "read an adverse event", clinic=kept.clinic, patient=kept.course.patient, about=kept.pk)
    [row] = harm_rows(pk=kept.pk)
    return row


def _event(id: UUID | str) -> AdverseEvent:
    try:
        return AdverseEvent.objects.select_related("course__patient", "clinic").get(pk=UUID(str(id)))  # type: ignore[no-any-return]
    except (AdverseEvent.DoesNotExist, ValueError) as error:
        raise NotFound("there is no such adverse event in your clinics") from error


def _graded(clinic: int, details: Mapping[str, Any]) -> dict[str, Any]:
    """Grade, seriousness and outcome, each from the published scale; a death is a death in all three."""
    scale = grading(library_of(clinic))
    grade = scale.grade(whole(details, "grade", 1, len(scale.grades)))
    serious = [one.id for one in scale.criteria(tuple(details.get("serious") or ()))]
    outcome = scale.outcome(str(details.get("outcome") or ""))
    if len({grade.name == "death", "death" in serious, outcome.id == "fatal"}) > 1:
        raise BadInput("grade: a death is grade 5, serious because of death, and fatal; the three do not agree")
    if grade.name == "life-threatening" and not serious:
        raise BadInput("serious: a life-threatening event is serious; mark why")
    return {"grade": grade.grade, "serious": serious, "outcome": outcome.id, "closed": outcome.closed}
