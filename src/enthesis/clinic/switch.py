"""Switching the treatment: the course that was is stopped and followed up, and a new one is opened that names it."""

from datetime import date
from uuid import UUID

from enthesis.clinic.acting import act, course_of, now
from enthesis.clinic.correcting import frame
from enthesis.clinic.courses import protocol_for
from enthesis.clinic.deciding import keep_decision, trace_decision
from enthesis.clinic.library import library
from enthesis.clinic.moving import move
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.reviewing import reviews_of
from enthesis.knowledge import BadInput, parse_site
from enthesis.pathway import Move, Stage
from enthesis.registry.models import Course


@act
def switch_treatment(
    *, by: Actor, course: UUID | str, treatment: str, on: date, why: str, protocol: str = "", site: str = ""
) -> Course:
    """Stop a course and open another for the same condition by another treatment or protocol; each names the other.

    The surveys of the old course go on: its outcome belongs to what was given in it. Returns the new course, which is
    screened like any other.
    """
    record = course_of(by, course, May.DECIDE, lock=True)
    by.check(May.PLAN, record.clinic_id)
    if not why.strip():
        raise BadInput("why: say why, so that the next reader understands the decision")
    chosen = protocol_for(treatment, record.condition, protocol)
    if (treatment, chosen) == (record.treatment, record.protocol):
        raise BadInput("treatment: this course is treated in that very way; choose another treatment or protocol")
    target = parse_site(site or record.site, library())
    before, due = record.stage, reviews_of([record]).get(record.pk, ())
    move(record, Move.SWITCH)
    made = keep_decision(by, record, "switch", on, why, due=due)
    new = Course.objects.create(
        patient=record.patient,
        condition=record.condition,
        treatment=treatment,
        protocol=chosen,
        site=str(target),
        stage=Stage.ENROLLED.value,
        switched_from=record,
        **frame(by.name, record.clinic_id, now(), None, ""),
    )
    trace_decision(by, record, made, before, opened=str(new.pk), treatment=treatment, protocol=chosen, site=str(target))
    return new
