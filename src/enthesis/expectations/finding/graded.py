"""The five domains of one expectation, from the numbers it was made of and what the review knows of its trials."""

from collections.abc import Mapping

from enthesis.evidence.certainty import Concern
from enthesis.evidence.review import Review
from enthesis.evidence.review.fitting import CONCERN, DISTANCE
from enthesis.expectations import grading
from enthesis.expectations.finding.asking import Sought
from enthesis.expectations.finding.converted import Converted, by_level
from enthesis.expectations.finding.counted import Counted
from enthesis.expectations.grading import Graded
from enthesis.expectations.shares.pair import USUAL

OUTCOME = "pain"


def of_converted(of: Sought, made: Converted, longest: float) -> Graded:
    """From the network: intervals in points of 0 to 10."""
    important = of.review.about.outcome(OUTCOME).important
    sizes = _sizes(of.review, made.shares)
    return Graded(
        (
            grading.risk_of_bias(by_level(made.shares, _bias(of.review), Concern.SOME)),
            grading.inconsistency(
                made.interval, made.new_place, important=important, trials=len(made.shares), incoherence_p=made.split_p
            ),
            _indirect(of, made.shares, direct=made.direct, longest=longest),
            grading.imprecision(made.interval, important=important, people=sum(sizes.values()) or None),
            grading.publication_bias(sizes=sizes, positive=made.estimate < 0, missing=_missing(of)),
        )
    )


def of_counted(of: Sought, made: Counted, longest: float) -> Graded:
    """From counted shares: intervals in SDs on the probit scale, positive where the treatment helps."""
    important = of.review.about.outcome(OUTCOME).important_smd
    shares = {one.trial: ((one.n or 0) + (other.n or 0)) / made.people for one, other in made.rows}
    near = (made.d - USUAL * made.error, made.d + USUAL * made.error)
    half = made.quantile * (made.error**2 + made.spread**2) ** 0.5
    return Graded(
        (
            grading.risk_of_bias(by_level(shares, _bias(of.review), Concern.SOME)),
            grading.inconsistency(near, (made.d - half, made.d + half), important=important, trials=len(made.rows)),
            _indirect(of, shares, direct=True, longest=longest),
            grading.imprecision(near, important=important, people=made.people),
            grading.publication_bias(sizes=_sizes(of.review, shares), positive=made.d > 0, missing=_missing(of)),
        )
    )


def _indirect(of: Sought, shares: Mapping[str, float], *, direct: bool, longest: float) -> grading.Judged:
    far = by_level(dict(shares), {t.trial: DISTANCE[t.indirect] for t in of.review.trials}, Concern.NONE)
    elsewhere = " and ".join(of.review.about.condition(site).name.lower() for site in sorted(of.sites))
    return grading.indirectness(
        joint=of.condition[:1].lower() + of.condition[1:] if of.borrowed else "",
        other=elsewhere if of.borrowed else "",
        direct=direct,
        weeks=of.ask.weeks,
        longest=longest,
        far_trials=max(Concern, key=lambda level: (far[level], level)) if far else Concern.NONE,
    )


def _bias(review: Review) -> dict[str, Concern]:
    return {one.trial: CONCERN[one.bias] for one in review.trials}


def _sizes(review: Review, shares: Mapping[str, float]) -> dict[str, int]:
    return {one.trial: one.people for one in review.trials if one.trial in shares and one.people}


def _missing(of: Sought) -> int:
    return sum(one.condition in of.sites for one in of.review.awaiting)
