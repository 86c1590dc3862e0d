"""Empties the outbox: a message is claimed, handed over, and marked, each step kept before the next begins.

A process killed between handing over and marking leaves the message claimed. Nobody can know whether it went: it is
handed over again with the same reference, by which mail systems and gateways know a second copy (decision 0012).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from enthesis.clinic.acting import leave_trace
from enthesis.clinic.messages.outbox import Local
from enthesis.clinic.messages.reaching import FAILING, note
from enthesis.clinic.messages.tokens import token_of
from enthesis.clinic.messages.transport import Channel, Later, Letter, Refused, Transports
from enthesis.clinic.messages.words import words
from enthesis.clinic.permissions import Actor
from enthesis.registry.models import Message

WAITING, SENDING, SENT, FAILED, DROPPED = "waiting", "sending", "sent", "failed", "dropped"
ATTEMPTS = 6
FIRST_WAIT = timedelta(minutes=5)  # doubled each time: five hours in all


@dataclass
class Counted:
    """What became of the outbox."""

    sent: int = 0
    refused: int = 0
    later: int = 0
    dropped: int = 0


def take_up_interrupted(clinic: int) -> int:
    """What a killed process had claimed goes back into the outbox; only one process empties it at a time."""
    rows = Message.objects.filter(clinic_id=clinic, state=SENDING)
    return rows.update(state=WAITING, interrupted=F("interrupted") + 1)


def empty_outbox(here: Local, transports: Transports, *, by: Actor) -> Counted:
    """Hand over everything of one clinic that may go now."""
    counted = Counted()
    for id in list(_ready(here)):
        message = _claimed(id)
        if message is not None:
            _handed_over(message, here, transports, counted, by)
    return counted


def _ready(here: Local) -> Iterator[UUID]:
    if here.send_from != here.at:
        return  # quiet hours: what became due in them waits as well
    rows = Message.objects.filter(clinic_id=here.settings.clinic_id, state=WAITING, send_from__lte=here.at)
    yield from rows.order_by("send_from", "pk").values_list("pk", flat=True)


def _claimed(id: UUID) -> Message | None:
    """The message, if nobody else has taken it up."""
    if not Message.objects.filter(pk=id, state=WAITING).update(state=SENDING, attempts=F("attempts") + 1):
        return None
    return Message.objects.select_related("course__patient", "due", "clinic").get(pk=id)


def _handed_over(message: Message, here: Local, transports: Transports, counted: Counted, by: Actor) -> None:
    if message.due.met_at is not None or message.due.dropped or message.due.closes < here.today:
        counted.dropped += 1
        _mark(message, DROPPED)
        return
    try:
        transports[Channel(message.channel)].send(_letter(message, here))
    except Refused as error:
        counted.refused += 1
        _refused(message, str(error), by)
    except Later as error:
        counted.later += 1
        _wait(message, str(error), here.at)
    else:
        counted.sent += 1
        with transaction.atomic():
            _mark(message, SENT, sent_at=here.at)
            leave_trace(by, "sent a message", clinic=message.clinic, patient=message.course.patient, about=message.pk)


def _letter(message: Message, here: Local) -> Letter:
    person, settings, channel = message.course.patient, here.settings, Channel(message.channel)
    link = f"{settings.address.rstrip('/')}/p/{token_of(message.pk)}/"
    said = words(
        channel=channel,
        language=person.language,
        signed=settings.signed,
        link=link,
        stop=f"{link}stop/",
        reminder=message.step > 0,
    )
    to = person.email if channel is Channel.EMAIL else person.phone
    return Letter(to, said.subject, said.text, str(message.pk), f"{link}stop/")


def _refused(message: Message, why: str, by: Actor) -> None:
    with transaction.atomic():
        _mark(message, FAILED, failure=why)
        note(by, message.course.patient, Channel(message.channel), FAILING, why)
        leave_trace(by, "could not reach", clinic=message.clinic, patient=message.course.patient, about=message.pk)


def _wait(message: Message, why: str, at: datetime) -> None:
    if message.attempts >= ATTEMPTS:
        _mark(message, FAILED, failure=why)
    else:
        _mark(message, WAITING, failure=why, send_from=at + FIRST_WAIT * 2 ** (message.attempts - 1))


def _mark(message: Message, state: str, **more: object) -> None:
    Message.objects.filter(pk=message.pk).update(state=state, **more)
