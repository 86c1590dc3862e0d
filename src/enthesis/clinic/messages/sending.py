"""Empties the outbox of what goes to patients: outside quiet hours, and only what is still waited for."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from enthesis.clinic.acting import leave_trace
from enthesis.clinic.messages.claiming import DROPPED
from enthesis.clinic.messages.outbox import Local, waited_for
from enthesis.clinic.messages.outgoing import FAILED, SENT, Counted, give_back, mark, ready, taken, wait
from enthesis.clinic.messages.pace import UNHURRIED, Pace
from enthesis.clinic.messages.reaching import FAILING, note
from enthesis.clinic.messages.tokens import token_of
from enthesis.clinic.messages.transport import Away, Channel, Later, Letter, Lost, Refused, Transports
from enthesis.clinic.messages.words import words
from enthesis.clinic.permissions import Actor
from enthesis.pathway import ItemKind
from enthesis.registry.models import Due, Message

FIRST_WAIT = timedelta(minutes=5)  # doubled each time, up to outgoing.LONGEST


def empty_outbox(here: Local, transports: Transports, *, by: Actor, pace: Pace = UNHURRIED) -> Counted:
    """Hand over everything of one clinic that may go now, one channel after the other, until its time is over."""
    counted = Counted()
    if here.send_from != here.at:
        return counted  # quiet hours: what became due in them waits as well
    for channel in tuple(transports):
        ids = list(ready(Message, here.settings.clinic_id, here.at, [channel]))
        for message in taken(Message, ids, "course__patient", "clinic", wanted=_wanted(here), pace=pace):
            if not _handed_over(message, here, transports, counted, by):
                break
            counted.more |= pace.over
    return counted


def _wanted(here: Local) -> Q:
    """Still waited for, no later message about the same, and no message of today that leads here.

    Whoever was away for a week is written to once. Of the surveys of two courses one is written about on a day, and
    its end goes on to the other (`clinic/private.py`).
    """
    newer = Message.objects.filter(due=OuterRef("due"), channel=OuterRef("channel"), step__gt=OuterRef("step"))
    wave = Due.objects.filter(pk=OuterRef("due"), kind=ItemKind.WAVE.value)
    leads_here = Message.objects.filter(
        Exists(waited_for(here).filter(pk=OuterRef("due"))),
        course__patient__courses=OuterRef("course"),
        channel=OuterRef("channel"),
        state=SENT,
        sent_at__gte=here.midnight,
        due__kind=ItemKind.WAVE.value,
    ).exclude(due=OuterRef("due"))
    waited = Exists(waited_for(here).filter(pk=OuterRef("due")))
    return Q(waited, ~Exists(newer)) & ~Q(Exists(wave), Exists(leads_here))


def _handed_over(message: Message, here: Local, transports: Transports, counted: Counted, by: Actor) -> bool:
    """Whether others may go by this channel in this round."""
    if message.state == DROPPED:  # answered, replaced or closed since it was put in the outbox
        counted.dropped += 1
        return True
    channel = Channel(message.channel)
    try:
        transports[channel].send(_letter(message, here))
    except Refused as error:
        counted.refused += 1
        _refused(message, str(error), by)
    except Later as error:
        counted.later += 1
        wait(message, str(error), here.at, FIRST_WAIT)
        return not isinstance(error, Lost)
    except Away as error:
        counted.later += 1
        counted.away[channel.value] = str(error)
        give_back(message, str(error))
        return False
    else:
        counted.sent += 1
        with transaction.atomic():
            mark(message, SENT, sent_at=here.at)
            leave_trace(by, "sent a message", clinic=message.clinic, patient=message.course.patient, about=message.pk)
    return True


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
        phone=message.clinic.phone,
    )
    to = person.email if channel is Channel.EMAIL else person.phone
    return Letter(to, said.subject, said.text, str(message.pk), f"{link}stop/", name=settings.signed)


def _refused(message: Message, why: str, by: Actor) -> None:
    with transaction.atomic():
        mark(message, FAILED, failure=why)
        note(by, message.course.patient, Channel(message.channel), FAILING, why)
        leave_trace(by, "could not reach", clinic=message.clinic, patient=message.course.patient, about=message.pk)
