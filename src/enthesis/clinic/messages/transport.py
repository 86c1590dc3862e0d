"""What carries messages, and how each answers. A transport never sees more than an address and the words."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

HERE = ("127.0.0.1", "localhost", "::1")  # nobody can listen on the way to these


class Channel(StrEnum):
    """The ways to reach somebody."""

    EMAIL = "email"
    SMS = "sms"


class Refused(Exception):
    """This address will never take a message: it does not exist, or refuses us for good."""


class Later(Exception):
    """Not this message now. It stays in the outbox and is tried again, a number of times."""


class Lost(Later):
    """The line broke while this message was handed over; the others by this channel wait for the next round."""


class Away(Exception):
    """Nobody is there, or lets us in: no fault of the message, which waits like all others by this channel."""


@dataclass(frozen=True)
class Letter:
    """What is handed over. `reference` is the same whenever the same message is handed over again.

    `stop` is where a patient says "no more of these"; staff have no such place. `name` is who writes, as people know it.
    """

    to: str
    subject: str
    text: str
    reference: str
    stop: str = ""
    name: str = ""


class Transport(Protocol):
    """Takes a letter over, or raises Refused, Later, Lost or Away."""

    def send(self, letter: Letter) -> None:
        """Hand one letter over."""

    def close(self) -> None:
        """Let go of a connection; nothing happens when there is none."""


Transports = Mapping[Channel, Transport]
