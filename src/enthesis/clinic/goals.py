"""What a course is to reach, such as an interim step before an operation; changed with a reason, never overwritten."""

from datetime import date
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.correcting import current, frame
from enthesis.clinic.errors import OutOfOrder
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.steps import text
from enthesis.knowledge import BadInput
from enthesis.pathway import FINISHED, Stage
from enthesis.registry.models import CourseGoal

GOALS = {
    "less-pain": "Less pain",
    "function": "To do something again",
    "before-operation": "An interim step before an operation",
    "other": "Something else",
}


@act
def set_goal(
    *,
    by: Actor,
    course: UUID | str,
    goal: str,
    says: str = "",
    operation: str = "",
    operation_on: date | None = None,
    reason: str = "",
) -> CourseGoal:
    """Record what a course is to reach. An interim step names its operation; a later change needs a reason.

    No source was read on whether injections replace or delay an operation: a goal is a wish, and promises nothing.
    """
    record = course_of(by, course, May.PLAN, lock=True)
    if Stage(record.stage) in FINISHED:
        raise OutOfOrder(f"the course is {record.stage}: its goal stays what it was")
    columns = _checked(goal, says, operation, operation_on)
    old = current(CourseGoal.objects.filter(course=record)).first()
    if old is not None and not reason.strip():
        raise BadInput("reason: say why the goal changes; the old one stays readable")
    kept = CourseGoal.objects.create(course=record, **columns, **frame(by.name, record.clinic_id, now(), old, reason))
    leave_trace(
        by,
        "set the goal" if old is None else "changed the goal",
        clinic=record.clinic,
        patient=record.patient,
        about=kept.pk,
        before={name: getattr(old, name) for name in columns} if old else None,
        after=columns | {"reason": kept.reason},
    )
    return kept


def _checked(goal: str, says: str, operation: str, operation_on: date | None) -> dict[str, object]:
    if goal not in GOALS:
        raise BadInput(f"goal: {goal!r} is not a goal; there are: {', '.join(GOALS)}")
    said, named = text({"says": says}, "says", 1000), text({"operation": operation}, "operation", 200)
    if goal == "before-operation" and not named:
        raise BadInput("operation: say which operation the course is an interim step before")
    if goal != "before-operation" and (named or operation_on):
        raise BadInput(
            "operation: an operation belongs to an interim step before one; choose that goal, or leave it out"
        )
    if goal == "other" and not said:
        raise BadInput("says: say what the course is to reach")
    return {"goal": goal, "says": said, "operation": named, "operation_on": operation_on}
