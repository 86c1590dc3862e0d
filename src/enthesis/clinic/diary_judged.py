"""One day of the diary judged with everything known: the days before, the hours, the pain before, and what else was treated.

Somebody treated at knee and back on one day has a course and a diary for each. A fever told in the diary of the knee is
judged for the back too: what is said of the whole body may come from any place of the last two weeks.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from enthesis.clinic.alerts import raise_more
from enthesis.clinic.correcting import current
from enthesis.clinic.keeping import standing_steps
from enthesis.clinic.library import library
from enthesis.knowledge import parse_site
from enthesis.recovery import PAIN, Watch, judge, of_the_body, together
from enthesis.registry.models import DiaryEntry, Session, SessionStep

LATELY = timedelta(days=14)  # the longest diary


def told_of(visit: Session) -> list[DiaryEntry]:
    """Every report of a session that stands, by day and the moment it was told. For use inside an act."""
    return list(current(DiaryEntry.objects.filter(session=visit)).order_by("day", "recorded_at"))


def judged(
    visit: Session,
    day: int,
    answers: Mapping[str, Any],
    *,
    at: datetime,
    told: Sequence[DiaryEntry],
    but: UUID | None = None,
) -> Watch:
    """The judgment of one report as told at a moment, beside all that was `told` of the session.

    `but` is the entry itself, or the one it corrects.
    """
    steps = standing_steps(visit)
    here = judge(
        answers,
        site=parse_site(visit.course.site, library()),
        day=day,
        hours_since=_hours_since(visit, steps.get("inject"), day, at),
        earlier=_earlier(told, day, but),
        before=_pain_before(steps.get("assess")),
        library=library(),
    )
    return together(*_elsewhere(visit, day, answers, at), here)


def _elsewhere(visit: Session, day: int, answers: Mapping[str, Any], at: datetime) -> Iterator[Watch]:
    """What was said of the whole body, judged for each other course's injection of the last two weeks."""
    on, body = visit.on + timedelta(days=day), of_the_body(answers, library=library())
    others = current(Session.objects.filter(course__patient=visit.course.patient_id, on__range=(on - LATELY, on)))
    for other in others.exclude(course=visit.course_id).select_related("course").order_by("on", "recorded_at"):
        step, days = standing_steps(other).get("inject"), (on - other.on).days
        if step is None:
            continue
        site, hours = parse_site(other.course.site, library()), _hours_since(other, step, days, at)
        watch = judge(body, site=site, day=days, hours_since=hours, library=library())
        told = (replace(one, because=f"injection at {site.title}, {one.because}") for one in watch.findings)
        yield replace(watch, findings=tuple(told), unanswered=())


def told_with(told: Sequence[DiaryEntry], entry: DiaryEntry) -> list[DiaryEntry]:
    """What stands once an entry is kept: it comes in the place of the one it corrects."""
    others = [one for one in told if one.pk != entry.corrects_id]
    return sorted([*others, entry], key=lambda one: (one.day, one.recorded_at))


def judge_later_days(visit: Session, day: int, told: Sequence[DiaryEntry]) -> None:
    """A day told late may show that pain rose since: later days are judged once more, and only ever graver."""
    for entry in (one for one in told if one.day > day):
        watch = judged(visit, entry.day, entry.answers, at=entry.recorded_at, told=told, but=entry.pk)
        raise_more(entry, watch, f"seen beside day {day}, told later")


def _hours_since(visit: Session, step: SessionStep | None, day: int, at: datetime) -> float | None:
    """Hours since the injection was recorded, for a report of that moment; a numb arm after one hour is not one after ten.

    Not known for a report about an earlier day, or where the session was written down on another day than it took place.
    """
    first = step and (step.corrects or step)
    if first is None or (at.date() - visit.on).days != day or first.recorded_at.date() != visit.on:
        return None
    return round(max(0.0, (at - first.recorded_at).total_seconds() / 3600), 1)


def _earlier(told: Sequence[DiaryEntry], day: int, but: UUID | None) -> tuple[Any, ...]:
    """Reports of the days before, and other reports of the same day: what was said in the morning still counts."""
    return tuple((row.day, row.answers) for row in told if row.day <= day and row.pk != but)


def _pain_before(step: SessionStep | None) -> float | None:
    """The pain marked when the session was assessed, 0 to 10."""
    return step.details.get(PAIN) if step else None
