"""Opening a course, and deciding whether it goes on."""

from datetime import date
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace, now, patient_of
from enthesis.clinic.correcting import frame
from enthesis.clinic.dues import meet_kind
from enthesis.clinic.library import library
from enthesis.clinic.moving import move
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput, parse_site
from enthesis.pathway import ItemKind, Move, Stage, protocols_for
from enthesis.registry.models import Course, Decision

DECISIONS = {
    "go-on": Move.GO_ON,
    "stop": Move.STOP,
    "break-off": Move.BREAK_OFF,
    "close": Move.CLOSE,
    "withdraw": Move.WITHDRAW,
}


@act
def open_course(
    *, by: Actor, patient: UUID | str, condition: str, treatment: str, site: str, protocol: str = ""
) -> Course:
    """Open a course for a patient: one condition, one treatment by one protocol, at one site to begin with."""
    person = patient_of(by, patient, May.PLAN)
    shelf = library()
    chosen = _protocol(treatment, condition, protocol)
    target = parse_site(site, shelf)
    course = Course.objects.create(
        patient=person,
        condition=condition,
        treatment=treatment,
        protocol=chosen,
        site=str(target),
        stage=Stage.ENROLLED.value,
        **frame(by.name, person.clinic_id, now(), None, ""),
    )
    leave_trace(
        by,
        "opened a course",
        clinic=person.clinic,
        patient=person,
        about=course.pk,
        after={"condition": condition, "treatment": treatment, "protocol": chosen, "site": str(target)},
    )
    return course


@act
def decide_course(*, by: Actor, course: UUID | str, decided: str, on: date, why: str) -> Decision:
    """Go on to another session, break a visit off, stop treating and follow up, close, or record a withdrawal."""
    record = course_of(by, course, May.DECIDE, lock=True)
    if decided not in DECISIONS:
        raise BadInput(f"decided: {decided!r} is not a decision; there are: {', '.join(DECISIONS)}")
    if not why.strip():
        raise BadInput("why: say why, so that the next reader understands the decision")
    stage = record.stage
    move(record, DECISIONS[decided])
    meet_kind(record, ItemKind.REVIEW)
    made = Decision.objects.create(
        course=record,
        decided=decided,
        on=on,
        why=why.strip()[:1000],
        **frame(by.name, record.clinic_id, now(), None, ""),
    )
    leave_trace(
        by,
        "decided on a course",
        clinic=record.clinic,
        patient=record.patient,
        about=record.pk,
        before={"stage": stage},
        after={"stage": record.stage, "decided": decided, "why": made.why},
    )
    return made


def _protocol(treatment: str, condition: str, asked: str) -> str:
    """The protocol asked for, or the first choice of the pair. Raises BadInput naming those there are."""
    found = [entry.id for entry in protocols_for(library(), treatment=treatment, condition=condition)]
    if not found:
        raise BadInput(f"condition: there is no protocol of {treatment!r} for {condition!r}")
    if asked and asked not in found:
        raise BadInput(
            f"protocol: there is no protocol {asked!r} of {treatment} for {condition}; there are: {', '.join(found)}"
        )
    return asked or found[0]
