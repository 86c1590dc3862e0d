"""For how long the diary is asked: a week, and a second one for those who have not settled."""

from collections.abc import Sequence
from datetime import timedelta

from enthesis.clinic.dues import promise_also
from enthesis.clinic.library import library
from enthesis.knowledge import parse_site
from enthesis.pathway import Item, ItemKind
from enthesis.recovery import Urgency, Watch, diary_days, most_urgent
from enthesis.registry.models import Alert, DiaryEntry, Due, Session

TITLE = "Daily clinic question"  # neutral, as in the plan: it may show on a locked phone


def settle_length(visit: Session, by: str, told: Sequence[DiaryEntry]) -> None:
    """Promise the second week when the newest day is not as expected; take it back when the first week ends well.

    `told` are the session's reports, the newest last. A second week that has begun runs to its end: one good day within
    it is not yet calm.
    """
    newest = told[-1]
    week, asked = max(_asked(visit, Urgency.EXPECTED)), _asked(visit, _gravest_of(told, newest.day))
    if max(asked) > week:
        promise_also(visit.course, [_item(visit, day) for day in asked if day > max(week, newest.day)], by)
    elif newest.day <= week:
        second = [_key(visit, day) for day in _asked(visit, Urgency.WATCH) if day > week]
        Due.objects.filter(course=visit.course, key__in=second, met_at__isnull=True).update(dropped=True)


def _gravest_of(told: Sequence[DiaryEntry], day: int) -> Urgency:
    """The gravest of all that stands for a day: each of its reports, and what days told later have shown of them."""
    reports = [one for one in told if one.day == day]
    shown = Alert.objects.filter(entry__in=[one.pk for one in reports]).values_list("urgency", flat=True)
    return most_urgent(*(Urgency(one) for one in (*(one.urgency for one in reports), *shown)))


def _asked(visit: Session, urgency: Urgency) -> range:
    """The days asked for after a session whose last report was this urgent."""
    return diary_days(parse_site(visit.course.site, library()), library=library(), last=Watch(urgency))


def _item(visit: Session, day: int) -> Item:
    on = visit.on + timedelta(days=day)
    detail = f"Day {day} after session {visit.number}."
    return Item(ItemKind.DIARY, _key(visit, day), on, on, on, TITLE, detail)


def _key(visit: Session, day: int) -> str:
    return f"diary-{visit.number}-{day}"
