"""One round of the reminder loop: tell staff of alerts, fill the outbox of every clinic, empty it, say what was done."""

from dataclasses import dataclass
from datetime import datetime

from django_scopes import scope, scopes_disabled

from enthesis.clinic.acting import at_moment
from enthesis.clinic.messages.escalating import fill_alerts, send_alerts
from enthesis.clinic.messages.outbox import fill_outbox, local
from enthesis.clinic.messages.outgoing import take_up
from enthesis.clinic.messages.sending import Counted, empty_outbox
from enthesis.clinic.messages.transport import Transports
from enthesis.clinic.permissions import Actor
from enthesis.registry.models import AlertMessage, Message, MessageSettings
from enthesis.registry.planner import refresh_planner


@dataclass(frozen=True)
class Told:
    """What one round did in all clinics."""

    added: int
    taken_up: int
    sent: int
    refused: int
    later: int
    dropped: int
    alerted: int = 0


def remind_once(*, moment: datetime, transports: Transports) -> Told:
    """One round at a moment. The caller holds the lock that keeps a second process away."""
    with scopes_disabled():
        places = list(MessageSettings.objects.select_related("clinic").order_by("clinic_id"))
    added = taken_up = alerted = 0
    total = Counted()
    try:
        for settings in places:
            by = Actor.reminders(settings.clinic_id)
            here = local(settings, moment)
            with at_moment(moment), scope(clinic=[settings.clinic_id]):
                taken_up += sum(take_up(model, settings.clinic_id) for model in (AlertMessage, Message))
                fill_alerts(here)
                alerted += send_alerts(here, transports, by=by)
                added += fill_outbox(here)
                one = empty_outbox(here, transports, by=by)
            total = Counted(*(getattr(total, name) + getattr(one, name) for name in vars(total)))
    finally:
        for transport in transports.values():
            transport.close()
    if added:  # the tables grew, and the next round must not plan by what they were
        refresh_planner()
    return Told(added, taken_up, total.sent, total.refused, total.later, total.dropped, alerted)
