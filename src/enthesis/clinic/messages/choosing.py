"""How a clinic reaches its patients, and the transports that its machine was given."""

from datetime import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from enthesis.clinic.acting import act, leave_trace
from enthesis.clinic.messages.email import Smtp
from enthesis.clinic.messages.sms import Gateway
from enthesis.clinic.messages.transport import Channel, Transport, Transports
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput
from enthesis.pathway import Quiet
from enthesis.registry.models import Clinic, MessageSettings

MOST_LETTERS = 60


@act
def choose_messages(
    *,
    by: Actor,
    clinic: int,
    address: str,
    signed: str,
    zone: str,
    quiet: tuple[time, time] = (Quiet().start, Quiet().end),
    by_email: bool = True,
    by_sms: bool = False,
) -> None:
    """Say where links open, who signs, and when to be quiet. Raises BadInput for what cannot work."""
    by.check(May.ADOPT, clinic)
    if not address.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise BadInput("address: where patients' links open, beginning with https://, was expected")
    if not signed.strip() or len(signed) > MOST_LETTERS:
        raise BadInput(f"signed: a name patients know, of at most {MOST_LETTERS} letters, was expected")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadInput(f"zone: {zone!r} is not a time zone; expected one such as Europe/Madrid") from error
    Quiet(*quiet)
    columns = {
        "address": address,
        "signed": signed.strip(),
        "zone": zone,
        "quiet_from": quiet[0],
        "quiet_to": quiet[1],
        "by_email": by_email,
        "by_sms": by_sms,
    }
    MessageSettings.objects.update_or_create(clinic_id=clinic, defaults=columns)
    leave_trace(by, "chose how messages are sent", clinic=Clinic.objects.get(pk=clinic), after=columns)


def transports() -> Transports:
    """What this machine can send by. Raises BadInput when it can send by nothing."""
    found: dict[Channel, Transport] = {}
    if settings.SMTP:
        found[Channel.EMAIL] = Smtp(settings.SMTP, sender=settings.MAIL_FROM)
    if settings.SMS:
        found[Channel.SMS] = Gateway(settings.SMS, token=settings.SMS_TOKEN)
    if not found:
        raise BadInput("nothing to send with: set ENTHESIS_SMTP and ENTHESIS_MAIL_FROM, or ENTHESIS_SMS")
    return found
