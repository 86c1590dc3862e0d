"""The clock of a course: follow-up counts from the day of the first injection, the diary from the day of its session.

A plan dates both from the day that was planned. Where the visit came on another day, what it promised moves with it.
"""

from datetime import date, timedelta

from django.db.models import QuerySet

from enthesis.clinic.library import library
from enthesis.pathway import ItemKind, schedules
from enthesis.registry.models import Course, Due, Session

DATES = ("on", "opens", "closes")


def start_clock(course: Course, on: date) -> None:
    """The clock of all follow-up runs from the first injection, for everyone who got one, and never restarts."""
    if course.first_injection_on is not None:
        return
    course.first_injection_on = on
    course.save(update_fields=["first_injection_on"])
    waves = {f"wave-{wave.id}": wave for entry in schedules(library()) for wave in entry.body.waves}
    moved = []
    for due in _waiting(course, ItemKind.WAVE):
        wave = waves.get(due.key)
        if wave is not None and wave.closes_day > 0:  # a baseline is over once the needle was in
            days = (on + timedelta(days=day) for day in (wave.due_day, wave.opens_day, wave.closes_day))
            moved += _moved(due, *days)
    Due.objects.bulk_update(moved, DATES)


def start_diary(visit: Session) -> None:
    """The days of a session's diary count from the day on which it was given."""
    first = f"diary-{visit.number}-"
    moved = []
    for due in _waiting(visit.course, ItemKind.DIARY).filter(key__startswith=first):
        day = visit.on + timedelta(days=int(due.key.removeprefix(first)))
        moved += _moved(due, day, day, day)
    Due.objects.bulk_update(moved, DATES)


def _moved(due: Due, on: date, opens: date, closes: date) -> list[Due]:
    """The promise with its new days, to be saved; none where it is for these days already, as nearly always."""
    if (due.on, due.opens, due.closes) == (on, opens, closes):
        return []
    due.on, due.opens, due.closes = on, opens, closes
    return [due]


def _waiting(course: Course, kind: ItemKind) -> QuerySet[Due]:
    return Due.objects.filter(course=course, kind=kind.value, met_at__isnull=True, dropped=False)
