"""A condition about medicines that nobody stops alone: whether one is taken, or was until lately."""

from dataclasses import dataclass

from enthesis.knowledge import Library
from enthesis.screening.answered import spoken_evidence
from enthesis.screening.conditions import NO, Condition, Moment, Reading, Truth, is_stale, side_by_side, unanswered
from enthesis.screening.facts import Answer, Facts, Medicine, Problem, Route, Taking, When
from enthesis.screening.rule import Kind
from enthesis.screening.standing import A_YEAR, taken_lately
from enthesis.screening.taken import noted, of_classes, since


@dataclass(frozen=True)
class Takes(Condition, written="takes"):
    """A drug of some classes is taken, or was stopped less than `recently` days before the injection.

    An answer of "no" does not overrule a chart that says it is taken: the two are shown side by side. `problem` names
    the chart's own words for taking such a drug ("long term use of anticoagulants"), which count as well. `at_least`
    asks for that many different ingredients; `not_classes` leaves out medicines that another rule speaks of. With
    `stale_days` a prescription that began so many days before the injection, or earlier, is only a question.
    """

    classes: tuple[str, ...]
    recently: int
    question: str = ""
    routes: tuple[Route, ...] = ()
    not_routes: tuple[Route, ...] = ()
    not_classes: tuple[str, ...] = ()
    problem: str = ""
    at_least: int = 1
    stale_days: int = 0

    answered_as = (Kind.YES_NO, Kind.WHEN)

    def read(self, facts: Facts, moment: Moment, library: Library) -> Reading:
        """Yes when the chart or the answer says so; not known while neither does."""
        answer = facts.answers.get(self.question)
        said = _is_recent(answer, moment, self.recently)
        taken, problems = self._taken(facts, moment, said), noted(facts, self.problem, library)
        evidence = (
            *(medicine.evidence for medicine in taken),
            *(problem.evidence for problem in problems),
            *spoken_evidence(self.question, answer),
        )
        fresh = [medicine for medicine in taken if not self._is_doubtful(medicine, moment)]
        if problems or said or self._enough(fresh):
            return Reading(Truth.YES, _because(taken, problems, said), evidence, ingredients=self._found(taken))
        if self._enough(taken):
            why = f"{_because(taken, problems, said)}; the entry may be stale or over"
            asks = unanswered(self.question, facts)
            return Reading(Truth.UNKNOWN, why, evidence, asks=asks, ingredients=self._found(taken))
        return NO if said is False or not self.question else Reading(Truth.UNKNOWN, asks=(self.question,))

    def refers_to(self) -> tuple[tuple[str, str], ...]:
        """The classes of drugs, and the problem that says they are taken."""
        classes = tuple(("drugs", name) for name in (*self.classes, *self.not_classes))
        return (*classes, ("problems", self.problem)) if self.problem else classes

    def _taken(self, facts: Facts, moment: Moment, said: bool | None) -> list[Medicine]:
        """The medicines that count. One that was stopped on an unknown day does not, where an answer says when."""
        meant = of_classes(facts, self.classes, routes=self.routes, not_routes=self.not_routes)
        ours = [m for m in meant if set(self.not_classes).isdisjoint(m.recognised.classes)]
        counted = (Truth.YES,) if said is False else (Truth.YES, Truth.UNKNOWN)
        return [m for m in ours if self._lately(m, moment) in counted]

    def _lately(self, medicine: Medicine, moment: Moment) -> Truth:
        return taken_lately(medicine, self.recently, moment, open_for=self.stale_days or A_YEAR)

    def _is_doubtful(self, medicine: Medicine, moment: Moment) -> bool:
        if self._lately(medicine, moment) is Truth.UNKNOWN:
            return True
        if medicine.taking is Taking.TAKING and medicine.last_taken is not None:
            return bool(self.stale_days) and medicine.last_taken < moment.as_of
        return medicine.last_taken is None and is_stale(medicine.since, self.stale_days, moment)

    def _found(self, taken: list[Medicine]) -> tuple[str, ...]:
        return tuple(sorted({name for medicine in taken for name in medicine.recognised.ingredients}))

    def _enough(self, taken: list[Medicine]) -> bool:
        return len(self._found(taken)) >= self.at_least


def _because(taken: list[Medicine], problems: list[Problem], said: bool | None) -> str:
    named = [f"{m.name} ({m.taking}{since(m)})" for m in taken] + [problem.name for problem in problems]
    chart = "in the chart: " + ", ".join(dict.fromkeys(named)) if named else ""
    return side_by_side((chart, "answered yes" if said else "though the answer was no" if said is False else ""))


def _is_recent(answer: Answer | None, moment: Moment, recently: int) -> bool | None:
    if isinstance(answer, When):
        return answer is When.NOW
    if answer is None or isinstance(answer, bool):
        return answer
    return answer > moment.before(recently)
