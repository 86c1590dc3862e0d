"""A hundred people in a picture: solid for better, hatched for could be either way, empty for not better.

The numbers are whole and come from one place, so that picture, sentence and range never differ.
"""

from dataclasses import dataclass

from enthesis.expectations.shares import Range
from enthesis.expectations.wording import of_100

SIDE = 10
WIDE, HIGH = 20, 22  # of one person in the drawing


@dataclass(frozen=True)
class Icon:
    """One person: place from the left and from the top (0 to 9), and which of the three."""

    x: int
    y: int
    state: str

    @property
    def left(self) -> int:
        """Where it stands in a drawing of 200 by 220."""
        return WIDE * self.x

    @property
    def top(self) -> int:
        """The same, from above."""
        return HIGH * self.y


@dataclass(frozen=True)
class Array:
    """Of 100 people: how many are better, at least and at most."""

    better: int
    low: int
    high: int

    @property
    def worse(self) -> int:
        """Of 100: not better."""
        return 100 - self.better

    @property
    def worse_low(self) -> int:
        """The least that are not better."""
        return 100 - self.high

    @property
    def worse_high(self) -> int:
        """The most that are not better."""
        return 100 - self.low

    @property
    def icons(self) -> tuple[Icon, ...]:
        """All hundred, filled from the bottom left, row by row."""
        return tuple(Icon(at % SIDE, SIDE - 1 - at // SIDE, self._state(at)) for at in range(SIDE * SIDE))

    def _state(self, at: int) -> str:
        return "solid" if at < self.low else "hatched" if at < self.high else "empty"


def array(share: Range) -> Array:
    """The array of a share with its range."""
    return Array(of_100(share.estimate), of_100(share.lower), of_100(share.upper))
