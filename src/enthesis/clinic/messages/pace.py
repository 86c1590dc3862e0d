"""How long one round may take: an alert to staff, and the hour at which to be quiet, must not wait behind many letters."""

import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """Until when, by the clock that never jumps, another message may be begun."""

    until: float

    @classmethod
    def of(cls, seconds: float) -> "Pace":
        """From now on for so many seconds."""
        return cls(time.monotonic() + seconds)

    @property
    def over(self) -> bool:
        """Is the time over?"""
        return time.monotonic() >= self.until


UNHURRIED = Pace(float("inf"))
