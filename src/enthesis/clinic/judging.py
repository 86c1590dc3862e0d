"""How sure a number is, judged otherwise than the rules: for one question, with the reason, kept as a new record each time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from enthesis.clinic.acting import act, leave_trace, now
from enthesis.clinic.correcting import current, frame, to_correct
from enthesis.clinic.evidence import overrides_of, review_of
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor, May
from enthesis.evidence.certainty import Concern
from enthesis.evidence.review import Question, Review
from enthesis.expectations import Ask, expect
from enthesis.expectations.finding.asking import Sought, sought
from enthesis.expectations.grading import Domain, Judged, Override, from_network
from enthesis.knowledge import BadInput
from enthesis.registry.models import Clinic, ExpectationJudgment

REVIEW = "dextrose-prolotherapy"
OUTCOME, MEASURE = "pain", "MD"
LONGEST = 1000


@dataclass(frozen=True)
class Past:
    """One judgment as the page lists it: what the rule said then, what was judged (None: taken back), and whether it stands."""

    id: UUID
    domain: str
    rule: Concern
    concern: Concern | None
    because: str
    by: str
    at: datetime
    stands: bool


@act
def judge_expectation(
    *, by: Actor, clinic: int, ask: Ask, domain: str, concern: int, because: str
) -> ExpectationJudgment:
    """Put one's own judgment of a domain in the place of the rule's for one question. An older one stays, corrected by it.

    Raises BadInput without a reason, without a number to judge, or for a domain or a concern that is none.
    """
    by.check(May.CERTAINTY, clinic)
    of, judged = _by_rule(by, clinic, ask, domain)
    if concern not in set(Concern):
        raise BadInput("concern: none, some or major (0, 1 or 2) was expected")
    if len(because) > LONGEST:
        raise BadInput(f"because: no more than {LONGEST} letters were expected")
    made = Override(judged.domain, Concern(concern), because.strip(), by.name, of=judged.because)
    old = current(_rows(of, clinic)).filter(domain=made.domain).first()
    rule = {"by_rule": int(judged.concern), "rule_because": judged.because[:LONGEST]}
    said = {"domain": str(made.domain), "concern": int(made.concern), "because": made.reason}
    return _keep(by, clinic, _question(of) | rule | said, old)


@act
def take_judgment_back(*, by: Actor, clinic: int, judgment: UUID | str, because: str) -> ExpectationJudgment:
    """Let the rule stand again. Raises BadInput without a reason, NotFound, or OutOfOrder for one that stands no more."""
    by.check(May.CERTAINTY, clinic)
    old = to_correct(ExpectationJudgment, judgment, because)
    if old is None or old.clinic_id != clinic or old.concern is None:
        raise BadInput("judgment: one that stands was expected")
    question = {name: getattr(old, name) for name in ("review", "condition", "treatment", "versus", "weeks")}
    rule = {"by_rule": old.by_rule, "rule_because": old.rule_because}
    said = {"domain": old.domain, "concern": None, "because": because.strip()[:LONGEST]}
    return _keep(by, clinic, question | rule | said, old)


@act
def read_judgments(*, by: Actor, clinic: int, ask: Ask) -> tuple[Past, ...]:
    """Every judgment of one question, the newest first. Nothing in it is about a patient."""
    of = sought(ask, review_of(by=by, review_id=REVIEW, clinic=clinic), library())
    rows = list(_rows(of, clinic).order_by("-recorded_at")) if None not in of.nodes else []
    replaced = {row.corrects_id for row in rows}
    return tuple(
        Past(
            row.pk,
            row.domain,
            Concern(row.by_rule),
            None if row.concern is None else Concern(row.concern),
            row.because,
            row.recorded_by,
            row.recorded_at,
            row.concern is not None and row.pk not in replaced,
        )
        for row in rows
    )


def judgments_of(of: Sought, clinic: int) -> tuple[Override, ...]:
    """Judgments that stand for one question: those of the same pair on the evidence pages, then those of the question itself.

    A judgment of other joints says nothing where the trials are borrowed, so there only the question's own count.
    """
    if None in of.nodes:
        return ()
    treated, untreated = (node.id for node in of.nodes if node is not None)
    found = {} if of.borrowed else overrides_of(REVIEW, Question(OUTCOME, MEASURE), clinic)
    both = (*found.get((treated, untreated), ()), *found.get((untreated, treated), ()))
    own = current(_rows(of, clinic)).filter(concern__isnull=False).order_by("recorded_at")
    return (*map(from_network, both), *map(_override, own))


def judgments_for(review: Review, clinic: int | None) -> Callable[[Ask], tuple[Override, ...]]:
    """The same for whatever a decision aid asks; none without a clinic."""
    return lambda ask: judgments_of(sought(ask, review, library()), clinic) if clinic is not None else ()


def _override(row: ExpectationJudgment) -> Override:
    concern = Concern(row.concern or 0)
    return Override(Domain(row.domain), concern, row.because, row.recorded_by, row.recorded_at, row.rule_because)


def _by_rule(by: Actor, clinic: int, ask: Ask, domain: str) -> tuple[Sought, Judged]:
    """The question and what the rules say of one domain of it."""
    if domain not in set(Domain):
        raise BadInput(f"domain: one of {', '.join(Domain)} was expected")
    found = expect(ask, review=review_of(by=by, review_id=REVIEW, clinic=clinic), library=library())
    if found.graded is None:
        raise BadInput("domain: there is no number here whose certainty could be judged")
    return found.sought, next(one for one in found.graded.judged if one.domain == domain)


def _rows(of: Sought, clinic: int) -> QuerySet[ExpectationJudgment]:
    return ExpectationJudgment.objects.filter(clinic=clinic, **_question(of))


def _question(of: Sought) -> dict[str, Any]:
    """What a judgment holds for: condition, both treatments and the time; not the pain one starts at."""
    treated, untreated = (node.id for node in of.nodes if node is not None)
    site = next((site for site in of.review.about.conditions if site.id == of.ask.condition and site.entry), None)
    condition = (site.entry if site else None) or of.ask.condition
    names = {"condition": condition, "treatment": treated, "versus": untreated}
    return {"review": REVIEW, **names, "weeks": of.ask.weeks}


def _keep(by: Actor, clinic: int, said: Mapping[str, Any], old: ExpectationJudgment | None) -> ExpectationJudgment:
    reason = str(said["because"]) if old else ""
    kept = ExpectationJudgment.objects.create(**said, **frame(by.name, clinic, now(), old, reason))
    before = {"concern": old.concern, "because": old.because, "by": old.recorded_by} if old else None
    verb = "took back a judgment of certainty" if said["concern"] is None else "judged how sure an expectation is"
    leave_trace(by, verb, clinic=Clinic.objects.get(pk=clinic), about=kept.pk, before=before, after=said)
    return kept
