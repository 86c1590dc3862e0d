"""How far the form of the working-out itself may be wrong, when shares are made of means and were not counted.

In worlds made by the authors (validation/expectations.md) a share was off by up to 8 of 100 where people end near 0 or fall into
responders and others, and a gain by up to half of itself, in either direction: it depends on how people split.
"""

import math
from dataclasses import dataclass

OF_A_SHARE = 0.08
OF_A_GAIN = 0.5
LEAST_OF_A_GAIN = 0.03  # the well-behaved worlds, rounded up


@dataclass(frozen=True)
class Margin:
    """What is added on both sides of a range: of the share without, of the difference, and of the share with."""

    untreated: float
    difference: float

    @property
    def treated(self) -> float:
        """Both together."""
        return math.hypot(self.untreated, self.difference)


NONE = Margin(0.0, 0.0)


def model_form(gain: float, check: float) -> Margin:
    """The margin for a gain worked out by one method, where another says `check`; both as differences of shares."""
    return Margin(OF_A_SHARE, max(LEAST_OF_A_GAIN, OF_A_GAIN * abs(gain), abs(gain - check)))
