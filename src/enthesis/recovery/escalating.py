"""Who is told of an alert, and who next when nobody has signed what was done: the shape of an entry, and its reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enthesis.knowledge import Library, LibraryError
from enthesis.recovery.urgency import Urgency

ROLES = ("clinician", "coordinator", "director")  # whom a clinic has; the first alone may sign an alert
STANDARD = "standard"


@dataclass(frozen=True)
class Rung:
    """One step of the ladder: so many minutes after an alert of this urgency was raised, this role is told.

    Raises LibraryError for a role a clinic does not have, minutes below 0, or an urgency that raises no alert.
    """

    urgency: Urgency
    after_minutes: int
    role: str

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise LibraryError(f"role: expected one of {', '.join(ROLES)}, not {self.role!r}")
        if self.after_minutes < 0:
            raise LibraryError(f"after_minutes: 0 or more was expected, not {self.after_minutes}")
        if self.urgency.rank < Urgency.CALL_TODAY.rank:
            raise LibraryError(f"urgency: {self.urgency} raises no alert")


@dataclass(frozen=True)
class Ladder:
    """The steps for every urgency that raises an alert. Raises LibraryError when an urgency has no step at once."""

    rungs: tuple[Rung, ...]
    judgement: str = ""

    def __post_init__(self) -> None:
        for urgency in Urgency:
            steps = [rung.after_minutes for rung in self.rungs if rung.urgency is urgency]
            if urgency.rank >= Urgency.CALL_TODAY.rank and (not steps or steps[0] != 0 or steps != sorted(set(steps))):
                raise LibraryError(f"rungs: the steps for {urgency} begin at 0 minutes and follow each other")

    def reached(self, urgency: Urgency, *, minutes: float) -> tuple[Rung, ...]:
        """The steps that have come for an unsigned alert raised so many minutes ago, in their order."""
        return tuple(rung for rung in self.rungs if rung.urgency is urgency and rung.after_minutes <= minutes)


def ladder(library: Library) -> Ladder:
    """The ladder of the library. Raises LibraryError when it cannot be read."""
    return library.entry("escalations", STANDARD, Ladder).body


def run_ladder_example(body: Ladder, example: Mapping[str, Any], library: Library) -> None:
    """An alert of an urgency, unsigned for some minutes: who has been told by then."""
    told = [rung.role for rung in body.reached(Urgency(example["urgency"]), minutes=example["minutes"])]
    if told != example["expect"]:
        raise AssertionError(f"{example['story']}: told {told}, and {example['expect']} was promised")
