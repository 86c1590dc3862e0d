"""How far the form of the conversion itself may be wrong, when shares are worked out and were not counted.

In worlds made by the authors (two million people each) the conversion ran 1 to 2 of 100 low where pain was normal. Where
people fall into responders and others, the true gain was 56 to 69% of the one worked out.
"""

from dataclasses import dataclass

USUAL = 0.03  # the well-behaved worlds, rounded up
TWO_HUMPS = 0.45  # of the gain: what a split into responders and others took from it, at most


@dataclass(frozen=True)
class Margin:
    """What is added to an interval of a share: towards no effect, and away from it. Shares between 0 and 1."""

    towards: float
    away: float


NONE = Margin(0.0, 0.0)


def model_form(gain: float, check: float) -> Margin:
    """The margin for a gain worked out by one method, where another says `check`; both as differences of shares."""
    apart = abs(gain - check)
    return Margin(max(USUAL, TWO_HUMPS * abs(gain), apart), max(USUAL, apart))
