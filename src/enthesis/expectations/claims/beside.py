"""A claim beside what the trials and a clinic's own registry say of the same thing."""

from dataclasses import dataclass
from typing import Any

from enthesis.evidence.review import Review
from enthesis.expectations.claims.checking import NOT_ADVICE, Verdict, check_sentence
from enthesis.expectations.claims.claim import Claim
from enthesis.expectations.clinic import ClinicAnswers
from enthesis.expectations.expectation import Expectation, expect
from enthesis.expectations.finding.asking import Ask
from enthesis.expectations.wording import clinic_sentence, sentence
from enthesis.knowledge import Entry, Library

NO_QUESTION = "No trial that was read asks this."
NO_REGISTRY = "No clinic's own answers were given."


@dataclass(frozen=True, eq=False)
class Beside:
    """One claim, the verdict on its wording, and what the trials and the registry say."""

    entry: Entry[Claim]
    verdict: Verdict
    expectation: Expectation | None

    @property
    def trials(self) -> str:
        """In a sentence or two."""
        return sentence(self.expectation) if self.expectation else NO_QUESTION

    @property
    def registry(self) -> str:
        """In a sentence."""
        view = self.expectation.clinic if self.expectation else None
        return clinic_sentence(view) if view else NO_REGISTRY


def beside(entry: Entry[Claim], *, review: Review, library: Library, clinic: ClinicAnswers | None = None) -> Beside:
    """Set one claim beside the trials of a review, and a clinic's answers where there are some."""
    asked = entry.body.compare
    ask = Ask(asked.condition, asked.treatment, asked.versus, asked.baseline, asked.weeks) if asked else None
    found = expect(ask, review=review, library=library, clinic=clinic) if ask else None
    return Beside(entry, check_sentence(entry.body.says), found)


def claim_as_json(one: Beside, library: Library) -> dict[str, Any]:
    """One claim for `enthesis claims --json`."""
    body = one.entry.body
    return {
        "id": one.entry.id,
        "title": one.entry.title,
        "says": body.says,
        "who": library.bibliography[body.who].cite if body.who in library.bibliography else body.who,
        "design": body.design,
        "n": body.people,
        "follow_up": body.follow_up,
        "denominator": body.denominator,
        "about": body.about,
        "likely_origin": [{"text": said.text, "cite": said.cite} for said in body.origin],
        "known": [{"text": said.text, "cite": said.cite} for said in body.known],
        "trials": one.trials,
        "registry": one.registry,
        "certainty": str(one.expectation.rating) if one.expectation and one.expectation.rating else "no evidence",
        "missing": [problem.rule for problem in one.verdict.problems],
        "may_be_printed": one.verdict.printable,
        "note": NOT_ADVICE,
    }
