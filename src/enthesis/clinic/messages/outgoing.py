"""What every outbox does with one message: claim it, hand it over, mark it, each kept before the next begins.

A process killed between handing over and marking leaves the message claimed. Nobody can know whether it went: it is
handed over again with the same reference, by which mail systems and gateways know a second copy (decision 0012).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Self, TypeVar
from uuid import UUID

from django.db.models import Case, F, Q, Value, When

from enthesis.clinic.messages.claiming import SENDING, WAITING, Claim
from enthesis.clinic.messages.pace import UNHURRIED, Pace
from enthesis.registry.models.messages import Outgoing

SENT, FAILED = "sent", "failed"
ATTEMPTS = 16  # with LONGEST, over nearly two days: a mail system asks to wait for hours (RFC 5321, 4.5.4.1)
INTERRUPTIONS = 6  # each may be one more copy, and one message must not keep all others back
LONGEST = timedelta(hours=4)
READ_AT_ONCE = 25
ANYWAY = Q()

AnyOutgoing = TypeVar("AnyOutgoing", bound=Outgoing)


@dataclass
class Counted:
    """What became of an outbox."""

    sent: int = 0
    refused: int = 0
    later: int = 0
    dropped: int = 0
    more: bool = False  # the time was over first
    away: dict[str, str] = field(default_factory=dict)  # by which channel nothing goes, and why

    def __iadd__(self, other: "Counted") -> Self:
        for name in ("sent", "refused", "later", "dropped"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.more |= other.more
        self.away |= other.away
        return self


def take_up(model: type[Outgoing], clinic: int) -> int:
    """What a killed process had claimed goes back into the outbox; only one process empties it at a time.

    A message at which the process ended again and again is given up, so that the others go.
    """
    rows = model.objects.filter(clinic_id=clinic, state=SENDING)  # type: ignore[attr-defined]  # every concrete model has it
    again = Q(interrupted__gte=INTERRUPTIONS)
    return int(
        rows.update(
            state=Case(When(again, then=Value(FAILED)), default=Value(WAITING)),
            failure=Case(When(again, then=Value("the process ended at it again and again")), default=F("failure")),
            interrupted=F("interrupted") + 1,
        )
    )


def ready(
    model: type[Outgoing], clinic: int, at: datetime, by: Iterable[str], first: tuple[str, ...] = ()
) -> Iterator[UUID]:
    """What may go now by the channels this machine has, oldest first; columns named in `first` come before that.

    What is for a channel the machine was not given waits in the outbox, and stops nothing else.
    """
    rows = model.objects.filter(clinic_id=clinic, state=WAITING, send_from__lte=at, channel__in=list(by))  # type: ignore[attr-defined]
    yield from rows.order_by(*first, "send_from", "pk").values_list("pk", flat=True)


def taken(
    model: type[AnyOutgoing], ids: Iterable[UUID], *related: str, wanted: Q = ANYWAY, pace: Pace = UNHURRIED
) -> Iterator[AnyOutgoing]:
    """Messages nobody else has taken up, each claimed when it is asked for and not before.

    They are read with what belongs to them, `READ_AT_ONCE` at a time, and may be that many messages old. Whether one
    is still wanted is asked by the claim itself: what no longer is comes with the state DROPPED, and is not to be sent.
    """
    waiting, claim = iter(ids), None
    while some := list(islice(waiting, READ_AT_ONCE)):
        there = model.objects.select_related(*related).in_bulk(some)  # type: ignore[attr-defined]
        claim = claim or Claim(model, wanted)
        for id in some:
            if id in there and (state := claim.of(id)):
                there[id].state = state
                there[id].attempts += state == SENDING
                yield there[id]
                if pace.over:  # asked after each, so that every round brings at least one on its way
                    return


def wait(message: Outgoing, why: str, at: datetime, first: timedelta, longest: timedelta = LONGEST) -> None:
    """Try again after a while, doubled each time up to the longest; give up after the last attempt and say so."""
    if message.attempts >= ATTEMPTS:
        mark(message, FAILED, failure=why)
    else:
        mark(message, WAITING, failure=why, send_from=at + min(first * 2 ** (message.attempts - 1), longest))


def give_back(message: Outgoing, why: str) -> None:
    """Nobody took it and it was no fault of its own: it waits as before, and no attempt is counted."""
    mark(message, WAITING, failure=why, attempts=message.attempts - 1)


def mark(message: Outgoing, state: str, **more: object) -> None:
    """Keep what became of it."""
    type(message).objects.filter(pk=message.pk).update(state=state, **more)  # type: ignore[attr-defined]
