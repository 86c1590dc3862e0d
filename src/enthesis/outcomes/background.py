"""What people reported who were not given the treatment: saline, sham, usual care or nothing. It stands beside every result."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from enthesis.knowledge import Entry, Library, LibraryError

EVERYWHERE = "any"


class Instead(StrEnum):
    """What people were given in place of the treatment."""

    SALINE = "saline injections"
    SHAM = "a sham procedure"
    USUAL_CARE = "usual care"
    NOTHING = "no treatment"


@dataclass(frozen=True)
class Background:
    """One finding. `says` is a whole sentence with its people and its time.

    conditions  for which it is shown; "any" where it speaks of people who wait rather than of one joint
    percent     of 100 people how many reached `reached`; None where the source gives a mean only
    reached     "30" or "50" where people lost that part of their pain, otherwise how the source put it
    weeks       after which time, where it was read
    caution     what keeps it from being a fair comparison
    """

    instead: Instead
    conditions: tuple[str, ...]
    says: str
    caution: str
    percent: float | None = None
    reached: str = ""
    weeks: float | None = None

    def __post_init__(self) -> None:
        if not self.conditions:
            raise LibraryError(f"conditions: name some, or {EVERYWHERE!r}")
        if self.percent is not None and not (0 <= self.percent <= 100 and self.reached):
            raise LibraryError("percent: from 0 to 100, with what was `reached`")


def backgrounds(library: Library) -> tuple[Entry[Background], ...]:
    """All findings, in order of id."""
    return library.entries("background", Background)


def beside(library: Library, condition: str) -> tuple[Entry[Background], ...]:
    """The findings to set beside a result: those of the condition, then those of people who wait."""
    found = backgrounds(library)
    own = [entry for entry in found if condition in entry.body.conditions]
    return (*own, *(entry for entry in found if EVERYWHERE in entry.body.conditions))


def run_background_example(body: Background, example: Mapping[str, Any], _: Library) -> None:
    """Do the numbers stand as the source has them? Raises AssertionError with the difference."""
    for name, expected in example["expect"].items():
        found = getattr(body, name)
        if found != expected:
            raise AssertionError(f"{example['story']!r}: {name} is {found!r}, and {expected!r} was read")
