"""Empties the outbox of what goes to patients: outside quiet hours, and only what is still waited for."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from enthesis.clinic.acting import leave_trace
from enthesis.clinic.messages.outbox import Local, waited_for
from enthesis.clinic.messages.outgoing import DROPPED, FAILED, SENT, mark, ready, taken, wait
from enthesis.clinic.messages.reaching import FAILING, note
from enthesis.clinic.messages.tokens import token_of
from enthesis.clinic.messages.transport import Channel, Later, Letter, Refused, Transports
from enthesis.clinic.messages.words import words
from enthesis.clinic.permissions import Actor
from enthesis.registry.models import Message

FIRST_WAIT = timedelta(minutes=5)  # doubled each time: five hours in all


@dataclass
class Counted:
    """What became of the outbox."""

    sent: int = 0
    refused: int = 0
    later: int = 0
    dropped: int = 0


def empty_outbox(here: Local, transports: Transports, *, by: Actor) -> Counted:
    """Hand over everything of one clinic that may go now."""
    counted = Counted()
    if here.send_from != here.at:
        return counted  # quiet hours: what became due in them waits as well
    ids = list(ready(Message, here.settings.clinic_id, here.at, transports))
    wanted = Q(Exists(waited_for(here).filter(pk=OuterRef("due"))))
    for message in taken(Message, ids, "course__patient", "clinic", wanted=wanted):
        _handed_over(message, here, transports, counted, by)
    return counted


def _handed_over(message: Message, here: Local, transports: Transports, counted: Counted, by: Actor) -> None:
    if message.state == DROPPED:  # answered, replaced or closed since it was put in the outbox
        counted.dropped += 1
        return
    try:
        transports[Channel(message.channel)].send(_letter(message, here))
    except Refused as error:
        counted.refused += 1
        _refused(message, str(error), by)
    except Later as error:
        counted.later += 1
        wait(message, str(error), here.at, FIRST_WAIT)
    else:
        counted.sent += 1
        with transaction.atomic():
            mark(message, SENT, sent_at=here.at)
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
        mark(message, FAILED, failure=why)
        note(by, message.course.patient, Channel(message.channel), FAILING, why)
        leave_trace(by, "could not reach", clinic=message.clinic, patient=message.course.patient, about=message.pk)
