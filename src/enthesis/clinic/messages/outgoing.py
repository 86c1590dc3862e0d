"""What every outbox does with one message: claim it, hand it over, mark it, each kept before the next begins.

A process killed between handing over and marking leaves the message claimed. Nobody can know whether it went: it is
handed over again with the same reference, by which mail systems and gateways know a second copy (decision 0012).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db.models import F, Q

from enthesis.registry.models.messages import Outgoing

WAITING, SENDING, SENT, FAILED, DROPPED = "waiting", "sending", "sent", "failed", "dropped"
ATTEMPTS = 6
READ_AT_ONCE = 25
ANYWAY = Q()

AnyOutgoing = TypeVar("AnyOutgoing", bound=Outgoing)


def take_up(model: type[Outgoing], clinic: int) -> int:
    """What a killed process had claimed goes back into the outbox; only one process empties it at a time."""
    rows = model.objects.filter(clinic_id=clinic, state=SENDING)  # type: ignore[attr-defined]  # every concrete model has it
    return int(rows.update(state=WAITING, interrupted=F("interrupted") + 1))


def ready(
    model: type[Outgoing], clinic: int, at: datetime, by: Iterable[str], first: tuple[str, ...] = ()
) -> Iterator[UUID]:
    """What may go now by the channels this machine has, oldest first; columns named in `first` come before that.

    What is for a channel the machine was not given waits in the outbox, and stops nothing else.
    """
    rows = model.objects.filter(clinic_id=clinic, state=WAITING, send_from__lte=at, channel__in=list(by))  # type: ignore[attr-defined]
    yield from rows.order_by(*first, "send_from", "pk").values_list("pk", flat=True)


def taken(model: type[AnyOutgoing], ids: Iterable[UUID], *related: str, wanted: Q = ANYWAY) -> Iterator[AnyOutgoing]:
    """Messages nobody else has taken up, each claimed when it is asked for and not before.

    They are read with what belongs to them, `READ_AT_ONCE` at a time, and may be that many messages old. Whether one
    is still wanted is asked by the claim itself: what no longer is comes with the state DROPPED, and is not to be sent.
    """
    waiting = iter(ids)
    while some := list(islice(waiting, READ_AT_ONCE)):
        there = model.objects.select_related(*related).in_bulk(some)  # type: ignore[attr-defined]
        for id in some:
            if id in there and (state := _claimed(model, id, wanted)):
                there[id].state = state
                there[id].attempts += state == SENDING
                yield there[id]


def _claimed(model: type[Outgoing], id: UUID, wanted: Q) -> str:
    """SENDING, or DROPPED where it is wanted no more; nothing where somebody else was faster."""
    rows = model.objects.filter(pk=id, state=WAITING)  # type: ignore[attr-defined]  # every concrete model has it
    if rows.filter(wanted).update(state=SENDING, attempts=F("attempts") + 1):
        return SENDING
    return DROPPED if rows.update(state=DROPPED) else ""


def wait(message: Outgoing, why: str, at: datetime, first: timedelta) -> None:
    """Try again after a while, doubled each time; give up after the last attempt and say so."""
    if message.attempts >= ATTEMPTS:
        mark(message, FAILED, failure=why)
    else:
        mark(message, WAITING, failure=why, send_from=at + first * 2 ** (message.attempts - 1))


def mark(message: Outgoing, state: str, **more: object) -> None:
    """Keep what became of it."""
    type(message).objects.filter(pk=message.pk).update(state=state, **more)  # type: ignore[attr-defined]
