"""One round of the reminder loop: tell staff of alerts, fill the outbox of every clinic, empty it, say what was done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from django_scopes import scope, scopes_disabled

from enthesis.clinic.acting import at_moment
from enthesis.clinic.messages.escalating import fill_alerts, send_alerts
from enthesis.clinic.messages.outbox import Local, fill_outbox, local
from enthesis.clinic.messages.outgoing import Counted, take_up
from enthesis.clinic.messages.pace import UNHURRIED, Pace
from enthesis.clinic.messages.sending import empty_outbox
from enthesis.clinic.messages.transport import Channel, Transport, Transports
from enthesis.clinic.permissions import Actor
from enthesis.registry.models import AlertMessage, Message, MessageSettings
from enthesis.registry.planner import refresh_planner

ROUND = 30.0  # seconds after which a round ends and the next begins


@dataclass(frozen=True)
class Told:
    """What one round did in all clinics; `more` when its time was over before everything went, `away` what stands still."""

    added: int
    taken_up: int
    sent: int
    refused: int
    later: int
    dropped: int
    alerted: int = 0
    more: bool = False
    away: tuple[str, ...] = ()

    def then(self, later: "Told") -> "Told":
        """Both as one; what is still to do, and what stands still, is what the later one says."""
        names = ("added", "taken_up", "sent", "refused", "later", "dropped", "alerted")
        return replace(later, **{name: getattr(self, name) + getattr(later, name) for name in names})


def remind_all(*, clock: Callable[[], datetime], transports: Transports, seconds: float = ROUND) -> Told:
    """Rounds until everything that may go has gone. Each asks for the time anew: alerts and quiet hours wait for nobody."""
    told = remind_once(moment=clock(), transports=transports, seconds=seconds)
    while told.more:
        told = told.then(remind_once(moment=clock(), transports=transports, seconds=seconds))
    return told


def remind_once(*, moment: datetime, transports: Transports, seconds: float | None = None) -> Told:
    """One round at a moment. The caller holds the lock that keeps a second process away.

    Staff of every clinic come first: an alert waits for no patient's letter. With `seconds` each clinic has its share
    of them, and what was not reached goes with the next round, by its own clock.
    """
    with scopes_disabled():
        places = list(MessageSettings.objects.select_related("clinic").order_by("clinic_id"))
    added = taken_up = 0
    told, total, there = Counted(), Counted(), dict(transports)
    try:
        for place in places:
            with _at(place, moment) as (here, by):
                taken_up += sum(take_up(model, place.clinic_id) for model in (AlertMessage, Message))
                fill_alerts(here)
                told += _but_away(there, send_alerts(here, there, by=by))
        for place in places:
            pace = UNHURRIED if seconds is None else Pace.of(seconds / len(places))
            with _at(place, moment) as (here, by):
                added += fill_outbox(here)
                total += _but_away(there, empty_outbox(here, there, by=by, pace=pace))
    finally:
        for transport in transports.values():
            transport.close()
    if added:  # the tables grew, and the next round must not plan by what they were
        refresh_planner()
    counts = (total.sent, total.refused, total.later, total.dropped)
    away = tuple(f"{channel}: {why}" for channel, why in (told.away | total.away).items())
    return Told(added, taken_up, *counts, told.sent, total.more, away)


def _but_away(there: dict[Channel, Transport], counted: Counted) -> Counted:
    """What is away for one clinic is not asked again for the next in the same round: each time could take its patience."""
    for channel in counted.away:
        there.pop(Channel(channel), None)
    return counted


@contextmanager
def _at(settings: MessageSettings, moment: datetime) -> Iterator[tuple[Local, Actor]]:
    """One clinic at its own time, recorded as at the moment, and nothing of another in sight."""
    with at_moment(moment), scope(clinic=[settings.clinic_id]):
        yield local(settings, moment), Actor.reminders(settings.clinic_id)
