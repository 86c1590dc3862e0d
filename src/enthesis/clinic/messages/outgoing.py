"""What every outbox does with one message: claim it, hand it over, mark it, each kept before the next begins.

A process killed between handing over and marking leaves the message claimed. Nobody can know whether it went: it is
handed over again with the same reference, by which mail systems and gateways know a second copy (decision 0012).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import F

from enthesis.registry.models.messages import Outgoing

WAITING, SENDING, SENT, FAILED, DROPPED = "waiting", "sending", "sent", "failed", "dropped"
ATTEMPTS = 6

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


def claimed(model: type[AnyOutgoing], id: UUID, *related: str) -> AnyOutgoing | None:
    """The message, if nobody else has taken it up."""
    rows = model.objects.filter(pk=id, state=WAITING)  # type: ignore[attr-defined]
    if not rows.update(state=SENDING, attempts=F("attempts") + 1):
        return None
    return model.objects.select_related(*related).get(pk=id)  # type: ignore[attr-defined,no-any-return]


def wait(message: Outgoing, why: str, at: datetime, first: timedelta) -> None:
    """Try again after a while, doubled each time; give up after the last attempt and say so."""
    if message.attempts >= ATTEMPTS:
        mark(message, FAILED, failure=why)
    else:
        mark(message, WAITING, failure=why, send_from=at + first * 2 ** (message.attempts - 1))


def mark(message: Outgoing, state: str, **more: object) -> None:
    """Keep what became of it."""
    type(message).objects.filter(pk=message.pk).update(state=state, **more)  # type: ignore[attr-defined]
