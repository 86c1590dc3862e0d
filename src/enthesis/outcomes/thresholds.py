"""How large a change must be to count: the yardsticks an instrument states, each with where it was found."""

from dataclasses import dataclass
from fractions import Fraction

from enthesis.knowledge import LibraryError
from enthesis.outcomes.numbers import exact


@dataclass(frozen=True)
class Amount:
    """A change of at least so many points, or so many percent of the baseline; where both are stated, of either."""

    id: str
    found_in: str
    points: float | None = None
    percent: float | None = None

    def __post_init__(self) -> None:
        sizes = [size for size in (self.points, self.percent) if size is not None]
        if not sizes or min(sizes) <= 0:
            raise LibraryError(f"thresholds: {self.id!r} needs `points` or `percent`, above 0")

    def needs(self, baseline: Fraction) -> Fraction | None:
        """The least change in points that counts from a baseline; None where only a percentage of nothing is stated."""
        sizes = [exact(self.points)] if self.points is not None else []
        if self.percent is not None and baseline > 0:
            sizes.append(baseline * exact(self.percent) / 100)
        return min(sizes, default=None)


@dataclass(frozen=True)
class Rating:
    """An answer that itself says how things changed, such as "much improved": this one or a better one counts."""

    id: str
    found_in: str
    rated: int


Threshold = Amount | Rating


@dataclass(frozen=True)
class Readable:
    """Between which baselines a change can be read: nearer an end, a move towards that end says nothing."""

    baseline_from: float
    baseline_to: float
