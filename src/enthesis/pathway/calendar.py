"""The plan as an iCalendar file (RFC 5545) that a phone takes in.

All events last whole days, so that no time zone can move them. Titles are neutral and no name of a patient is in the
file; details, which the patient may choose not to share, stand in the descriptions. An event keeps its identifier when
the plan is made anew, so that taking the file in again moves the event instead of doubling it.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import groupby

from icalendar import Alarm, Calendar, Event

from enthesis.knowledge import BadInput
from enthesis.pathway.items import Item, ItemKind, Say, english, plan_items
from enthesis.pathway.planned import Plan

PRODUCT = "-//Enthesis//Course plan//EN"
REMINDERS = {  # days before an event on which the phone speaks up; ours, a patient can change them
    ItemKind.WASHOUT_STOP: (7, 1),
    ItemKind.SESSION: (1,),
    ItemKind.WAVE: (0,),
}
Reminders = Mapping[ItemKind, tuple[int, ...]]


def plan_as_ics(
    plan: Plan, *, uid_prefix: str, now: datetime, reminders: Reminders = REMINDERS, say: Say = english
) -> bytes:
    """The plan as an iCalendar file, made at the moment `now`.

    `uid_prefix` tells courses apart and must hold no name: letters, digits and hyphens. `reminders` gives, for each
    kind of item, how many days before it an alarm goes off; `say` gives another
    language. Raises BadInput for a prefix or a time of no use.
    """
    _check(uid_prefix, now, reminders)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", say("Clinic plan"))
    for items in _events(plan, say):
        calendar.add_component(_event(items, uid_prefix, now, reminders.get(items[0].kind, ()), say))
    return bytes(calendar.to_ical())


def _check(uid_prefix: str, now: datetime, reminders: Reminders) -> None:
    if not re.fullmatch(r"[A-Za-z0-9-]{4,64}", uid_prefix):
        raise BadInput("uid_prefix: 4 to 64 letters, digits or hyphens were expected, and no name")
    if now.tzinfo is None:
        raise BadInput("now: a moment with its time zone was expected")
    if any(day < 0 for days in reminders.values() for day in days):
        raise BadInput("reminders: days before an event are counted from 0, not less")


def _events(plan: Plan, say: Say) -> Iterator[list[Item]]:
    """Each item by itself, save the diary days of one session: they become one event that repeats."""
    for _, items in groupby(sorted(plan_items(plan, say=say), key=_event_key), key=_event_key):
        yield list(items)


def _event_key(item: Item) -> str:
    return item.key.rpartition("-")[0] if item.kind is ItemKind.DIARY else item.key


def _event(items: list[Item], uid_prefix: str, now: datetime, days_before: tuple[int, ...], say: Say) -> Event:
    first = items[0]
    event = Event()
    event.add("uid", f"{uid_prefix}-{_event_key(first)}@enthesis")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", first.on)
    event.add("dtend", first.on + timedelta(days=1))
    if len(items) > 1:
        event.add("rrule", {"freq": "daily", "count": len(items)})
    event.add("summary", first.title)
    event.add("description", _description(first, len(items), say))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    for days in days_before:
        event.add_component(_alarm(first.title, days))
    return event


def _description(item: Item, repeats: int, say: Say) -> str:
    """What it is about, and until when, where there is a window."""
    if repeats > 1:
        return say("A short question each day about how you are.")
    if item.opens == item.closes:
        return item.detail
    window = say("From {first} to {last}.", first=item.opens.isoformat(), last=item.closes.isoformat())
    return f"{item.detail} {window}"


def _alarm(title: str, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(days=-days))
    return alarm
