"""The weekly question: on how many of the last seven days what was agreed was done. It judges nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django_scopes import scope

from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.alongside import WEEK, standing_plan
from enthesis.clinic.correcting import frame, to_correct
from enthesis.clinic.dues import meet
from enthesis.clinic.errors import NotFound, OutOfOrder
from enthesis.clinic.links import open_link, spend, still_asked
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput
from enthesis.registry.models import AgreedPlan, CheckIn, Course, Due

FORM = "check-in"
MODES = ("by phone", "in clinic")  # how staff may have heard a week's answer


@dataclass(frozen=True)
class Asked:
    """What the page of a weekly link needs: no name, no chart."""

    clinic: str
    clinic_phone: str
    simulated: bool
    language: str
    lines: tuple[Mapping[str, str], ...]


@act
def record_check_in(
    *, by: Actor, course: UUID | str, key: str, on: date, days: Mapping[str, int], note: str = "", mode: str
) -> CheckIn:
    """Keep a week's answer for the check-in that is due under `key`. Raises BadInput for days outside 0 to 7.

    Raises OutOfOrder when it was answered, or another plan has taken its place; NotFound when nothing was agreed.
    """
    record = course_of(by, course, May.REPORT, lock=True)
    plan = standing_plan(record)
    if plan is None:
        raise NotFound("nothing was agreed yet, so there is nothing to ask about")
    if not Due.objects.filter(course=record, key=key, met_at__isnull=True, dropped=False).exists():
        raise OutOfOrder("this week was answered already, or is no longer asked about")
    _check(days, plan)
    columns = frame(by.name, record.clinic_id, now(), None, "")
    week = int(key.rpartition("-")[2])
    kept = CheckIn.objects.create(
        course=record, plan=plan, week=week, on=on, days=dict(days), note=note.strip()[:500], mode=mode, **columns
    )
    meet(record, key)
    leave_trace(
        by, "answered a weekly check-in", clinic=record.clinic, patient=record.patient, about=kept.pk, after=dict(days)
    )
    return kept


@act
def correct_check_in(
    *, by: Actor, course: UUID | str, corrects: UUID | str, days: Mapping[str, int], note: str, reason: str
) -> CheckIn:
    """Another answer in place of one on record, which stays readable. It keeps its week, its plan, its day and how it was told.

    Raises BadInput without a reason or for days outside 0 to 7, NotFound for another course's record, OutOfOrder for an old one.
    """
    record = course_of(by, course, May.REPORT, lock=True)
    old = to_correct(CheckIn, corrects, reason)
    if old is None or old.course_id != record.pk:
        raise NotFound("there is no such weekly answer in this course")
    _check(days, old.plan)
    columns = frame(by.name, record.clinic_id, now(), old, reason)
    kept = CheckIn.objects.create(
        course=record, plan=old.plan, week=old.week, on=old.on, days=dict(days), note=note.strip()[:500],
        mode=old.mode, **columns,
    )  # fmt: skip
    leave_trace(
        by, "corrected a weekly check-in", clinic=record.clinic, patient=record.patient, about=kept.pk,
        before=old.days | {"note": old.note}, after=dict(days) | {"note": kept.note},
    )  # fmt: skip
    return kept


def _check(days: Mapping[str, int], plan: AgreedPlan) -> None:
    """Every line of the plan with a number of days. Raises BadInput."""
    there = [line["id"] for line in plan.lines]
    if sorted(days) != sorted(there) or any(not 0 <= count <= WEEK for count in days.values()):
        raise BadInput(f"days: a number from 0 to {WEEK} was expected for each of {', '.join(there)}")


def asked_by_link(token: str) -> Asked:
    """What a link asks about; looking does not use it up. Raises LinkSpent or NotFound."""
    link = open_link(token)
    still_asked(link)
    with scope(clinic=[link.clinic_id]):
        lines = _lines(link.course)
    return Asked(link.clinic.name, link.clinic.phone, link.clinic.simulated, link.course.patient.language, lines)


@transaction.atomic
def answer_check_in(*, token: str, days: Mapping[str, int], note: str, today: date) -> None:
    """A patient's answer through a link, which is then used up. Raises LinkSpent, OutOfOrder or BadInput."""
    link = open_link(token)
    still_asked(link)
    record_check_in(
        by=Actor.of_link(link), course=link.course_id, key=link.about["key"], on=today, days=days, note=note,
        mode="private link",
    )  # fmt: skip
    spend(link)


def _lines(course: Course) -> tuple[Mapping[str, str], ...]:
    plan = standing_plan(course)
    if plan is None:
        raise NotFound("nothing was agreed yet, so there is nothing to ask about")
    return tuple(plan.lines)
