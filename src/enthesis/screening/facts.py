"""What is known of a patient before a screening: answers to questions, and what the chart holds.

Every fact carries `evidence`: the reference of the resource or answer it rests on, so that a judgment can be checked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple, Protocol, TypeVar

from enthesis.screening.measures import Measure
from enthesis.screening.names import Recognised
from enthesis.screening.vocabulary import Vocabulary


class _Named(Protocol):
    """What every item has: a name and where it stands."""

    @property
    def name(self) -> str: ...
    @property
    def evidence(self) -> str: ...


Item = TypeVar("Item", bound=_Named)


class Taking(StrEnum):
    """How a medicine stands, as far as anyone has said."""

    TAKING = "taking"
    AS_NEEDED = "as needed"
    STOPPED = "stopped"
    NOT_TAKEN = "not taken"
    UNKNOWN = "unknown"


class Route(StrEnum):
    """How a medicine gets into the body; the same name means different things by route."""

    ORAL = "oral"
    INJECTED = "injected"
    TOPICAL = "topical"
    EYE = "eye"
    INHALED = "inhaled"
    NASAL = "nasal"
    OTHER = "other"
    UNKNOWN = "unknown"


class Medicine(NamedTuple):
    """One medicine: as it was written, what it was recognised as, and when it was last taken.

    `last_taken` is the last day it can have been taken. With `taking` not known it is no more than that: the end was
    some day until then. A medicine entered as taken may carry the end of its prescription.
    """

    name: str
    recognised: Recognised
    taking: Taking
    route: Route
    evidence: str
    last_taken: date | None = None
    since: date | None = None


class State(StrEnum):
    """How a diagnosis stands in the chart."""

    ACTIVE = "active"
    PAST = "past"
    DOUBTFUL = "doubtful"


class Problem(NamedTuple):
    """One diagnosis or finding, with the ICD-10-CM codes the chart gives for it."""

    name: str
    state: State
    evidence: str
    icd10: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Allergy:
    """Something the patient does not tolerate. `coded` is false when the chart gives words only."""

    name: str
    evidence: str
    coded: bool = True


@dataclass(frozen=True)
class PastProcedure:
    """Something that was done to the patient, with the day if it is known."""

    name: str
    evidence: str
    on: date | None = None


@dataclass(frozen=True)
class Measurement:
    """One measured value, in the unit of its measure, with the last day it can have been measured on.

    `since` is the first such day, where a chart gives a month or a year, or a time of another zone.
    """

    measure: Measure
    value: float
    on: date
    evidence: str
    since: date | None = None

    @property
    def name(self) -> str:
        """What was measured."""
        return self.measure.value

    @property
    def first(self) -> date:
        """The first day it can have been measured on."""
        return self.since or self.on

    @property
    def is_vague(self) -> bool:
        """Is only the month or the year known? A day more or less is a matter of zones."""
        return (self.on - self.first).days > 1


@dataclass(frozen=True)
class Unread:
    """Something in the chart that the door could not understand, in its own words."""

    name: str
    evidence: str


class When(StrEnum):
    """Answers to "when did you last ...?" that are not a date."""

    NEVER = "never"
    NOW = "now"


Answer = bool | date | When


@dataclass(frozen=True)
class Facts:
    """All that is known before a screening. A question without an answer is unknown, never "no"."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    medicines: tuple[Medicine, ...] = ()
    problems: tuple[Problem, ...] = ()
    allergies: tuple[Allergy, ...] = ()
    procedures: tuple[PastProcedure, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    unread: tuple[Unread, ...] = ()
    sex: str = "unknown"
    born: date | None = None

    def medicines_of(self, classes: Iterable[str]) -> list[Medicine]:
        """The medicines that belong to some classes of drugs, in their order."""
        places = {place for one in classes for place in self._by_class.get(one, ())}
        return [self.medicines[place] for place in sorted(places)]

    @cached_property
    def _by_class(self) -> Mapping[str, list[int]]:
        """Where the medicines of each class of drugs stand: most rules speak of drugs, and few patients take them."""
        found: dict[str, list[int]] = {}
        for place, medicine in enumerate(self.medicines):
            for one in medicine.recognised.classes:
                found.setdefault(one, []).append(place)
        return found

    @cached_property
    def problem_names(self) -> Mapping[tuple[str, tuple[str, ...]], list[int]]:
        """What the problems are called and coded as, each once, and where they stand.

        A chart of many years says the same thing hundreds of times.
        """
        found: dict[tuple[str, tuple[str, ...]], list[int]] = {}
        for place, problem in enumerate(self.problems):
            found.setdefault((problem.name, problem.icd10), []).append(place)
        return found

    def problems_of(self, meant: Vocabulary) -> list[Problem]:
        """The problems that a vocabulary means, in their order."""
        return self.problems_called(name for name in self.problem_names if meant.means(*name))

    def problems_called(self, names: Iterable[tuple[str, tuple[str, ...]]]) -> list[Problem]:
        """The problems of some names and codes, in their order."""
        places = [place for name in names for place in self.problem_names[name]]
        return [self.problems[place] for place in sorted(places)]

    def in_order(self) -> "Facts":
        """The same facts in one fixed order, so that a judgment reads the same whatever order a chart came in."""
        return replace(
            self,
            medicines=_in_order(self.medicines),
            problems=_in_order(self.problems),
            allergies=_in_order(self.allergies),
            procedures=_in_order(self.procedures),
            measurements=_in_order(self.measurements),
            unread=_in_order(self.unread),
        )


def _in_order(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """By name and evidence, as charts give each item its own; by all there is in it where two are alike in both."""
    if len(set(map(NAMED, items))) == len(items):
        return tuple(sorted(items, key=NAMED))
    return tuple(sorted(items, key=repr))


NAMED = attrgetter("name", "evidence")
