"""Screening a patient for a day and a site, and the clinician's own decision where the rules ask for one."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.chart import items_of, keep_said
from enthesis.clinic.correcting import current, frame
from enthesis.clinic.errors import NotFound, OutOfOrder
from enthesis.clinic.library import library_of
from enthesis.clinic.moving import move
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput, parse_site
from enthesis.pathway import Move, move_of_screening
from enthesis.registry.models import Course, ScreeningRecord
from enthesis.screening import Action, Screening, facts_from, parse_answers, questions, rules, screen, screening_as_json


@act
def screen_course(
    *,
    by: Actor,
    course: UUID | str,
    on: date,
    as_of: date,
    answers: Mapping[str, object],
    site: str = "",
    said: str = "",
) -> Screening:
    """Judge the chart and the answers for an injection on a day; the judgment is kept as it was made.

    `said` is free text on medicines, allergies and illnesses; it joins the chart before the judgment.
    """
    record = course_of(by, course, May.SCREEN, lock=True)
    if said.strip():
        keep_said(by, record.patient, said, as_of)
    judged, answered = _judged(record, on, as_of, answers, site or record.site)
    kept = ScreeningRecord.objects.create(
        course=record,
        on=on,
        as_of=as_of,
        site=str(judged.site),
        decision=judged.decision.value,
        earliest=judged.earliest,
        library=judged.library,
        answers=answered,
        judgment=screening_as_json(judged),
        **frame(by.name, record.clinic_id, now(), None, ""),
    )
    move(record, move_of_screening(judged.decision.value))
    leave_trace(
        by,
        "screened",
        clinic=record.clinic,
        patient=record.patient,
        about=kept.pk,
        after={"decision": kept.decision, "on": on, "site": kept.site, "library": kept.library, "answers": answered},
    )
    return judged


@act
def decide_screening(*, by: Actor, course: UUID | str, go_ahead: bool, because: str) -> ScreeningRecord:
    """A clinician's decision on a judgment of *ask*. A refusal or a postponement cannot be overruled here."""
    record = course_of(by, course, May.DECIDE, lock=True)
    judged = latest_screening(record)
    if judged.decision != Action.ASK:
        raise OutOfOrder(f"the judgment is {judged.decision}: only a judgment of ask is decided by a clinician")
    if not because.strip():
        raise BadInput("because: say why, so that the next reader understands the decision")
    judged.decided_by, judged.go_ahead, judged.decided_because = by.name, go_ahead, because.strip()[:1000]
    judged.save(update_fields=["decided_by", "go_ahead", "decided_because"])
    move(record, Move.ALLOW if go_ahead else Move.DECLINE)
    leave_trace(
        by,
        "decided on a screening",
        clinic=record.clinic,
        patient=record.patient,
        about=judged.pk,
        before={"go_ahead": None},
        after={"go_ahead": go_ahead, "because": judged.decided_because},
    )
    return judged


def latest_screening(course: Course) -> ScreeningRecord:
    """The newest judgment of a course. Raises NotFound before the first."""
    found = current(ScreeningRecord.objects.filter(course=course)).order_by("-recorded_at").first()
    if found is None:
        raise NotFound("this course has not been screened yet")
    return found


def may_go_on(judged: ScreeningRecord) -> bool:
    """Clear and inform go on; ask goes on with a clinician's word; postpone and refuse do not."""
    if judged.decision == Action.ASK:
        return judged.go_ahead is True
    return judged.decision in (Action.CLEAR, Action.INFORM)


def _judged(
    record: Course, on: date, as_of: date, answers: Mapping[str, object], site: str
) -> tuple[Screening, dict[str, Any]]:
    shelf, patient = library_of(record.clinic_id), record.patient
    said = parse_answers(answers, questions(rules(shelf)), as_of=as_of)
    facts = facts_from(items_of(patient), answers=said, library=shelf, sex=patient.sex, born=patient.born)
    judged = screen(facts, on=on, site=parse_site(site, shelf), as_of=as_of, library=shelf)
    return judged, {id: answer if isinstance(answer, bool) else str(answer) for id, answer in said.items()}
