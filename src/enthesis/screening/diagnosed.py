"""A condition about diagnoses: what the chart says, and what the patient says of it."""

from dataclasses import dataclass

from enthesis.knowledge import Library
from enthesis.screening.answered import because, because_denied, spoken_evidence
from enthesis.screening.conditions import (
    NO,
    Condition,
    Moment,
    Reading,
    Truth,
    after,
    is_stale,
    side_by_side,
    unanswered,
)
from enthesis.screening.facts import Facts, PastProcedure, Problem, State
from enthesis.screening.rule import Kind
from enthesis.screening.vocabulary import Vocabulary
from enthesis.screening.worded import Put, put


@dataclass(frozen=True)
class Diagnosed(Condition, written="diagnosed"):
    """A problem is in the chart or was answered with yes. A past one still counts for `past_days` after it ended.

    `somewhere` is for problems that matter only at the target: a chart seldom says where a problem sits, so there it
    is a question and only the answer decides. `procedures` also looks among what was done ("total knee replacement").
    With `stale_days` an entry that began so many days before the injection, or earlier, is only a question: nobody has
    bronchitis since 1998. An entry whose words deny it ("no evidence of infection") neither holds nor settles anything.
    """

    problem: str
    question: str = ""
    past_days: int = 0
    somewhere: bool = False
    procedures: bool = False
    stale_days: int = 0

    answered_as = (Kind.YES_NO,)

    def read(self, facts: Facts, moment: Moment, library: Library) -> Reading:
        """The chart speaks for yes; only an answer, with nothing in the chart against it, speaks for no."""
        meant = library.entry("problems", self.problem, Vocabulary).body
        every = facts.problems_of(meant)
        found = [p for p in every if _claims(p, meant)]
        certain = [p for p in found if p.state is State.ACTIVE and not self._is_doubtful(p, moment, meant)]
        doubtful = self._doubtful(found, moment, meant) + self._done(facts, meant)
        answer = facts.answers.get(self.question)
        if certain or answer is True:
            evidence = (*(item.evidence for item in certain), *spoken_evidence(self.question, answer))
            return Reading(Truth.YES, because([_named(item) for item in certain], answer), evidence)
        if doubtful:
            return self._in_doubt(doubtful, facts)
        if denied := [p for p in every if p not in found and p.state is not State.PAST]:
            return self._not_claimed(denied, facts, meant)
        return NO if answer is False or not self.question else Reading(Truth.UNKNOWN, asks=(self.question,))

    def refers_to(self) -> tuple[tuple[str, str], ...]:
        """The problem."""
        return (("problems", self.problem),)

    def _doubtful(self, found: list[Problem], moment: Moment, meant: Vocabulary) -> list[Problem | PastProcedure]:
        return [problem for problem in found if self._is_doubtful(problem, moment, meant)]

    def _is_doubtful(self, problem: Problem, moment: Moment, meant: Vocabulary) -> bool:
        if problem.state is State.PAST and problem.until and problem.until > moment.on:
            return True  # said to be over, and to end after the injection
        if problem.state is State.PAST:
            return bool(self.past_days) and (problem.until is None or after(problem.until, self.past_days) > moment.on)
        stale = is_stale(problem.since, self.stale_days, moment)
        sure = put(problem.name, problem.icd10, meant) is Put.IS
        return problem.state is State.DOUBTFUL or self.somewhere or stale or not sure

    def _not_claimed(self, denied: list[Problem], facts: Facts, meant: Vocabulary) -> Reading:
        """What the chart says no to, says was, or says of a relative: told of, and asked about until somebody says no."""
        answer = facts.answers.get(self.question)
        words = because_denied([_named(problem) for problem in denied], answer)
        evidence = (*(problem.evidence for problem in denied), *spoken_evidence(self.question, answer))
        relatives = all(put(problem.name, problem.icd10, meant) is Put.ELSEWHERE for problem in denied)
        if answer is False or (relatives and not self.question):
            return Reading(Truth.NO, words, evidence)
        return Reading(Truth.UNKNOWN, words, evidence, asks=unanswered(self.question, facts))

    def _done(self, facts: Facts, meant: Vocabulary) -> list[Problem | PastProcedure]:
        return [done for done in facts.procedures if self.procedures and meant.means(done.name)]

    def _in_doubt(self, doubtful: list[Problem | PastProcedure], facts: Facts) -> Reading:
        why = (
            "in the chart, but it is not certain whether it counts here: "
            if self.somewhere
            else "in the chart, but not certain, stale, or not over for long: "
        )
        answer = facts.answers.get(self.question)
        words = side_by_side(
            (
                why + ", ".join(dict.fromkeys(_named(item) for item in doubtful)),
                "though answered no" if answer is False else "",
            )
        )
        evidence = (*(item.evidence for item in doubtful), *spoken_evidence(self.question, answer))
        return Reading(Truth.UNKNOWN, words, evidence, asks=unanswered(self.question, facts))


def _claims(problem: Problem, meant: Vocabulary) -> bool:
    """Does an entry say that the patient has it, or may have it?"""
    return put(problem.name, problem.icd10, meant) >= Put.MAY_BE


def _named(item: Problem | PastProcedure) -> str:
    """A problem with the day it began or ended, so that a stale entry can be seen to be one."""
    if isinstance(item, PastProcedure):
        return f"{item.name} on {item.on.isoformat()}" if item.on else item.name
    if item.state is State.PAST and item.until:
        return f"{item.name} until {item.until.isoformat()}"
    return f"{item.name} since {item.since.isoformat()}" if item.since else item.name
