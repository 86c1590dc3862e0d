"""How long a syringe that was mixed in the clinic is kept, and whether a vial is still in date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from enthesis.knowledge import BadInput, Library, LibraryError
from enthesis.mixing.quantities import Quantity, exact, require, shown
from enthesis.mixing.solutions import as_written, positive

KIND, MIXED_SYRINGE = "handling", "mixed-syringe"
SHORTEST_HOURS = Fraction(1, 4)  # sooner than it can be injected; our judgement
MINUTES = 60


@dataclass(frozen=True)
class Handling:
    """How long a mixed syringe is kept, in hours, and the longest that a clinic may set instead."""

    summary: str
    discard_after_hours: float
    longest_hours: float

    def __post_init__(self) -> None:
        positive("discard_after_hours", self.discard_after_hours)
        if self.longest_hours < self.discard_after_hours:
            raise LibraryError("longest_hours: expected no less than discard_after_hours")

    def hours(self, chosen: Quantity | None = None) -> Fraction:
        """The hours that count: the usual ones, or what the clinic chose. Raises BadInput outside what sources give."""
        if chosen is None:
            return as_written(self.discard_after_hours)
        hours = exact("discard-hours", chosen)
        require("discard-hours", hours, low=SHORTEST_HOURS, high=as_written(self.longest_hours), unit="hours")
        return hours

    def discard_by(self, prepared_at: datetime, chosen: Quantity | None = None) -> datetime:
        """When the syringe is to be discarded, to the minute, rounded down."""
        return prepared_at + timedelta(minutes=int(self.hours(chosen) * MINUTES))


@dataclass(frozen=True)
class Lot:
    """What a vial says of itself: its lot, and the last day it may be used. Either may not have been written down."""

    number: str = ""
    expires_on: date | None = None


def handling(library: Library) -> Handling:
    """How a mixed syringe is handled, as the library says."""
    return library.entry(KIND, MIXED_SYRINGE, Handling).body


def require_in_date(name: str, lot: Lot, *, on: date) -> None:
    """Raises BadInput when a vial's last day is over; nothing is said of one without a date."""
    if lot.expires_on is not None and lot.expires_on < on:
        number = f"lot {lot.number}" if lot.number else "this lot"
        raise BadInput(
            f"lot: {number} of {name} expired on {lot.expires_on.isoformat()}; expected one in date on {on.isoformat()}"
        )


def run_handling_example(body: Handling, example: Mapping[str, object], library: Library) -> None:
    """Raises AssertionError with a plain sentence when the entry's answer is not the example's."""
    given = example.get("given", {})
    chosen = str(given["hours"]) if isinstance(given, Mapping) and "hours" in given else None
    try:
        found = shown(body.hours(chosen))
    except BadInput:
        found = "refused"
    if found != str(example.get("expect")):
        raise AssertionError(
            f"{example.get('story')}: {example.get('expect')} was expected, and the entry gives {found}"
        )
