"""A condition about a measured value: an INR, a platelet count, a blood pressure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from enthesis.knowledge import Library
from enthesis.screening.conditions import NO, Condition, Moment, Reading, Truth, side_by_side
from enthesis.screening.facts import Facts, Measurement, State
from enthesis.screening.measures import Measure, written
from enthesis.screening.rule import Kind
from enthesis.screening.vocabulary import Vocabulary


@dataclass(frozen=True)
class Limit:
    """A bound on one measure, in its own unit; without a bound any value is beyond it."""

    measure: Measure
    above: float | None = None
    at_least: float | None = None
    below: float | None = None

    def passed(self, value: float) -> bool:
        """Is the value beyond the bound?"""
        if self.above is not None:
            return value > self.above
        if self.at_least is not None:
            return value >= self.at_least
        return self.below is None or value < self.below


@dataclass(frozen=True)
class Measured(Condition, written="measured"):
    """The latest value of a measure is beyond a limit.

    It counts for an injection up to `days` days after it was measured; up to `heeded_days`, where given, it is only a question, for
    nobody knows what it is by then; older ones say nothing. The latest value decides, the worst of its day. `question`
    is asked on the day of the injection alone, while that day has no value. With `problem` the condition holds only for
    people who have that problem in the chart.
    """

    limits: tuple[Limit, ...]
    days: int
    heeded_days: int = 0
    question: str = ""
    problem: str = ""

    answered_as = (Kind.YES_NO,)

    def read(self, facts: Facts, moment: Moment, library: Library) -> Reading:
        """Yes beyond a limit; not known when the value is too old to count, or when nobody measured on the day."""
        if self.problem and not self._has_problem(facts, library):
            return NO
        beyond = [one for limit in self.limits for one in _beyond(limit, facts.measurements, moment)]
        counting = [one for one in beyond if self._age(one, moment) <= self.days]
        heeded = [one for one in beyond if self._age(one, moment) <= self.heeded_days]
        answer = facts.answers.get(self.question)
        if counting or answer is True:
            said = "answered yes" if answer is True else "though answered no" if answer is False else ""
            return Reading(Truth.YES, side_by_side((_named(counting), said)), self._evidence(counting, facts))
        asks = self._asks(facts, moment)
        if heeded and answer is None:
            why = f"{_named(heeded)}; too old to count for that day"
            return Reading(Truth.UNKNOWN, why, self._evidence(heeded, facts), asks=asks)
        return Reading(Truth.UNKNOWN, asks=asks) if asks else NO

    def refers_to(self) -> tuple[tuple[str, str], ...]:
        """The problem."""
        return (("problems", self.problem),) if self.problem else ()

    def _has_problem(self, facts: Facts, library: Library) -> bool:
        meant = library.entry("problems", self.problem, Vocabulary).body
        return any(one.state is not State.PAST for one in facts.problems_of(meant))

    def _age(self, one: Measurement, moment: Moment) -> int:
        return (moment.on - one.on).days

    def _asks(self, facts: Facts, moment: Moment) -> tuple[str, ...]:
        """The question, on the day of the injection only, while neither an answer nor the day's values settle it."""
        measured = {one.measure for one in facts.measurements if self._age(one, moment) <= self.days}
        settled = all(limit.measure in measured for limit in self.limits)
        wanted = self.question and self.question not in facts.answers and moment.as_of == moment.on and not settled
        return (self.question,) if wanted else ()

    def _evidence(self, found: Iterable[Measurement], facts: Facts) -> tuple[str, ...]:
        said = (f"answer:{self.question}",) if self.question in facts.answers else ()
        return (*dict.fromkeys(one.evidence for one in found), *said)


def _beyond(limit: Limit, measurements: tuple[Measurement, ...], moment: Moment) -> list[Measurement]:
    """The values beyond the limit of the latest day on which the measure was taken.

    A value of which only the month is known may be the latest, and may be older than another one: both count.
    """
    known = [one for one in measurements if one.measure is limit.measure and one.first <= moment.as_of]
    latest = max((one.first if one.is_vague else one.on for one in known), default=date.min)
    return [one for one in known if one.on >= latest and limit.passed(one.value)]


def _named(found: list[Measurement]) -> str:
    return ", ".join(f"{written(one.measure, one.value)} {_when(one)}" for one in found)


def _when(one: Measurement) -> str:
    return f"between {one.first.isoformat()} and {one.on.isoformat()}" if one.is_vague else f"on {one.on.isoformat()}"
