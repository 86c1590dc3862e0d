"""A condition about medicines that a patient may stop alone: the days to leave them out before an injection."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from enthesis.knowledge import Library
from enthesis.screening.conditions import NO, Condition, Moment, Reading, Truth, after, side_by_side, unanswered
from enthesis.screening.facts import Facts, Medicine, Problem, Route, State, Taking, When
from enthesis.screening.rule import Kind
from enthesis.screening.standing import taken_lately
from enthesis.screening.vocabulary import Vocabulary


@dataclass(frozen=True)
class TakenWithin(Condition, written="taken_within"):
    """A drug of some classes was taken within `days` of the injection (a washout).

    Last taken on day x it is free on x + days. Still being taken, it can be stopped in time while the day of asking
    is on or before the injection minus `days`; later the injection waits until that many days from the day of asking.
    A day given by the patient decides over a chart that may be stale, but not over a later day in the chart; "never"
    against the chart is asked about. `problem` names the chart's own words for taking such drugs. An unanswered
    question stays one even when the chart already says enough.
    """

    classes: tuple[str, ...]
    days: int
    question: str = ""
    not_routes: tuple[Route, ...] = ()
    problem: str = ""

    answered_as = (Kind.WHEN,)

    def read(self, facts: Facts, moment: Moment, library: Library) -> Reading:
        """The worst of what each medicine of the chart and the answer say."""
        medicines = tuple(of_classes(facts, self.classes, not_routes=self.not_routes))
        noted_so = [
            self._not_dated(moment, problem.name, (problem.evidence,))
            for problem in noted(facts, self.problem, library)
        ]
        chart = self._readings(medicines, moment) + noted_so
        answer = facts.answers.get(self.question)
        if isinstance(answer, date):
            return self._dated(answer, moment, medicines, self._beside_a_day(medicines, moment) + noted_so)
        if answer in (When.NEVER, False):
            return self._denied(chart)
        if answer in (When.NOW, True):
            return joined([self._still_taken(moment, "taken now, by answer", (f"answer:{self.question}",)), *chart])
        asks = unanswered(self.question, facts)
        if chart:
            return replace(joined(chart), asks=asks)
        return Reading(Truth.UNKNOWN, asks=asks) if asks else NO

    def refers_to(self) -> tuple[tuple[str, str], ...]:
        """The classes of drugs, and the problem that says they are taken."""
        classes = tuple(("drugs", name) for name in self.classes)
        return (*classes, ("problems", self.problem)) if self.problem else classes

    def _readings(self, medicines: Iterable[Medicine], moment: Moment) -> list[Reading]:
        return [reading for medicine in medicines if (reading := self._medicine(medicine, moment)) != NO]

    def _beside_a_day(self, medicines: tuple[Medicine, ...], moment: Moment) -> list[Reading]:
        """What the chart says that a day by answer does not settle: an end that nobody wrote, it does."""
        settled = ((Taking.STOPPED, True), (Taking.UNKNOWN, False))
        return self._readings((m for m in medicines if (m.taking, m.last_taken is None) not in settled), moment)

    def _medicine(self, medicine: Medicine, moment: Moment) -> Reading:
        name, evidence, last = medicine.name, (medicine.evidence,), medicine.last_taken
        if taken_lately(medicine, self.days, moment) is Truth.NO:
            return NO
        if medicine.taking is Taking.TAKING and last is not None and last < moment.as_of:
            why = f"{name} is entered as taken, though its end was {last.isoformat()}"
            return self._not_dated(moment, why, evidence)
        if medicine.taking is Taking.TAKING:
            return self._still_taken(moment, f"{name} is being taken{since(medicine)}", evidence)
        if last is not None and last > moment.as_of:
            return self._still_taken(moment, f"{name} may be taken up to {last.isoformat()}", evidence)
        if last is not None and medicine.taking is not Taking.UNKNOWN:
            return self._last_taken(last, moment, f"{name} last taken", evidence)
        return self._not_dated(moment, _without_a_day(medicine), evidence)

    def _dated(self, day: date, moment: Moment, medicines: tuple[Medicine, ...], chart: list[Reading]) -> Reading:
        """A day by answer, against a later day in the chart and against a chart that says it is still taken."""
        said = self._last_taken(day, moment, "last taken, by answer,", (f"answer:{self.question}",))
        newer = [
            self._medicine(m, moment)
            for m in medicines
            if m.taking not in (Taking.TAKING, Taking.UNKNOWN) and m.last_taken and m.last_taken > day
        ]
        waiting = [reading for reading in (said, *newer) if reading != NO]
        if waiting or not chart:
            return joined(waiting) if waiting else NO
        against = joined(chart)
        because = f"last taken, by answer, {day.isoformat()}, though {against.because}"
        return Reading(
            Truth.YES, because, (f"answer:{self.question}", *against.evidence), stop_by=moment.before(self.days)
        )

    def _denied(self, chart: list[Reading]) -> Reading:
        if not chart:
            return NO
        against = joined(chart)
        return Reading(
            Truth.UNKNOWN, f"answered never, but {against.because}", (f"answer:{self.question}", *against.evidence)
        )

    def _still_taken(self, moment: Moment, because: str, evidence: tuple[str, ...]) -> Reading:
        last = moment.before(self.days)
        if moment.as_of <= last:
            return Reading(Truth.YES, f"{because}; can still be stopped in time", evidence, stop_by=last)
        return Reading(Truth.YES, because, evidence, free_on=after(moment.as_of, self.days))

    def _last_taken(self, day: date, moment: Moment, because: str, evidence: tuple[str, ...]) -> Reading:
        free = after(day, self.days)
        return NO if free <= moment.on else Reading(Truth.YES, f"{because} {day.isoformat()}", evidence, free_on=free)

    def _not_dated(self, moment: Moment, because: str, evidence: tuple[str, ...]) -> Reading:
        last = moment.before(self.days)
        return Reading(Truth.UNKNOWN, because, evidence, stop_by=last if moment.as_of <= last else None)


def _without_a_day(medicine: Medicine) -> str:
    """Why the last day is not known."""
    name, last = medicine.name, medicine.last_taken
    if medicine.taking is Taking.AS_NEEDED:
        return f"{name} is taken as needed; the last time is not known"
    if medicine.taking is Taking.STOPPED:
        return f"{name}{since(medicine)} was stopped on a day that nobody wrote"
    if last is not None:
        return f"{name} was stopped on a day that nobody wrote, {last.isoformat()} at the latest"
    return f"it is not known whether {name} is taken"


def of_classes(
    facts: Facts, classes: tuple[str, ...], *, routes: tuple[Route, ...] = (), not_routes: tuple[Route, ...] = ()
) -> Iterator[Medicine]:
    """The medicines of the chart that belong to some classes, by the routes that matter."""
    for medicine in facts.medicines_of(classes):
        if medicine.route not in not_routes and (not routes or medicine.route in routes):
            yield medicine


def noted(facts: Facts, problem: str, library: Library) -> list[Problem]:
    """The problems by which a chart says that such drugs are taken, without naming them: "long term use of ..."."""
    if not problem:
        return []
    meant = library.entry("problems", problem, Vocabulary).body
    return [problem for problem in facts.problems_of(meant) if problem.state is not State.PAST]


def since(medicine: Medicine) -> str:
    """How old the prescription is, in words; a stale one is said to be so by its date."""
    return f" since {medicine.since.isoformat()}" if medicine.since else ""


def joined(readings: list[Reading]) -> Reading:
    """Several readings of one condition as one: what stands in the way longest decides, and all are shown."""
    gravest = max(readings, key=_gravity)
    evidence = dict.fromkeys(evidence for reading in readings for evidence in reading.evidence)
    because = side_by_side([reading.because for reading in readings])
    return Reading(gravest.truth, because, tuple(evidence), gravest.free_on, gravest.stop_by)


def _gravity(reading: Reading) -> tuple[bool, bool, date]:
    """A day to wait for outranks a doubt, and a doubt outranks what can still be stopped in time."""
    return reading.free_on is not None, reading.truth is Truth.UNKNOWN, reading.free_on or date.min
