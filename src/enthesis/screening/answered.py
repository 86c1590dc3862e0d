"""Conditions that rest on one answer, or on an allergy in the chart."""

import re
from dataclasses import dataclass
from functools import lru_cache

from enthesis.knowledge import Library
from enthesis.screening.conditions import NO, Condition, Moment, Reading, Truth, side_by_side
from enthesis.screening.facts import Allergy, Answer, Facts, Problem
from enthesis.screening.rule import Kind
from enthesis.screening.vocabulary import Vocabulary
from enthesis.screening.worded import Put, put
from enthesis.screening.words import plain, says

NONE_KNOWN = re.compile(
    r"(no known|no|nil known)( \w+)? allerg(y|ies)( to \w+)?( situation| finding)?|no known|nka|nkda"
)
SPEAKS_OF_ALLERGY = ("allerg*", "anaphyla*", "hypersensitiv*", "intoleran*", "adverse reaction*")


@dataclass(frozen=True)
class Answered(Condition, written="answered"):
    """A yes-or-no question has the answer that makes the condition hold."""

    question: str
    holds_when: bool = True

    answered_as = (Kind.YES_NO,)

    def read(self, facts: Facts, moment: Moment, library: Library) -> Reading:
        """Yes, no, or not known while nobody has said yes or no."""
        answer = facts.answers.get(self.question)
        if not isinstance(answer, bool):
            return Reading(Truth.UNKNOWN, asks=(self.question,))
        if answer is not self.holds_when:
            return NO
        return Reading(Truth.YES, f"answered {'yes' if answer else 'no'}", (f"answer:{self.question}",))


@dataclass(frozen=True)
class Allergic(Condition, written="allergic"):
    """The chart or an answer names an allergy to something that may be in the syringe.

    Some charts keep allergies among the problems ("Allergy to latex"); they count as well.
    """

    allergen: str
    question: str = ""

    answered_as = (Kind.YES_NO,)

    def read(self, facts: Facts, moment: Moment, library: Library) -> Reading:
        """Yes when named; no only when asked and denied and nothing in the chart names it."""
        meant = library.entry("allergens", self.allergen, Vocabulary).body
        every = self._named(facts, meant)
        found = [one for one in every if put(one.name, (), meant) > Put.IS_NOT]
        answer = facts.answers.get(self.question)
        if found or answer is True:
            evidence = (*(item.evidence for item in found), *spoken_evidence(self.question, answer))
            return Reading(Truth.YES, because([item.name for item in found], answer), evidence)
        if every:  # named, and denied or said of a relative: told of, and asked about until somebody says no
            words = because_denied([item.name for item in every], answer)
            evidence = (*(item.evidence for item in every), *spoken_evidence(self.question, answer))
            truth = Truth.NO if answer is False else Truth.UNKNOWN
            asks = (self.question,) if self.question and answer is None else ()
            return Reading(truth, words, evidence, asks=asks)
        return NO if answer is False or not self.question else Reading(Truth.UNKNOWN, asks=(self.question,))

    def _named(self, facts: Facts, meant: Vocabulary) -> list[Allergy | Problem]:
        found: list[Allergy | Problem] = [
            one for one in facts.allergies if meant.means(one.name) and not denies(one.name)
        ]
        allergies = {name for name in facts.problem_names if _is_allergy(*name, meant)}
        return found + facts.problems_called(allergies)

    def refers_to(self) -> tuple[tuple[str, str], ...]:
        """The allergen."""
        return (("allergens", self.allergen),)


def because_denied(names: list[str], answer: Answer | None) -> str:
    """What the chart names without claiming it, and what was answered."""
    words = "named in the chart, but not as something the patient has now: " + ", ".join(dict.fromkeys(names))
    return side_by_side((words, "answered no" if answer is False else ""))


def denies(name: str) -> bool:
    """Does an entry of an allergy list say that there is none? ("No known drug allergies")"""
    return NONE_KNOWN.fullmatch(plain(name)) is not None


def because(names: list[str], answer: Answer | None) -> str:
    """What the chart names and what was answered, side by side."""
    chart = "in the chart: " + ", ".join(dict.fromkeys(names)) if names else ""
    said = "answered yes" if answer is True else "though answered no" if answer is False else ""
    return side_by_side((chart, said))


def spoken_evidence(question: str, answer: Answer | None) -> tuple[str, ...]:
    """The answer as evidence, where there is one: a "no" against the chart is shown as much as a "yes"."""
    return (f"answer:{question}",) if question and answer is not None else ()


@lru_cache(maxsize=65_536)
def _is_allergy(name: str, icd10: tuple[str, ...], meant: Vocabulary) -> bool:
    spoken = any(says(plain(name), word) for word in SPEAKS_OF_ALLERGY) and not denies(name)
    return meant.means("", icd10) or (spoken and meant.means(name))
