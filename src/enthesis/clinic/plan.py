"""The dated plan of a course."""

from datetime import date
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.answered import meet_answered
from enthesis.clinic.correcting import current, frame
from enthesis.clinic.dues import promise
from enthesis.clinic.errors import NotFound, OutOfOrder
from enthesis.clinic.library import library_of
from enthesis.clinic.moving import move
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.rescreen import DAY_MOVED, fresh
from enthesis.clinic.screen import latest_screening, may_go_on
from enthesis.pathway import Move, Plan, Stage, plan, plan_as_json, washouts_of
from enthesis.registry.models import Course, PlanRecord, Session

PLANNED = (Stage.PLANNED, Stage.MIXED)  # the day of a planned session may still move


def plan_course(*, by: Actor, course: UUID | str, start: date, today: date) -> Plan:
    """Date the whole course from its next session. Refused while the screening does not allow it.

    When a planned session moves, its new day is judged first, in an act of its own: the new judgment is kept even
    where it forbids the day.
    """
    _screened_for(by=by, course=course, start=start, today=today)
    return _planned(by=by, course=course, start=start, today=today)


@act
def _screened_for(*, by: Actor, course: UUID | str, start: date, today: date) -> None:
    """When the day moves, the judgment of the new day."""
    record = course_of(by, course, May.PLAN, lock=True)
    if record.stage in PLANNED and (last := latest_screening(record)).on != start:
        fresh(by, record, start, today, DAY_MOVED, last)


@act
def _planned(*, by: Actor, course: UUID | str, start: date, today: date) -> Plan:
    record = course_of(by, course, May.PLAN, lock=True)
    judged = latest_screening(record)
    if not may_go_on(judged):
        raise OutOfOrder(_not_yet(judged.decision))
    if judged.on != start:
        raise OutOfOrder(
            f"the screening was for {judged.on.isoformat()}: screen for {start.isoformat()} before planning it"
        )
    moved = record.stage in PLANNED and latest_plan(record).start != start
    made = dated(record, start, today)
    promise(record, made, by.name)
    meet_answered(record)
    PlanRecord.objects.create(
        course=record,
        start=start,
        library=library_of(record.clinic_id).fingerprint,
        plan=plan_as_json(made),
        **frame(by.name, record.clinic_id, now(), None, ""),
    )
    if not moved:
        move(record, Move.PLAN)
    verb = "moved the plan" if moved else "planned"
    leave_trace(by, verb, clinic=record.clinic, patient=record.patient, about=record.pk, after={"start": start})
    return made


def latest_plan(course: Course) -> PlanRecord:
    """The newest plan of a course. Raises NotFound before the first."""
    found = current(PlanRecord.objects.filter(course=course)).order_by("-recorded_at").first()
    if found is None:
        raise NotFound("this course has no plan yet")
    return found


def dated(record: Course, start: date, today: date | None) -> Plan:
    """The plan from a day on, for use inside an act.

    The clock of the waves starts at the first injection and never starts again; a visit broken off before it is none.
    """
    shelf = library_of(record.clinic_id)
    given = current(Session.objects.filter(course=record, on__lt=start)).order_by("on").values_list("on", flat=True)
    return plan(
        treatment=record.treatment,
        condition=record.condition,
        protocol=record.protocol,
        start=start,
        washouts=washouts_of(shelf),
        given=tuple(given),
        first=record.first_injection_on or start,
        today=today,
        library=shelf,
    )


def _not_yet(decision: str) -> str:
    if decision == "ask":
        return "the screening says ask: a clinician must decide before the course is planned"
    return f"the screening says {decision}: the course cannot be planned for this day"


@act
def read_plan(*, by: Actor, course: UUID | str) -> Plan:
    """The plan of a course, dated as it was when it was made. Raises NotFound before the first."""
    record = course_of(by, course, May.SEE)
    made = latest_plan(record)
    leave_trace(by, "read a plan", clinic=record.clinic, patient=record.patient, about=record.pk)
    return dated(record, made.start, made.recorded_at.date())
