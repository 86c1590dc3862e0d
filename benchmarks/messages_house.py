"""Simulated clinics in four time zones with many people treated, and what each of them must be sent, worked out apart.

Whoever answers, stops or has an address that does not exist is decided by their number alone, so that a killed run and
the check afterwards agree. Everybody here is invented.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from enthesis.cli.database import set_up
from enthesis.knowledge import Library
from enthesis.pathway import Item, ItemKind, plan, plan_items

ZONES = ("UTC", "Europe/Madrid", "America/New_York", "Pacific/Auckland")
START, DAYS, COMING = date(2031, 1, 1), 730, 540  # two years of clock; people come during the first 540 days
QUIET = (time(20), time(8))
TREATMENT, CONDITION, SITE = "dextrose-prolotherapy", "knee-osteoarthritis", "knee:right"
ANSWERS, STOPS, GONE = 0.6, 0.02, 0.01  # of messages answered; of people who stop; of addresses that do not exist
ODDS = 2**32


def odds(what: str, *of: object) -> float:
    """A number from 0 to 1 that is always the same for the same question."""
    text = "|".join(map(str, (what, *of)))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / ODDS


def answers(key: str, number: int, step: int) -> bool:
    """Does this person answer this message?"""
    return odds("answers", key, number, step) < ANSWERS


def stops(number: int) -> bool:
    """Does this person want no more after the first survey?"""
    return odds("stops", number) < STOPS


def gone(number: int) -> bool:
    """Does this person's address not exist?"""
    return odds("gone", number) < GONE


def comes(number: int, coming: int) -> date:
    """The day of this person's session, within the first days of the clock."""
    return START + timedelta(days=int(odds("comes", number) * coming))


def address(number: int) -> str:
    """The address of a person."""
    return f"{'gone' if gone(number) else 'person'}{number}@home.test"


def number_of(written: str) -> int:
    """The person of an address."""
    return int("".join(letter for letter in written.partition("@")[0] if letter.isdigit()))


def build(people: int, coming: int = COMING) -> None:
    """The clinics, and everybody with one session and everything the plan promises after it."""
    set_up()
    from django_scopes import scopes_disabled

    from enthesis.registry.models import Clinic, MessageSettings

    for place, zone in enumerate(ZONES):
        clinic = Clinic.objects.create(slug=f"clinic-{place}", name=f"Clinic {place}", simulated=True)
        MessageSettings.objects.create(
            clinic=clinic,
            address="https://q.clinic.test",
            signed="Your clinic",
            zone=zone,
            quiet_from=QUIET[0],
            quiet_to=QUIET[1],
        )
    with scopes_disabled():
        clinics = list(Clinic.objects.order_by("slug"))
        for first in range(0, people, 500):
            _fill(clinics, range(first, min(first + 500, people)), coming)


def _fill(clinics: list[Any], numbers: range, coming: int) -> None:
    from django.db import transaction

    from enthesis.registry.models import Course, Due, Patient, RecipeRecord, Session

    rows = [row for number in numbers for row in _person(clinics[number % len(clinics)], number, coming)]
    with transaction.atomic():
        for model in (Patient, Course, RecipeRecord, Session, Due):
            model.objects.bulk_create(row for row in rows if isinstance(row, model))


def _person(clinic: Any, number: int, coming: int) -> Iterator[object]:
    from enthesis.clinic.dues import _due
    from enthesis.registry.models import Course, Patient, RecipeRecord, Session

    on = comes(number, coming)
    frame = {"clinic": clinic, "recorded_at": datetime.combine(on, time(12), tzinfo=UTC), "recorded_by": "simulation"}
    patient = Patient(
        id=uuid4(), clinic=clinic, key=f"sim|{number}", family=f"Person {number}", given="Invented", email=address(number),
        language="es" if number % 5 == 0 else "en", simulated=True, search=str(number), added_at=frame["recorded_at"],
    )  # fmt: skip
    course = Course(id=uuid4(), patient=patient, condition=CONDITION, treatment=TREATMENT, protocol="knee-rabago-2013",
                    site=SITE, stage="recovering", first_injection_on=on, **frame)  # fmt: skip
    recipe = RecipeRecord(id=uuid4(), course=course, request={}, mixture={}, library="simulation", **frame)
    yield from (patient, course, recipe, Session(course=course, recipe=recipe, number=1, on=on, **frame))
    for item in promised(on):
        yield _due(course, item, frame)


def promised(on: date) -> Iterator[Any]:
    """What is asked after one session on a day, by the plan the clinic itself would make."""
    for item in _plan(on):
        if item.kind is ItemKind.WAVE and not item.key.startswith("wave-baseline"):
            yield item
        if item.kind is ItemKind.DIARY and item.key.startswith("diary-1-"):
            yield item


@cache
def _plan(on: date) -> tuple[Item, ...]:
    return plan_items(plan(treatment=TREATMENT, condition=CONDITION, start=on, library=Library.shipped()))


def expected(people: int, until: date, coming: int = COMING) -> set[tuple[int, str, int]]:
    """Everybody's messages up to a local day, by person, due thing and step: written apart from the loop it judges.

    Nobody whose address does not exist is in it: they get nothing, and are written to on one day only.
    """
    found = set()
    for number in range(people):
        on = comes(number, coming)
        if not gone(number):
            found |= {(number, key, step) for key, step, day in _messages(number, on) if day <= until}
    return found


def _messages(number: int, on: date) -> Iterator[tuple[str, int, date]]:
    for item in promised(on):
        diary = item.key.startswith("diary")
        if stops(number) and not diary and item.key != "wave-2-weeks":
            continue
        for step in (0,) if diary else (0, 3, 7, 12):
            day = item.on + timedelta(days=step)
            if day > item.closes:
                break
            yield item.key, step, day
            if (stops(number) and not diary) or answers(item.key, number, step):
                break


def local_day(clinic: int, moment: datetime) -> tuple[date, time]:
    """Day and time of a moment at a clinic."""
    at = moment.astimezone(ZoneInfo(ZONES[clinic]))
    return at.date(), at.time()


def is_quiet(at: time) -> bool:
    """Does this local time fall in the quiet hours?"""
    return at >= QUIET[0] or at < QUIET[1]


def reference(written: str) -> UUID:
    """The message of a Message-ID."""
    return UUID(written.strip("<> ").partition("@")[0])
