"""A clinic's own answers beside the trials: what was foretold, what was answered, and what to believe of both.

Below the floors (20 people due, 60% answered) the trials stand alone, and the page says so.
"""

import math
from dataclasses import dataclass

from enthesis.evidence.review.asking import LEAST
from enthesis.expectations.finding.asking import Sought
from enthesis.expectations.finding.converted import Converted
from enthesis.expectations.finding.people import CUTS
from enthesis.expectations.joining import Bias, Joined, Normal, doubled, halved, joined
from enthesis.expectations.shares import Range, cut, share_below
from enthesis.outcomes.cohort import FEWEST_PEOPLE, LEAST_RESPONSE, Analysis, Week
from enthesis.outcomes.cohort.small_cells import people_may_be_told

PAIN = "pain-nrs"


@dataclass(frozen=True)
class ClinicAnswers:
    """What a snapshot says of one group at one week: counts, and the mean change of pain with its SE (negative: less).

    others  how many of those due had another treatment in that time; "" where the snapshot does not say
    """

    due: int
    answered: int
    change: float
    error: float
    week: float
    others: str = ""

    @property
    def response(self) -> float:
        """Share of those due who answered."""
        return self.answered / self.due if self.due else 0.0

    @property
    def kept_back(self) -> str:
        """Why the answers are not used; empty where they may be."""
        if self.due < FEWEST_PEOPLE:
            return f"fewer than {FEWEST_PEOPLE} people were due"
        if self.response < LEAST_RESPONSE:
            return f"{self.answered} of {self.due} answered, less than {LEAST_RESPONSE:.0%}"
        return ""


def answers_from(analysis: Analysis, *, condition: str, treatment: str, weeks: float) -> ClinicAnswers | None:
    """The answers of one condition and treatment at the week nearest to the one asked for, from week 6 on.

    `analysis` is grouped by condition and treatment. None where the snapshot has no such group.
    """
    wanted = {"condition": condition, "treatment": treatment, "instrument": PAIN}
    group = next((one for one in analysis.groups if wanted.items() <= one.key.items()), None)
    late = [week for week in group.weeks if week.week >= LEAST] if group else []
    if not late:
        return None
    week = min(late, key=lambda one: abs(one.week - weeks))
    change = week.change
    return ClinicAnswers(
        week.flow.due, week.flow.answered, change.estimate or 0.0, change.se or 0.0, week.week, others_in(week)
    )


def others_in(week: Week) -> str:
    """How many had another treatment, or "some" where the count would point at a few."""
    if week.others is None:
        return ""
    return str(week.others.people) if not week.others.people or people_may_be_told(week) else "some"


@dataclass(frozen=True)
class ClinicView:
    """Trials and answers joined; `usual`, `half` and `double` are the same with half and with twice the bias.

    Without `usual` the trials stand alone, for the reason in `why_alone`. `shares` are by cut, from the joined change.
    """

    answers: ClinicAnswers
    why_alone: str = ""
    usual: Joined | None = None
    half: Joined | None = None
    double: Joined | None = None
    shares: dict[str, Range] | None = None


def clinic_view(of: Sought, made: Converted | None, answers: ClinicAnswers, bias: Bias) -> ClinicView:
    """The clinic's view. The prior is the trials' prediction for this treatment at a new place."""
    why = answers.kept_back or ("" if made and made.anchor else "no trial foretells what a clinic should see")
    if why or made is None or made.anchor is None or answers.error <= 0:
        return ClinicView(answers, why or "the answers have no spread")
    prior = _prior(of, made)
    usual = joined(prior, answers.change, answers.error, bias)
    return ClinicView(
        answers,
        "",
        usual,
        joined(prior, answers.change, answers.error, halved(bias)),
        joined(prior, answers.change, answers.error, doubled(bias)),
        {name: _share(of, made, usual, less) for name, less in CUTS.items()},
    )


def _prior(of: Sought, made: Converted) -> Normal:
    """Mean change with the treatment at a new place: the anchor's, and the effect where the anchor is the comparator."""
    point = made.anchor
    if point is None:
        raise ValueError("a prediction is made from an arm")
    of_versus = of.nodes[1] is not None and point.node == of.nodes[1].id
    mean = point.mean + (made.estimate if of_versus else 0.0) - of.ask.baseline
    error = math.hypot(point.here, made.error if of_versus else 0.0, made.tau)
    return Normal(1.0, mean, error)


def _share(of: Sought, made: Converted, found: Joined, less: float) -> Range:
    """People below the cut when the mean changes as joined, by the SD between people of the trials."""
    sd = made.anchor.sd if made.anchor else 1.0
    line = cut(of.ask.baseline, less) - of.ask.baseline
    low, high = found.interval()
    return Range(share_below(line, found.mean, sd), share_below(line, high, sd), share_below(line, low, sd))
