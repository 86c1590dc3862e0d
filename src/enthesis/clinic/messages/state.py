"""How one clinic's messages are set, what its machine sends by, and how the outbox stands."""

from dataclasses import dataclass
from datetime import time, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count

from enthesis.clinic.acting import act, leave_trace, now
from enthesis.clinic.permissions import Actor, May
from enthesis.registry.models import AlertMessage, Clinic, Message, MessageSettings, Reach

MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Machine:
    """What the machine was given to send by; a password is never shown."""

    mail_server: str
    sender: str
    gateway: str


@dataclass(frozen=True)
class MessageState:
    """The settings that stand (None before the first), the machine, and counts of the last thirty days."""

    address: str
    signed: str
    zone: str
    quiet_from: time
    quiet_to: time
    by_email: bool
    by_sms: bool
    chosen: bool
    machine: Machine
    to_patients: dict[str, int]
    to_staff: dict[str, int]
    stopped: int
    failing: int


@act
def read_messages(*, by: Actor, clinic: int) -> MessageState:
    """How a clinic's messages are set and how they go. Raises NotAllowed for whoever may not set them."""
    by.check(May.ADOPT, clinic)
    found = MessageSettings.objects.filter(clinic=clinic).first()
    kept = found or MessageSettings(clinic_id=clinic)
    reach = _reach(clinic)
    leave_trace(by, "read how messages are sent", clinic=Clinic.objects.get(pk=clinic))
    return MessageState(
        kept.address, kept.signed, kept.zone, kept.quiet_from, kept.quiet_to, kept.by_email, kept.by_sms,
        found is not None, machine(), _counts(Message, clinic), _counts(AlertMessage, clinic),
        reach.count("stopped"), reach.count("failing"),
    )  # fmt: skip


def machine() -> Machine:
    """The mail server and the gateway by name, without what signs in there."""
    return Machine(_host(settings.SMTP), settings.MAIL_FROM, _host(settings.SMS))


def _host(address: str) -> str:
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.hostname}{port}" if parts.hostname else ""


def _counts(model: type[Message] | type[AlertMessage], clinic: int) -> dict[str, int]:
    rows = model.objects.filter(clinic=clinic, made_at__gte=now() - MONTH).values_list("state")
    return dict(rows.annotate(count=Count("pk")).order_by("state"))


def _reach(clinic: int) -> list[str]:
    """The newest state of each patient and channel."""
    rows = Reach.objects.filter(clinic=clinic).order_by("recorded_at", "pk")
    return list({(one.patient_id, one.channel): one.state for one in rows}.values())
