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
from enthesis.clinic.snapshot import grounds, keep_library, snapshot_of
from enthesis.knowledge import BadInput, parse_site
from enthesis.pathway import Move, move_of_screening
from enthesis.registry.models import Course, ScreeningRecord
from enthesis.screening import (
    Action,
    ChartItem,
    Screening,
    facts_from,
    parse_answers,
    questions,
    rules,
    screen,
    screening_as_json,
)


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
    return _kept(by, record, on=on, as_of=as_of, answers=answers, site=site or record.site)[1]


def judge_and_keep(
    by: Actor,
    record: Course,
    *,
    on: date,
    as_of: date,
    answers: Mapping[str, object],
    site: str,
    reason: str,
    last: ScreeningRecord,
) -> ScreeningRecord:
    """Judge again with the answers of an earlier screening. For use inside an act.

    A clinician's decision stands on where the new judgment rests on the very same grounds; else it must be made anew.
    """
    return _kept(by, record, on=on, as_of=as_of, answers=answers, site=site, reason=reason, last=last)[0]


def _kept(
    by: Actor,
    record: Course,
    *,
    on: date,
    as_of: date,
    answers: Mapping[str, object],
    site: str,
    reason: str = "",
    last: ScreeningRecord | None = None,
) -> tuple[ScreeningRecord, Screening]:
    items = items_of(record.patient)
    judged, answered = _judged(record, items, on, as_of, answers, site)
    judgment = screening_as_json(judged)
    kept = ScreeningRecord.objects.create(
        course=record,
        on=on,
        as_of=as_of,
        site=str(judged.site),
        decision=judged.decision.value,
        earliest=judged.earliest,
        library=judged.library,
        answers=answered,
        judgment=judgment,
        facts=snapshot_of(record.patient, items) | {"answered": _answered(answered, as_of, last)},
        **_decided(last, judgment),
        **frame(by.name, record.clinic_id, now(), None, reason),
    )
    if not kept.go_ahead:
        move(record, move_of_screening(kept.decision))
    leave_trace(
        by,
        "screened again" if last else "screened",
        clinic=record.clinic,
        patient=record.patient,
        about=kept.pk,
        after={"decision": kept.decision, "on": on, "site": kept.site, "library": kept.library}
        | ({"reason": reason, "go_ahead": kept.go_ahead} if last else {"answers": answered}),
    )
    return kept, judged


def _answered(answered: Mapping[str, Any], as_of: date, last: ScreeningRecord | None) -> dict[str, str]:
    """The day each answer was given: today, or the day it was given before."""
    if last is None:
        return dict.fromkeys(answered, as_of.isoformat())
    before = last.facts.get("answered", {})
    return {id: before.get(id, last.as_of.isoformat()) for id in answered}


def _decided(last: ScreeningRecord | None, judgment: Mapping[str, Any]) -> dict[str, Any]:
    """The clinician's go-ahead of the last judgment, when this one rests on the same grounds."""
    if last is None or not last.go_ahead or grounds(last.judgment) != grounds(judgment):
        return {}
    return {"decided_by": last.decided_by, "go_ahead": True, "decided_because": last.decided_because}


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
    record: Course, items: tuple[ChartItem, ...], on: date, as_of: date, answers: Mapping[str, object], site: str
) -> tuple[Screening, dict[str, Any]]:
    shelf, patient = library_of(record.clinic_id), record.patient
    said = parse_answers(answers, questions(rules(shelf)), as_of=as_of)
    facts = facts_from(items, answers=said, library=shelf, sex=patient.sex, born=patient.born)
    keep_library(shelf)
    judged = screen(facts, on=on, site=parse_site(site, shelf), as_of=as_of, library=shelf)
    return judged, {id: answer if isinstance(answer, bool) else str(answer) for id, answer in said.items()}
