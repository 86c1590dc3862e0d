"""One day of the diary judged with everything known of the course: the days before, the hours, the pain before."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from enthesis.clinic.alerts import raise_more
from enthesis.clinic.correcting import current
from enthesis.clinic.keeping import standing_steps
from enthesis.clinic.library import library
from enthesis.knowledge import parse_site
from enthesis.recovery import PAIN, Watch, judge
from enthesis.registry.models import DiaryEntry, Session, SessionStep


def judged(visit: Session, day: int, answers: Mapping[str, Any], *, at: datetime, but: UUID | None = None) -> Watch:
    """The judgment of one report as told at a moment; `but` is the entry itself, or the one it corrects."""
    steps = standing_steps(visit)
    return judge(
        answers,
        site=parse_site(visit.course.site, library()),
        day=day,
        hours_since=_hours_since(visit, steps.get("inject"), day, at),
        earlier=_earlier(visit, day, but),
        before=_pain_before(steps.get("assess")),
        library=library(),
    )


def judge_later_days(visit: Session, day: int) -> None:
    """A day told late may show that pain rose since: later days are judged once more, and only ever graver."""
    later = current(DiaryEntry.objects.filter(session=visit, day__gt=day)).order_by("day", "recorded_at")
    for entry in later:
        watch = judged(visit, entry.day, entry.answers, at=entry.recorded_at, but=entry.pk)
        raise_more(entry, watch, f"seen beside day {day}, told later")


def _hours_since(visit: Session, step: SessionStep | None, day: int, at: datetime) -> float | None:
    """Hours since the injection was recorded, for a report of that moment; a numb arm after one hour is not one after ten.

    Not known for a report about an earlier day, or where the session was written down on another day than it took place.
    """
    first = step and (step.corrects or step)
    if first is None or (at.date() - visit.on).days != day or first.recorded_at.date() != visit.on:
        return None
    return round(max(0.0, (at - first.recorded_at).total_seconds() / 3600), 1)


def _earlier(visit: Session, day: int, but: UUID | None) -> tuple[Any, ...]:
    """Reports of the days before, and other reports of the same day: what was said in the morning still counts."""
    rows = current(DiaryEntry.objects.filter(session=visit, day__lte=day)).order_by("day")
    return tuple((row.day, row.answers) for row in rows if row.pk != but)


def _pain_before(step: SessionStep | None) -> float | None:
    """The pain marked when the session was assessed, 0 to 10."""
    return step.details.get(PAIN) if step else None
