"""What one person may expect of a treatment, beside what they may expect without it."""

import math
from dataclasses import dataclass

from enthesis.evidence.certainty import Rating
from enthesis.evidence.review import Arm, Difference, Review
from enthesis.evidence.review.asking import LEAST
from enthesis.evidence.review.fitting import Fit
from enthesis.expectations.clinic import ClinicAnswers, ClinicView, clinic_view
from enthesis.expectations.finding.asking import Ask, Sought, sought
from enthesis.expectations.finding.converted import Converted, converted, fitted
from enthesis.expectations.finding.graded import of_converted, of_counted
from enthesis.expectations.finding.people import People, people
from enthesis.expectations.grading import Graded, Override
from enthesis.expectations.joining import DEFAULT, Bias
from enthesis.expectations.shares import Range
from enthesis.expectations.shares.pair import USUAL
from enthesis.knowledge import Library


@dataclass(frozen=True, eq=False)
class Expectation:
    """The answer to one question. Shares and pain are None where no trial says anything; `why_not` then says why.

    shares     by cut ("30", "50"): at least so many percent less pain
    pain       with and without, points of 0 to 10, and the difference at a new place
    longest    weeks of the longest trial of the place; `beyond` when more was asked for
    """

    sought: Sought
    shares: dict[str, People | None]
    pain: tuple[Range, Range, Range] | None
    made: Converted | None
    graded: Graded | None
    longest: float
    why_not: str
    clinic: ClinicView | None = None

    @property
    def ask(self) -> Ask:
        """What was asked."""
        return self.sought.ask

    @property
    def rating(self) -> Rating | None:
        """The level of certainty; None without any number."""
        return self.graded.rating if self.graded else None

    @property
    def beyond(self) -> bool:
        """Whether more weeks were asked for than any trial of the place waited."""
        return 0 < self.longest < self.ask.weeks

    @property
    def weeks(self) -> tuple[float, ...]:
        """When the trials behind the shares looked."""
        return tuple(sorted({week for one in self.shares.values() if one for week in one.weeks}))


def expect(
    ask: Ask,
    *,
    review: Review,
    library: Library,
    made: Fit | None = None,
    clinic: ClinicAnswers | None = None,
    bias: Bias = DEFAULT,
    overrides: tuple[Override, ...] = (),
) -> Expectation:
    """The answer from a review's trials, joined with a clinic's answers where there are enough.

    `made` is the fit of this question where it was kept. Raises BadInput for a condition or treatment nobody here knows.
    """
    of = sought(ask, review, library)
    found = converted(of, made or fitted(of)) if of.sites else None
    shares = people(of, found) if of.sites else dict.fromkeys(("30", "50"))
    longest = _longest(of)
    graded = _graded(of, found, shares, longest)
    pain = _pain(of, found) if found and found.anchor else None
    view = clinic_view(of, found, clinic, bias) if clinic else None
    return Expectation(
        of,
        shares,
        pain,
        found,
        graded.with_overrides(overrides) if graded else None,
        longest,
        "" if graded else _why_not(of),
        view,
    )


def _graded(of: Sought, made: Converted | None, shares: dict[str, People | None], longest: float) -> Graded | None:
    """By the network where there is one, else by what was counted."""
    if made is not None:
        return of_converted(of, made, longest)
    first = next((one for one in shares.values() if one), None)
    return None if first is None or isinstance(first.source, Converted) else of_counted(of, first.source, longest)


def _pain(of: Sought, made: Converted) -> tuple[Range, Range, Range]:
    """Pain with, without, and the difference, each for a new place."""
    point = made.anchor
    if point is None:
        raise ValueError("pain is worked out from an arm")
    of_versus = of.nodes[1] is not None and point.node == of.nodes[1].id
    step = made.estimate if of_versus else -made.estimate
    here = _around(point.mean, point.here, USUAL)
    there = _around(point.mean + step, math.hypot(point.here, made.error, made.tau), made.quantile)
    difference = _apart(*((there, here) if of_versus else (here, there)), made.new_place)
    return (there, here, difference) if of_versus else (here, there, difference)


def _apart(treated: Range, untreated: Range, effect: tuple[float, float]) -> Range:
    """The difference as the scale allows it: nobody's pain falls below 0, whatever the trials' average effect."""
    middle = treated.estimate - untreated.estimate
    low, high = max(effect[0], -untreated.upper), min(effect[1], treated.upper)
    return Range(middle, min(low, middle), max(high, middle))


def _around(mean: float, error: float, quantile: float) -> Range:
    middle = min(10.0, max(0.0, mean))
    low, high = (min(10.0, max(0.0, end)) for end in (mean - quantile * error, mean + quantile * error))
    return Range(middle, low, high)


def _longest(of: Sought) -> float:
    """The longest follow-up of pain among the trials of the place that compare anything, readable or not as a number."""
    rows: tuple[Arm | Difference, ...] = (*of.review.arms, *of.review.differences)
    inside = {trial.trial for trial in of.review.trials if trial.condition in of.sites and not trial.excluded}
    weeks = (row.week for row in rows if row.trial in inside and row.outcome == "pain" and row.week is not None)
    return max((week for week in weeks if week >= LEAST), default=0.0)


def plain(title: str) -> str:
    """A title as it stands inside a sentence."""
    return title[:1].lower() + title[1:]


def _why_not(of: Sought) -> str:
    """Why there is no number, in a sentence."""
    treatment, versus = of.nodes
    absent = [name for name, node in ((of.treatment, treatment), (of.versus, versus)) if node is None]
    if absent:
        return f"No trial that was read gave {' or '.join(absent)}, so there is no number."
    if _longest(of) == 0:
        return f"No controlled trial of {plain(of.condition)} with readable numbers was found, so there is no number."
    return (
        f"No trial of {plain(of.condition)} with readable numbers joins {of.treatment} and {of.versus}, directly or through "
        "others, so there is no number."
    )
