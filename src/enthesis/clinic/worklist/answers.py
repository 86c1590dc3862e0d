"""Who has not answered, whom to call, whom a message did not reach, and how many answered at each wave."""

from datetime import date, timedelta

from django.db.models import Count, Q

from enthesis.clinic.acting import now
from enthesis.clinic.deaths import of_the_dead
from enthesis.clinic.messages.calling import calls_waiting
from enthesis.clinic.messages.outgoing import FAILED
from enthesis.clinic.rows import NotReached, Responses, WorkRow
from enthesis.clinic.worklist.lines import AT_MOST, lines_of
from enthesis.pathway import CALL_FROM, FINISHED, ItemKind
from enthesis.registry.models import AlertMessage, Due, Message

BASELINE = "wave-baseline"
SHOWN = timedelta(days=14)  # for how long a message that did not arrive is shown


def overdue(on: date) -> tuple[WorkRow, ...]:
    """Surveys whose day has passed and whose window is open; those on the call list stand there."""
    rows = Due.objects.filter(kind=ItemKind.WAVE.value, met_at__isnull=True, dropped=False, on__lt=on, closes__gte=on)
    rows = rows.exclude(course__stage__in=FINISHED).exclude(of_the_dead())
    asked = Q(key__startswith=BASELINE) | Q(
        course__first_injection_on__isnull=False, on__gt=on - timedelta(days=CALL_FROM)
    )
    return lines_of(rows.filter(asked).select_related("course__patient").order_by("on", "course_id")[:AT_MOST])


def to_call(on: date) -> tuple[WorkRow, ...]:
    """Whom a person calls today, those whose time ends soonest first."""
    rows = calls_waiting(on).select_related("course__patient")[:AT_MOST]
    return lines_of(rows)


def not_reached() -> tuple[NotReached, ...]:
    """Messages given up in the last two weeks, those to colleagues first: an alert may hang on them."""
    since = now() - SHOWN
    failed = AlertMessage.objects.filter(state=FAILED, made_at__gte=since).select_related("user").order_by("-made_at")
    staff = [NotReached(one.user.name, None, one.failure, one.made_at) for one in failed[:AT_MOST]]
    lost = Message.objects.filter(state=FAILED, made_at__gte=since).select_related("course__patient")
    return (
        *staff,
        *(
            NotReached(one.course.patient.name, one.course.patient_id, one.failure, one.made_at)
            for one in lost.order_by("-made_at")[:AT_MOST]
        ),
    )


def responses(on: date) -> tuple[Responses, ...]:
    """How many of those whose day has come answered, by clinic and wave in the order of the waves."""
    asked = Due.objects.filter(
        kind=ItemKind.WAVE.value, dropped=False, on__lte=on, course__first_injection_on__isnull=False
    )
    rows = asked.values_list("clinic__name", "key").annotate(
        asked=Count("pk"),
        answered=Count("pk", filter=Q(met_at__isnull=False)),
        still_open=Count("pk", filter=Q(met_at__isnull=True, closes__gte=on)),
    )
    found = [Responses(clinic, key.removeprefix("wave-"), *counts) for clinic, key, *counts in rows]
    return tuple(sorted(found, key=lambda row: (row.clinic, wave_order(row.wave))))


def wave_order(wave: str) -> tuple[int, int]:
    """Baselines, weeks, months."""
    first, _, rest = wave.partition("-")
    if first == "baseline":
        return 0, int(rest or 0)
    return ("weeks", "months").index(rest) + 1, int(first)
