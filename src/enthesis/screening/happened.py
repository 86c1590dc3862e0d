"""A condition about what was done at the site of the injection."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from enthesis.knowledge import Library
from enthesis.screening.conditions import NO, Condition, Moment, Reading, Truth, after, side_by_side
from enthesis.screening.facts import Facts, PastProcedure, Route, When
from enthesis.screening.rule import Kind
from enthesis.screening.standing import taken_lately
from enthesis.screening.taken import of_classes
from enthesis.screening.words import plain, says


@dataclass(frozen=True)
class HappenedWithin(Condition, written="happened_within"):
    """Something was done at the site within `days` of the injection.

    The chart seldom says where an injection went, so a procedure found there is a question; a day given by answer
    decides, and a "never" against the chart is asked about. `not_words` leaves out the planned course's own injections.
    `shots` are classes of medicines that count among them when they were injected.
    """

    days: int
    question: str
    procedure_words: tuple[str, ...] = ()
    not_words: tuple[str, ...] = ()
    shots: tuple[str, ...] = ()

    answered_as = (Kind.WHEN,)

    def read(self, facts: Facts, moment: Moment, library: Library) -> Reading:
        """The answer, or a question that names what the chart holds."""
        answer = facts.answers.get(self.question)
        start = moment.before(self.days)
        found = [p for p in facts.procedures if (p.on is None or p.on > start) and self._meant(p.name)]
        found += self._injected(facts, moment)
        if answer is None:
            return Reading(Truth.UNKNOWN, _because("", found), _evidence(found), asks=(self.question,))
        if answer in (When.NEVER, False):
            return self._doubted("answered never, but", found)
        day = answer if isinstance(answer, date) else moment.as_of
        free = after(day, self.days)
        if free <= moment.on:
            return self._doubted(f"last done, by answer, {day.isoformat()}, but", [p for p in found if p.on])
        said = (f"answer:{self.question}", *_evidence(found))
        return Reading(
            Truth.YES, side_by_side((f"last done {day.isoformat()}, by answer", _because("", found))), said, free
        )

    def refers_to(self) -> tuple[tuple[str, str], ...]:
        """The classes of drugs."""
        return tuple(("drugs", name) for name in self.shots)

    def _injected(self, facts: Facts, moment: Moment) -> list[PastProcedure]:
        """The shots that stand among the medicines, with the day of the last one where the chart says."""
        lately = (
            m
            for m in of_classes(facts, self.shots, routes=(Route.INJECTED,))
            if taken_lately(m, self.days, moment) is not Truth.NO
        )
        return [PastProcedure(m.name, m.evidence, m.last_taken) for m in lately]

    def _meant(self, name: str) -> bool:
        return _speaks(name, self.procedure_words, self.not_words)

    def _doubted(self, said: str, found: list[PastProcedure]) -> Reading:
        """An answer that would let the injection go on, unless the chart says otherwise."""
        if not found:
            return NO
        return Reading(Truth.UNKNOWN, _because(f"{said} ", found), (f"answer:{self.question}", *_evidence(found)))


@lru_cache(maxsize=16_384)
def _speaks(name: str, words: tuple[str, ...], not_words: tuple[str, ...]) -> bool:
    """Does the name of a procedure speak of some words, and of none of others?"""
    spoken = plain(name)
    return any(says(spoken, word) for word in words) and not any(says(spoken, word) for word in not_words)


def _because(said: str, found: list[PastProcedure]) -> str:
    dated = (f"{p.name} on {p.on.isoformat()}" if p.on else f"{p.name}, not dated" for p in found)
    return f"{said}in the chart: {', '.join(dict.fromkeys(dated))}" if found else ""


def _evidence(found: list[PastProcedure]) -> tuple[str, ...]:
    return tuple(procedure.evidence for procedure in found)
