"""The session's four steps: assess and mark, anaesthetise, inject, observe. None can be skipped.

Each can be corrected until the session is signed (signing.py). The time-out (time_out.py) stands before the first needle.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, course_of, now, session_of
from enthesis.clinic.clock import start_clock, start_diary
from enthesis.clinic.consent import must_stand
from enthesis.clinic.correcting import current, frame
from enthesis.clinic.dues import meet
from enthesis.clinic.errors import OutOfOrder
from enthesis.clinic.keeping import keep_step, must_be_timed_out, standing_steps
from enthesis.clinic.library import library
from enthesis.clinic.lots import lot_key
from enthesis.clinic.moving import move
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.planned import check_covered
from enthesis.clinic.recipe import latest_recipe, strengths_of
from enthesis.clinic.rescreen import SESSION_TODAY, fresh
from enthesis.clinic.screen import latest_screening, may_go_on
from enthesis.clinic.session_dose import within_dose
from enthesis.clinic.skin import anaesthesia, skin_vial
from enthesis.clinic.steps import assessment, injections, observation
from enthesis.clinic.time_out import SKIN, chosen_vial, keep_lots
from enthesis.knowledge import BadInput, parse_site
from enthesis.pathway import Move, Stage
from enthesis.registry.models import Injection, Session, SessionStep, Vial

NONE = Decimal(0)
MOVES = {"assess": Move.ASSESS, "anaesthetise": Move.ANAESTHETISE, "inject": Move.INJECT, "observe": Move.OBSERVE}


def assess(*, by: Actor, course: UUID | str, on: date, details: Mapping[str, Any]) -> Session:
    """Begin a session: the targets are assessed and marked. The screening must be for this very day.

    It is judged again as of that day first, in an act of its own: a new judgment is kept even where it stops the session.
    """
    _screened_today(by=by, course=course, on=on)
    return _begin(by=by, course=course, on=on, details=details)


@act
def _screened_today(*, by: Actor, course: UUID | str, on: date) -> None:
    """The judgment of the day itself, once everything else is ready."""
    record = course_of(by, course, May.TREAT, lock=True)
    if record.stage == Stage.MIXED and (last := latest_screening(record)).on == on:
        fresh(by, record, on, on, SESSION_TODAY, last)


@act
def _begin(*, by: Actor, course: UUID | str, on: date, details: Mapping[str, Any]) -> Session:
    record = course_of(by, course, May.TREAT, lock=True)
    judged = latest_screening(record)
    if judged.on != on:
        raise OutOfOrder(f"this course was not screened for {on.isoformat()}: screen again before the session begins")
    if not may_go_on(judged):
        raise OutOfOrder(f"the screening for {on.isoformat()} says {judged.decision}: the session cannot begin")
    must_stand(record)
    move(record, MOVES["assess"])
    session = Session.objects.create(
        course=record,
        recipe=latest_recipe(record),
        on=on,
        number=current(Session.objects.filter(course=record)).count() + 1,
        **frame(by.name, record.clinic_id, now(), None, ""),
    )
    meet(record, f"visit-{session.number}")
    keep_step(by, session, "assess", _marked_near(assessment(details), judged.site), None, "")
    return session


@act
def correct_assessment(
    *, by: Actor, session: UUID | str, details: Mapping[str, Any], corrects: UUID | str, reason: str
) -> SessionStep:
    """Correct an assessment; the old one is kept."""
    visit = session_of(by, session, May.TREAT)
    marked = _marked_near(assessment(details), latest_screening(visit.course).site)
    return keep_step(by, visit, "assess", marked, corrects, reason)


def _marked_near(details: dict[str, Any], judged: str) -> dict[str, Any]:
    """Only what the screening speaks for is marked; its rules and warning signs were never asked of anything else."""
    shelf = library()
    check_covered((parse_site(one, shelf) for one in details["marked"]), parse_site(judged, shelf), field="marked")
    return details


@act
def anaesthetise(
    *, by: Actor, session: UUID | str, details: Mapping[str, Any], corrects: UUID | str | None = None, reason: str = ""
) -> SessionStep:
    """Record the local anaesthetic put into the skin with its lot, or that none was."""
    visit = session_of(by, session, May.TREAT, lock=True)
    steps = standing_steps(visit)
    numbed = within_dose(visit, anaesthesia(details), steps)
    _in_turn(visit, steps, "anaesthetise", corrects)
    vial = _skin_vial(by, visit, numbed, details)
    told = {"lot": vial.lot, "expires_on": vial.expires_on.isoformat()} if vial else {}
    step = keep_step(by, visit, "anaesthetise", numbed | told, corrects, reason)
    if vial:
        keep_lots(by, visit, SKIN, [vial], step=step)
    return step


@act
def inject(
    *,
    by: Actor,
    session: UUID | str,
    given: Sequence[Mapping[str, Any]],
    corrects: UUID | str | None = None,
    reason: str = "",
) -> SessionStep:
    """Record every needle placement: site, volume, guidance, needle and lot."""
    visit = session_of(by, session, May.TREAT, lock=True)
    placed = injections(visit, given)
    steps = standing_steps(visit)
    _in_turn(visit, steps, "inject", corrects)
    step = keep_injections(by, visit, placed, corrects, reason, steps=steps)
    start_clock(visit.course, visit.on)
    start_diary(visit)
    return step


def keep_injections(
    by: Actor,
    visit: Session,
    placed: Sequence[Mapping[str, Any]],
    corrects: UUID | str | None,
    reason: str,
    *,
    steps: Mapping[str, SessionStep],
) -> SessionStep:
    """Keep checked needle placements with what the syringe held. For use inside an act. Raises BadInput over the limit."""
    rows = [{**one, "volume_ml": str(one["volume_ml"])} for one in placed]
    details = within_dose(visit, {"injections": rows}, steps)
    step = keep_step(by, visit, "inject", details, corrects, reason)
    strengths = strengths_of(visit.recipe)
    Injection.objects.bulk_create(
        Injection(
            session=visit,
            step=step,
            lot_key=lot_key(one["lot"]),
            **one,
            strengths={name: str(percent) for name, percent in strengths.items()},
            dextrose_percent=strengths.get("dextrose", NONE),
            lidocaine_percent=strengths.get("lidocaine", NONE),
            **frame(by.name, visit.clinic_id, step.recorded_at, None, ""),
        )
        for one in placed
    )
    return step


@act
def observe(
    *, by: Actor, session: UUID | str, details: Mapping[str, Any], corrects: UUID | str | None = None, reason: str = ""
) -> SessionStep:
    """Record the watch after the injection, and that the patient was fit to leave."""
    visit = session_of(by, session, May.TREAT, lock=True)
    watched = observation(details)
    _in_turn(visit, standing_steps(visit), "observe", corrects)
    if corrects is None:
        move(visit.course, Move.SEND_HOME)
    return keep_step(by, visit, "observe", watched, corrects, reason)


def _in_turn(visit: Session, steps: Mapping[str, SessionStep], step: str, corrects: UUID | str | None) -> None:
    """A new step moves the course; a correction does not. Every needle waits for the time-out and a consent that stands."""
    if corrects is None:
        must_be_timed_out(steps)
        if step != "observe":
            must_stand(visit.course)
        newest = current(Session.objects.filter(course_id=visit.course_id)).order_by("-number")
        if newest.values_list("pk", flat=True).first() != visit.pk:
            raise OutOfOrder("this session is over: a later one has begun")
        move(visit.course, MOVES[step])


def _skin_vial(by: Actor, visit: Session, numbed: Mapping[str, Any], details: Mapping[str, Any]) -> Vial | None:
    """The vial of the skin's anaesthetic; it must be known whenever any was given."""
    what = skin_vial(numbed)
    if not what:
        return None
    if not details.get("vial"):
        raise BadInput("vial: the lot of the local anaesthetic was expected")
    return chosen_vial(by, visit, what, details["vial"])
