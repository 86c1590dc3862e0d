"""The plan alongside: what a patient agreed to do, asked about once a week, and other treatments of the same time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.correcting import current, frame
from enthesis.clinic.dues import promise_also
from enthesis.clinic.errors import NotFound, OutOfOrder
from enthesis.clinic.library import library_of
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput, Entry
from enthesis.pathway import FINISHED, Alongside, Item, ItemKind, Stage, alongside
from enthesis.registry.models import AgreedPlan, CheckIn, CoTreatment, Course, Due

MOST_WEEKS = 26
WEEK = 7  # days


@dataclass(frozen=True)
class Agreed:
    """The plan that stands: each line with the words of that day and the patient's own goal for it."""

    id: UUID
    on: date
    weeks: int
    lines: tuple[Mapping[str, str], ...]
    by: str
    at: datetime


@dataclass(frozen=True)
class Week:
    """One weekly answer: days of the last seven on which each line of its plan was done; `reason` where it was corrected."""

    id: UUID
    week: int
    on: date
    days: Mapping[str, int]
    note: str
    lines: tuple[Mapping[str, str], ...]
    reason: str = ""


@dataclass(frozen=True)
class Unanswered:
    """A week that was asked about by a day and not answered yet."""

    key: str
    on: date

    @property
    def week(self) -> int:
        """Which week of the plan."""
        return int(self.key.rpartition("-")[2])


@dataclass(frozen=True)
class Other:
    """Another treatment; `until` is None while it goes on."""

    id: UUID
    kind: str
    name: str
    since: date
    until: date | None


@dataclass(frozen=True)
class AlongsidePage:
    """Everything about one course that goes on beside its sessions."""

    entry: Entry[Alongside] | None
    agreed: Agreed | None
    weeks: tuple[Week, ...]
    others: tuple[Other, ...]
    unanswered: tuple[Unanswered, ...] = ()


@act
def read_alongside(*, by: Actor, course: UUID | str) -> AlongsidePage:
    """The plan, its weekly answers, and other treatments."""
    record = course_of(by, course, May.SEE)
    leave_trace(by, "read the plan alongside", clinic=record.clinic, patient=record.patient, about=record.pk)
    plan = standing_plan(record)
    entry = alongside(library_of(record.clinic_id), record.condition)
    return AlongsidePage(entry, _agreed(plan), _weeks(record), _others(record), _unanswered(record))


@act
def agree_plan(
    *, by: Actor, course: UUID | str, on: date, goals: Mapping[str, str], weeks: int = 6, reason: str = ""
) -> Agreed:
    """Keep what the patient agreed to: the ids of lines with the patient's own goal for each; asked about each week.

    A later plan takes the place of the first and needs a reason. Raises BadInput for a line the entry does not have.
    """
    record = course_of(by, course, May.PLAN, lock=True)
    if Stage(record.stage) in FINISHED:
        raise OutOfOrder(f"the course is {record.stage}: nothing new is agreed")
    entry, shelf = alongside(library_of(record.clinic_id), record.condition), library_of(record.clinic_id)
    if entry is None:
        raise NotFound("there is no plan of exercise and daily life for this condition")
    lines, old = _lines(entry, goals), standing_plan(record)
    if not 0 <= weeks <= MOST_WEEKS:
        raise BadInput(f"weeks: a number from 0 to {MOST_WEEKS} was expected")
    if old is not None and not reason.strip():
        raise BadInput("reason: say why the plan changes; the old one stays readable")
    columns = frame(by.name, record.clinic_id, now(), old, reason)
    kept = AgreedPlan.objects.create(
        course=record, entry=entry.id, library=shelf.fingerprint, on=on, lines=lines, weeks=weeks, **columns
    )
    _ask_weekly(record, kept, by.name)
    after = {"lines": [line["id"] for line in lines], "weeks": weeks}
    leave_trace(by, "agreed a plan alongside", clinic=record.clinic, patient=record.patient, about=kept.pk, after=after)
    return Agreed(kept.pk, on, weeks, tuple(lines), kept.recorded_by, kept.recorded_at)


def _lines(entry: Entry[Alongside], goals: Mapping[str, str]) -> list[dict[str, str]]:
    strange = sorted(id for id in goals if entry.body.line(id) is None)
    if strange or not goals:
        there = ", ".join(line.id for line in entry.body.lines)
        raise BadInput(f"goals: at least one of these lines was expected: {there}")
    return [
        {"id": line.id, "about": line.about.value, "text": line.text, "goal": goals[line.id].strip()[:300]}
        for line in entry.body.lines
        if line.id in goals
    ]


def _ask_weekly(course: Course, plan: AgreedPlan, by: str) -> None:
    """One question a week; what an earlier plan would still have asked is dropped."""
    waiting = Due.objects.filter(course=course, kind=ItemKind.CHECK_IN.value, met_at__isnull=True)
    waiting.update(dropped=True)
    began = AgreedPlan.objects.filter(course=course).count()
    promise_also(course, [_item(plan, began, week) for week in range(1, plan.weeks + 1)], by)


def _item(plan: AgreedPlan, number: int, week: int) -> Item:
    on = plan.on + timedelta(days=WEEK * week)
    key, closes = f"check-in-{number}-{week}", on + timedelta(days=WEEK - 1)
    return Item(ItemKind.CHECK_IN, key, on, on, closes, "Weekly clinic question", f"Week {week} of what was agreed.")


def standing_plan(course: Course) -> AgreedPlan | None:
    """The plan that stands. For use inside an act."""
    return current(AgreedPlan.objects.filter(course=course)).first()


def _agreed(plan: AgreedPlan | None) -> Agreed | None:
    if plan is None:
        return None
    return Agreed(plan.pk, plan.on, plan.weeks, tuple(plan.lines), plan.recorded_by, plan.recorded_at)


def _weeks(course: Course) -> tuple[Week, ...]:
    rows = current(CheckIn.objects.filter(course=course)).select_related("plan").order_by("on", "recorded_at")
    return tuple(Week(row.pk, row.week, row.on, row.days, row.note, tuple(row.plan.lines), row.reason) for row in rows)


def _others(course: Course) -> tuple[Other, ...]:
    rows = current(CoTreatment.objects.filter(course=course)).order_by("started_on", "recorded_at")
    return tuple(Other(row.pk, row.kind, row.name, row.started_on, row.ended_on) for row in rows)


def _unanswered(course: Course) -> tuple[Unanswered, ...]:
    rows = Due.objects.filter(course=course, kind=ItemKind.CHECK_IN.value, met_at__isnull=True, dropped=False)
    return tuple(Unanswered(key, on) for key, on in rows.order_by("on").values_list("key", "on") if on <= now().date())
