"""Advice by day: the shape of an entry, and the line a clinic gives of it.

Where sources disagree an entry says so, names a default with its reason, and lists the alternatives a clinic may
choose instead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from enthesis.knowledge import BadInput, Entry, Library, LibraryError, Site
from enthesis.recovery.where import EVERYWHERE, Where

DEFAULT = "default"  # the name of the choice a clinic has not made otherwise
NO_CHOICES: Mapping[str, str] = MappingProxyType({})

Choices = Mapping[str, str]  # id of an advice entry -> id of one of its alternatives


class Topic(StrEnum):
    """What a line of advice is about."""

    PREPARE = "prepare"
    LEAVE_OUT = "leave-out"  # what a patient may stop alone
    KEEP = "keep"  # what is never stopped without its prescriber
    THE_DAY = "the-day"
    CALL = "call"
    EXPECT = "expect"
    HELPS = "helps"
    AVOID = "avoid"
    WORK = "work"
    DIARY = "diary"


PREPARING = frozenset({Topic.PREPARE, Topic.LEAVE_OUT, Topic.KEEP, Topic.THE_DAY, Topic.CALL})


@dataclass(frozen=True)
class Alternative:
    """Another way, taken by other sources, with the days it holds."""

    id: str
    text: str
    from_day: int
    until_day: int
    says: str


@dataclass(frozen=True)
class Advice:
    """One line for the patient and the days it holds, both included: 0 is the day of the injection, -7 a week before.

    `differ` says how sources disagree, `default_because` why this line is the default; both are for the clinic.
    """

    topic: Topic
    text: str
    from_day: int
    until_day: int
    where: Where = EVERYWHERE
    alternatives: tuple[Alternative, ...] = ()
    differ: str = ""
    default_because: str = ""
    judgement: str = ""

    def __post_init__(self) -> None:
        days = [(self.from_day, self.until_day), *((one.from_day, one.until_day) for one in self.alternatives)]
        if any(first > last for first, last in days):
            raise LibraryError("advice ends on the day it begins or later")
        if self.alternatives and not (self.differ and self.default_because):
            raise LibraryError("advice with alternatives says how sources differ and why the default is the default")

    def chosen(self, choice: str) -> "Advice | Alternative":
        """The line a clinic has chosen. Raises BadInput when there is no such choice."""
        found: dict[str, Advice | Alternative] = {DEFAULT: self} | {one.id: one for one in self.alternatives}
        if choice not in found:
            raise BadInput(f"advice: there is no choice {choice!r}; there are: {', '.join(found)}")
        return found[choice]


@dataclass(frozen=True)
class Line:
    """A line of advice as a clinic gives it at a site, with its days and its basis."""

    advice: str
    title: str
    topic: Topic
    text: str
    from_day: int
    until_day: int
    choice: str
    choices: tuple[str, ...]
    differ: str
    judgement: str
    sources: tuple[str, ...]

    def holds_on(self, day: int) -> bool:
        """Does the line hold on a day? Both its first and its last day count."""
        return self.from_day <= day <= self.until_day


def advice_lines(*, site: Site, library: Library, choices: Choices = NO_CHOICES) -> tuple[Line, ...]:
    """Every line for a site, in order of the day it begins. Raises BadInput for a choice that does not exist."""
    entries = library.entries("advice", Advice)
    ids = [entry.id for entry in entries]
    for id in choices:
        if id not in ids:
            raise BadInput(f"advice: there is no advice {id!r}; there are: {', '.join(ids)}")
    lines = [line(entry, choices.get(entry.id, DEFAULT)) for entry in entries if entry.body.where.covers(site)]
    return tuple(sorted(lines, key=lambda one: (one.from_day, one.advice)))


def line(entry: Entry[Advice], choice: str) -> Line:
    """The line of an entry under a choice. Raises BadInput when there is no such choice."""
    body, chosen = entry.body, entry.body.chosen(choice)
    return Line(
        advice=entry.id,
        title=entry.title,
        topic=body.topic,
        text=chosen.text,
        from_day=chosen.from_day,
        until_day=chosen.until_day,
        choice=choice,
        choices=(DEFAULT, *(one.id for one in body.alternatives)),
        differ=body.differ,
        judgement=body.judgement,
        sources=tuple(source.cite for source in entry.sources),
    )
