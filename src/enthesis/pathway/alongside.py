"""What goes on beside the injections for a condition: exercise and daily life, as lines a patient may agree to.

No line claims to make the injections work better: the trials that were read do not show it (`must_say`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from enthesis.knowledge import Entry, Library, LibraryError

GENERAL = ""  # the condition of the plan for those without one of their own


class About(StrEnum):
    """What a line is about."""

    POSTURE = "posture"
    FLEXIBILITY = "flexibility"
    MUSCLES = "muscles"
    LOW_IMPACT = "low-impact"
    WEIGHT = "weight"
    WORKSTATION = "workstation"
    DIET = "diet"


@dataclass(frozen=True)
class AlongsideLine:
    """One thing a patient may agree to do. `from_day` counts from an injection (0): earlier it waits.

    Raises LibraryError for a day before the injection.
    """

    id: str
    about: About
    text: str
    from_day: int

    def __post_init__(self) -> None:
        if self.from_day < 0:
            raise LibraryError(f"from_day: 0 or more was expected, not {self.from_day}")

    def may_be_done(self, day: int) -> bool:
        """Is it time for it, so many days after an injection?"""
        return day >= self.from_day


@dataclass(frozen=True)
class Alongside:
    """The plan for a condition. `must_say` stands beside it, `asks` is what a physiotherapist is asked for.

    With an empty `condition` it is the general part, for every condition of which no source has a plan.
    """

    condition: str
    must_say: str
    lines: tuple[AlongsideLine, ...]
    asks: tuple[str, ...]
    judgement: str

    def __post_init__(self) -> None:
        if len({line.id for line in self.lines}) != len(self.lines):
            raise LibraryError("lines: each line has an id of its own")

    @property
    def general(self) -> bool:
        """Is it for no condition in particular? Then no source speaks of exercise for the condition it is shown for."""
        return self.condition == GENERAL

    def line(self, id: str) -> AlongsideLine | None:
        """A line by its id."""
        return next((line for line in self.lines if line.id == id), None)


def alongside(library: Library, condition: str) -> Entry[Alongside] | None:
    """The entry for a condition, else the general one; None without either. Raises LibraryError for one that is broken."""
    entries = {one.body.condition: one for one in library.entries("alongside", Alongside)}
    return entries.get(condition) or entries.get(GENERAL)


def run_alongside_example(body: Alongside, example: Mapping[str, Any], library: Library) -> None:
    """Whether a line may be done on a day after an injection. Raises AssertionError in a sentence."""
    line = body.line(example["line"])
    if line is None:
        raise AssertionError(f"{example['story']}: there is no line {example['line']!r}")
    if line.may_be_done(example["day"]) is not example["expect"]:
        raise AssertionError(f"{example['story']}: {line.id} begins on day {line.from_day}")
