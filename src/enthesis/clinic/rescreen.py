"""Judging again without being asked: before each session, when its day moves, and every night for the days ahead.

Answers are carried over from the last screening with the day they were given; an answer that is missing stays unknown.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace
from enthesis.clinic.chart import items_of
from enthesis.clinic.correcting import current
from enthesis.clinic.errors import NotFound
from enthesis.clinic.library import library_of
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.screen import judge_and_keep, latest_screening
from enthesis.clinic.snapshot import grounds, snapshot_of
from enthesis.knowledge import BadInput
from enthesis.pathway import Stage
from enthesis.registry.models import Clinic, Course, ScreeningRecord
from enthesis.screening import When

SESSION_TODAY, DAY_MOVED, DAYS_AHEAD = "before the session", "the day moved", "the days ahead"
AGAIN = (SESSION_TODAY, DAY_MOVED, DAYS_AHEAD)
WAITING = (Stage.SCREENED, Stage.ASKED, Stage.PLANNED, Stage.MIXED)


@dataclass(frozen=True)
class Changed:
    """A judgment of the coming days that is another one as of today, or could not be made."""

    course: UUID
    on: date
    before: str
    now: str


@act
def screen_again(*, by: Actor, course: UUID | str, on: date, as_of: date, reason: str, may: May) -> ScreeningRecord:
    """The judgment of a course for a day, as of a day, from the chart and the latest answers; kept if it is new.

    Nothing is made when the same day, chart, answers and library have been judged already. Raises NotFound when the
    course was never screened: then there are no answers.
    """
    return fresh(by, course_of(by, course, may, lock=True), on, as_of, reason)


@act
def rescreen_coming(*, by: Actor, clinic: int, today: date, days: int = 7) -> tuple[Changed, ...]:
    """Judge every session of the coming days again as of today; those whose judgment changed. What a nightly job runs."""
    by.check(May.SCREEN, clinic)
    if not 0 <= days <= 366:
        raise BadInput("days: a number from 0 to 366 was expected")
    waiting = current(Course.objects.filter(clinic=clinic, stage__in=[stage.value for stage in WAITING]))
    ahead = (_again(by, record, today, days) for record in waiting.select_related("patient", "clinic").order_by("pk"))
    changed = tuple(one for one in ahead if one)
    leave_trace(
        by,
        "screened the days ahead",
        clinic=Clinic.objects.get(pk=clinic),
        after={"days": days, "changed": len(changed)},
    )
    return changed


def to_confirm(judged: ScreeningRecord, on: date) -> tuple[str, ...]:
    """Answers given before a day that may have changed since: yes, no, never and now. Dates stay what they are."""
    loose = [id for id, said in judged.answers.items() if isinstance(said, bool) or said in set(When)]
    return tuple(id for id in sorted(loose) if judged.facts.get("answered", {}).get(id, "") < on.isoformat())


def fresh(
    by: Actor, record: Course, on: date, as_of: date, reason: str, last: ScreeningRecord | None = None
) -> ScreeningRecord:
    """The same as `screen_again`, inside an act that holds the course and may have read its `last` judgment."""
    last = last or latest_screening(record)
    if (last.on, last.as_of, last.library) == (on, as_of, library_of(record.clinic_id).fingerprint) and (
        _chart(last.facts) == _chart(snapshot_of(record.patient, items_of(record.patient)))
    ):
        return last
    return judge_and_keep(
        by, record, on=on, as_of=as_of, answers=last.answers, site=last.site, reason=reason, last=last
    )


def _again(by: Actor, record: Course, today: date, days: int) -> Changed | None:
    try:
        last = latest_screening(record)
    except NotFound:
        return None
    if not today <= last.on <= today + timedelta(days=days):
        return None
    try:
        judged = fresh(by, record, last.on, today, DAYS_AHEAD, last)
    except BadInput as error:  # one chart that cannot be judged must not hide the others
        return Changed(record.pk, last.on, last.decision, f"cannot be judged: {error}")
    if grounds(judged.judgment) == grounds(last.judgment):
        return None
    return Changed(record.pk, last.on, last.decision, judged.decision)


def _chart(facts: dict[str, Any]) -> object:
    return facts.get("items"), facts.get("sex"), facts.get("born")
