"""By which ways somebody can be reached, and how they or their mail server say that they cannot."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from enthesis.clinic.acting import act, leave_trace, now, patient_of
from enthesis.clinic.correcting import frame
from enthesis.clinic.links import open_link
from enthesis.clinic.messages.transport import Channel
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput
from enthesis.registry.models import Message, MessageSettings, Patient, Reach

WANTED, STOPPED, FAILING = "wanted", "stopped", "failing"
BY_LINK = "by the patient, through a link"
STATES = (WANTED, STOPPED, FAILING)


def channels_of(patients: Iterable[Patient], settings: MessageSettings) -> dict[UUID, list[Channel]]:
    """The channels of each patient: what the clinic uses, an address is known for, and nobody has stopped."""
    people = {patient.pk: patient for patient in patients}
    closed: dict[tuple[UUID, str], bool] = {}
    for row in Reach.objects.filter(patient__in=people).order_by("recorded_at", "pk"):
        closed[row.patient_id, row.channel] = row.state != WANTED
    offered = [(Channel.EMAIL, settings.by_email, "email"), (Channel.SMS, settings.by_sms, "phone")]
    return {
        id: [
            channel
            for channel, used, column in offered
            if used and getattr(person, column) and not closed.get((id, channel.value), False)
        ]
        for id, person in people.items()
    }


@dataclass(frozen=True)
class Asked:
    """What the page for stopping needs: where somebody may call, and in which language."""

    clinic: str
    clinic_phone: str
    language: str


def clinic_of_link(token: str) -> Asked:
    """Whose link it is. Raises LinkSpent for one that is not ours: whoever wants no more may say so by an old letter too."""
    link = open_link(token, even_used=True, even_expired=True)
    return Asked(link.clinic.name, link.clinic.phone, link.course.patient.language)


def stop_by_link(*, token: str) -> None:
    """A patient wants no more messages, by any channel. Raises LinkSpent."""
    link = open_link(token, even_used=True, even_expired=True)
    _said(by=Actor.of_link(link), patient=link.course.patient_id, course=link.course_id, state=STOPPED)


def want_by_link(*, token: str) -> None:
    """A patient who stopped them wants messages again. Raises LinkSpent."""
    link = open_link(token, even_used=True, even_expired=True)
    _said(by=Actor.of_link(link), patient=link.course.patient_id, course=link.course_id, state=WANTED)


@act
def _said(*, by: Actor, patient: UUID, course: UUID, state: str) -> None:
    """By every channel that stands otherwise: a second press, or a mail program's, changes nothing.

    An address that fails is not made well by wanting it.
    """
    person = Patient.objects.select_related("clinic").get(pk=patient)
    newest = _newest(person)
    stands = {one: newest[one.value].state if one.value in newest else WANTED for one in Channel}
    changed = [one for one, was in stands.items() if was != state and (state == STOPPED or was == STOPPED)]
    for channel in changed:
        note(by, person, channel, state, BY_LINK)
    if changed:
        verb = "stopped messages" if state == STOPPED else "wanted messages again"
        leave_trace(by, verb, clinic=person.clinic, patient=person, about=course)


@dataclass(frozen=True)
class Reached:
    """One channel of one patient: the address, and how it stands; `wanted` until somebody or a mail server says else."""

    channel: str
    address: str
    state: str
    why: str
    at: datetime | None


@act
def read_reach(*, by: Actor, patient: UUID | str) -> tuple[Reached, ...]:
    """How a patient can be reached, by each channel."""
    person = patient_of(by, patient, May.SEE)
    newest = _newest(person)
    addresses = {Channel.EMAIL: person.email, Channel.SMS: person.phone}
    leave_trace(by, "read how to reach", clinic=person.clinic, patient=person)
    return tuple(_reached(channel, addresses[channel], newest.get(channel.value)) for channel in Channel)


def _newest(person: Patient) -> dict[str, Reach]:
    return {row.channel: row for row in Reach.objects.filter(patient=person).order_by("recorded_at", "pk")}


def _reached(channel: Channel, address: str, row: Reach | None) -> Reached:
    if row is None:
        return Reached(channel.value, address, WANTED, "", None)
    return Reached(channel.value, address, row.state, row.why, row.recorded_at)


@act
def set_reach(*, by: Actor, patient: UUID | str, channel: str, state: str, why: str) -> None:
    """Staff note that somebody wants messages, wants none, or is not reached. Raises BadInput without a reason."""
    person = patient_of(by, patient, May.INVITE)
    if channel not in set(Channel) or state not in STATES:
        raise BadInput(f"channel and state: expected one of {', '.join(Channel)} and one of {', '.join(STATES)}")
    if not why.strip():
        raise BadInput("why: who said so, or how you know")
    note(by, person, Channel(channel), state, why.strip())
    leave_trace(
        by, "changed how to reach", clinic=person.clinic, patient=person, after={"channel": channel, "state": state}
    )


def note(by: Actor, person: Patient, channel: Channel, state: str, why: str) -> None:
    """Keep it; the newest stands. What waits for a channel that is stopped or fails is not sent any more."""
    Reach.objects.create(
        patient=person,
        channel=channel.value,
        state=state,
        why=why[:300],
        **frame(by.name, person.clinic_id, now(), None, ""),
    )
    if state != WANTED:
        waiting = Message.objects.filter(course__patient=person, channel=channel.value, state="waiting")
        waiting.update(state="dropped")
