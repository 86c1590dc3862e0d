"""Asking what one person may expect: the trials with a clinic's own, its judgments of certainty, and its own answers."""

from functools import lru_cache

from enthesis.clinic.acting import act
from enthesis.clinic.evidence import kept_fit, review_of
from enthesis.clinic.judging import REVIEW, judgments_for, judgments_of
from enthesis.clinic.library import library
from enthesis.clinic.outcomes.analysing import by_condition
from enthesis.clinic.outcomes.reporting import latest
from enthesis.clinic.permissions import Actor, May
from enthesis.evidence.review import Question
from enthesis.expectations import Ask, ClinicAnswers, Expectation, answers_from, expect
from enthesis.expectations.aid import AidPage, aid_page
from enthesis.expectations.claims import Beside, beside, claims
from enthesis.expectations.finding.asking import sought
from enthesis.outcomes.cohort import Analysis
from enthesis.outcomes.snapshot import reopened
from enthesis.registry.models import OutcomeSnapshot

OUTCOME, MEASURE = "pain", "MD"


@act
def ask_expectation(*, by: Actor, ask: Ask, clinic: int | None = None) -> Expectation:
    """The expectation for one question. A clinic's own answers come in for those who may see its outcomes.

    Nothing in it is about one patient, so it leaves no trace of one. Raises BadInput for what nobody here knows.
    """
    review = review_of(by=by, review_id=REVIEW, clinic=clinic)
    of = sought(ask, review, library())
    made = kept_fit(review, Question(OUTCOME, MEASURE, ask.weeks, conditions=of.sites)) if of.sites else None
    answers = _answers(by, ask, clinic) if clinic is not None else None
    judged = judgments_of(of, clinic) if clinic is not None else ()
    return expect(ask, review=review, library=library(), made=made, clinic=answers, overrides=judged)


@act
def read_claims(*, by: Actor, clinic: int | None = None) -> tuple[Beside, ...]:
    """Every public claim beside the trials, and beside the clinic's own answers where one may see them."""
    review = review_of(by=by, review_id=REVIEW, clinic=clinic)
    found = []
    for entry in claims(library()):
        asked = entry.body.compare
        ask = Ask(asked.condition, asked.treatment, asked.versus, asked.baseline, asked.weeks) if asked else None
        answers = _answers(by, ask, clinic) if ask and clinic is not None else None
        found.append(beside(entry, review=review, library=library(), clinic=answers))
    return tuple(found)


@act
def read_aid_of(*, by: Actor, condition: str, clinic: int | None = None) -> AidPage:
    """The decision aid of a condition, without a patient. Raises BadInput for a condition without one."""
    review = review_of(by=by, review_id=REVIEW, clinic=clinic)
    return aid_page(condition, review=review, library=library(), judged=judgments_for(review, clinic))


def _answers(by: Actor, ask: Ask, clinic: int) -> ClinicAnswers | None:
    """From the newest snapshot; None where there is none, or for whom outcomes are not to be seen."""
    if clinic not in by.clinics or not by.can(May.ANALYSE, clinic):
        return None
    kept = latest(clinic)
    if kept is None:
        return None
    treatment = _entry_of(by, ask.treatment, clinic)
    return answers_from(analysis_of(kept), condition=ask.condition, treatment=treatment, weeks=ask.weeks)


def _entry_of(by: Actor, asked: str, clinic: int) -> str:
    """The library's name of a treatment that may be asked for by the review's."""
    about = review_of(by=by, review_id=REVIEW, clinic=clinic).about
    return next((node.entry for node in about.nodes if node.id == asked and node.entry), asked)


def analysis_of(kept: OutcomeSnapshot) -> Analysis:
    """A snapshot by condition and treatment, worked out once."""
    return _analysis_of(kept.digest, bytes(kept.content))


@lru_cache(maxsize=8)
def _analysis_of(_digest: str, content: bytes) -> Analysis:
    return by_condition(reopened(content))
