"""Conditions about a chart that nobody could read, or that says two things at once. Nothing of it is dropped."""

from dataclasses import dataclass
from enum import StrEnum

from enthesis.knowledge import Library
from enthesis.screening.answered import denies
from enthesis.screening.conditions import NO, Condition, Moment, Reading, Truth, side_by_side
from enthesis.screening.facts import Allergy, Facts, Medicine, Taking
from enthesis.screening.standing import taken_lately
from enthesis.screening.taken import since
from enthesis.screening.vocabulary import Vocabulary
from enthesis.screening.words import is_readable

Odd = tuple[tuple[str, str], ...]  # what it says, and the resource that says it


class What(StrEnum):
    """The parts of a chart that may not be understood."""

    MEDICINES = "medicines"
    ALLERGIES = "allergies"
    RESOURCES = "resources"


@dataclass(frozen=True)
class Unrecognised(Condition, written="unrecognised"):
    """Something in the chart could not be understood: a clinician reads it.

    A medicine that was stopped `recently` days before the injection or earlier is left alone.
    """

    what: What
    recently: int = 0

    def read(self, facts: Facts, moment: Moment, library: Library) -> Reading:
        """Yes while there is a medicine, an allergy or another resource that nobody could read."""
        if self.what is What.MEDICINES:
            found = tuple(
                (_in_words(m), m.evidence)
                for m in facts.medicines
                if m.recognised.unknown and taken_lately(m, self.recently, moment) is not Truth.NO
            )
        elif self.what is What.ALLERGIES:
            found = tuple((a.name, a.evidence) for a in facts.allergies if _is_strange(a, library))
        else:
            found = _resources(facts)
        words = side_by_side([words for words, _ in found])
        return Reading(Truth.YES, f"not understood: {words}", tuple(evidence for _, evidence in found)) if found else NO


@dataclass(frozen=True)
class Contradicting(Condition, written="contradicting"):
    """One resource says a medicine is taken and another that it is not. Neither is believed; somebody asks."""

    what: What

    def read(self, facts: Facts, moment: Moment, library: Library) -> Reading:
        """Yes when the chart contradicts itself about an ingredient."""
        denied = {name: m for m in facts.medicines if m.taking is Taking.NOT_TAKEN for name in m.recognised.ingredients}
        both = [
            (name, m, denied[name])
            for m in facts.medicines
            if m.taking not in (Taking.NOT_TAKEN, Taking.STOPPED)
            for name in m.recognised.ingredients
            if name in denied
        ]
        words = side_by_side(
            [f"{name}: {m.evidence} says {m.taking}, {other.evidence} says not taken" for name, m, other in both]
        )
        evidence = dict.fromkeys(evidence for _, m, other in both for evidence in (m.evidence, other.evidence))
        return Reading(Truth.YES, words, tuple(evidence)) if both else NO


def _in_words(medicine: Medicine) -> str:
    nearly = medicine.recognised.nearly
    return f"{medicine.name or 'a medicine without a name'}{since(medicine)}" + (
        f" (is it {' or '.join(nearly)}?)" if nearly else ""
    )


def _is_strange(allergy: Allergy, library: Library) -> bool:
    known = any(entry.body.means(allergy.name) for entry in library.entries("allergens", Vocabulary))
    return not known and not denies(allergy.name) and not (allergy.coded and is_readable(allergy.name))


def _resources(facts: Facts) -> Odd:
    odd = tuple((item.name or "(empty)", item.evidence) for item in facts.unread)
    strange = {name for name, icd10 in facts.problem_names if not icd10 and not is_readable(name)}
    problems = tuple(
        (p.name or "a problem without a name", p.evidence)
        for p in (facts.problems if strange else ())
        if not p.icd10 and p.name in strange
    )
    done = tuple(
        (p.name or "a procedure without a name", p.evidence) for p in facts.procedures if not is_readable(p.name)
    )
    return odd + problems + done
