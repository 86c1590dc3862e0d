"""`enthesis course decide, switch, goal, block, imaging, red-flags`: how a course goes on, and what it rests on."""

from typing import TYPE_CHECKING, Annotated

import typer

from enthesis.cli.core import today
from enthesis.cli.given import a_date
from enthesis.cli.registry import Clinic

if TYPE_CHECKING:
    from enthesis.clinic.permissions import Actor

Id = Annotated[str, typer.Argument(help="The course's id.")]
Why = Annotated[str, typer.Option(help="Why, for the next reader.")]
On = Annotated[str | None, typer.Option(help="The day; today if left out.")]
Corrects = Annotated[str | None, typer.Option(help="The record this corrects.")]
Reason = Annotated[str, typer.Option(help="Why it is corrected or changed.")]
Note = Annotated[str, typer.Option(help="What does not fit elsewhere.")]


def _by(clinic: str) -> "Actor":
    from enthesis.cli.database import clinic_and_operator

    return clinic_and_operator(clinic)[1]


def decide(
    course: Id,
    decided: Annotated[str, typer.Argument(help="go-on, pause, resume, stop, break-off, close or withdraw.")],
    why: Why,
    on: On = None,
    until: Annotated[str | None, typer.Option(help="For a pause: the day on which it is asked about again.")] = None,
    reviewed: Annotated[bool, typer.Option("--reviewed", help="A review was due, and you looked again.")] = False,
    clinic: Clinic = "",
) -> None:
    """Go on, pause, resume, or stop. A review that is due must be looked at before the course goes on."""
    by = _by(clinic)
    from enthesis.clinic.deciding import decide_course

    made = decide_course(
        by=by,
        course=course,
        decided=decided,
        on=a_date("on", on, default=today()),
        why=why,
        until=a_date("until", until) if until else None,
        reviewed=reviewed,
    )
    print(made.decided)


def switch(
    course: Id,
    treatment: Annotated[str, typer.Option()],
    why: Why,
    protocol: Annotated[str, typer.Option()] = "",
    site: Annotated[str, typer.Option()] = "",
    on: On = None,
    clinic: Clinic = "",
) -> None:
    """Stop this course and open another for the same condition; prints the new course's id."""
    by = _by(clinic)
    from enthesis.clinic.switch import switch_treatment

    day = a_date("on", on, default=today())
    new = switch_treatment(by=by, course=course, treatment=treatment, protocol=protocol, site=site, on=day, why=why)
    print(new.pk)


def goal(
    course: Id,
    goal: Annotated[str, typer.Argument(help="less-pain, function, before-operation or other.")],
    says: Annotated[str, typer.Option(help="In the patient's words.")] = "",
    operation: Annotated[str, typer.Option(help="For an interim step: which operation.")] = "",
    operation_on: Annotated[str | None, typer.Option(help="Its day, if it is known.")] = None,
    reason: Reason = "",
    clinic: Clinic = "",
) -> None:
    """Set what a course is to reach."""
    by = _by(clinic)
    from enthesis.clinic.goals import GOALS, set_goal

    day = a_date("operation-on", operation_on) if operation_on else None
    kept = set_goal(by=by, course=course, goal=goal, says=says, operation=operation, operation_on=day, reason=reason)
    print(GOALS[kept.goal])


def block(
    course: Id,
    site: Annotated[str, typer.Option(help="One joint, with level and side.")],
    drug: Annotated[str, typer.Option(help="The local anaesthetic.")],
    relief: Annotated[str, typer.Option(help="Relief in percent, 0 to 100.")],
    on: On = None,
    note: Note = "",
    corrects: Corrects = None,
    reason: Reason = "",
    clinic: Clinic = "",
) -> None:
    """Record a diagnostic block; prints its id."""
    found: dict[str, object] = {"site": site, "drug": drug, "relief_percent": relief, "note": note}
    _record(clinic, course, "block", on, found, corrects, reason)


def imaging(
    course: Id,
    image: Annotated[str, typer.Option(help="x-ray, ct, mri, bone scan, ultrasound or other.")],
    finding: Annotated[str, typer.Option(help="What it showed.")],
    on: On = None,
    note: Note = "",
    corrects: Corrects = None,
    reason: Reason = "",
    clinic: Clinic = "",
) -> None:
    """Record an image; prints its id."""
    _record(clinic, course, "imaging", on, {"image": image, "finding": finding, "note": note}, corrects, reason)


def red_flags(
    course: Id, on: On = None, note: Note = "", corrects: Corrects = None, reason: Reason = "", clinic: Clinic = ""
) -> None:
    """Record that red flags were looked for and excluded; prints its id."""
    _record(clinic, course, "red-flags", on, {"excluded": True, "note": note}, corrects, reason)


def _record(
    clinic: str, course: str, kind: str, on: str | None, found: dict[str, object], corrects: str | None, reason: str
) -> None:
    by = _by(clinic)
    from enthesis.clinic.workup import record_workup

    day = a_date("on", on, default=today())
    kept = record_workup(
        by=by, course=course, kind=kind, on=day, today=today(), details=found, corrects=corrects, reason=reason
    )
    print(kept.pk)
