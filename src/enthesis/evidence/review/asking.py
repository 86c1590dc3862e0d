"""A question put to a review: which outcome, when, in whom, against what, and how trustworthy a trial must be."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from enthesis.evidence.review.reviewing import Review
from enthesis.evidence.review.rows import Bias, Scores, Trial
from enthesis.knowledge import BadInput

OF_MEANS, OF_EVENTS = ("MD", "SMD"), ("OR", "RR", "RD")


class Window(StrEnum):
    """When, in weeks from the first treatment, an outcome counts; the nearest to the week asked for is taken."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"
    ANY = "any"


WEEKS = {  # first and last week; the cuts are ours: 6 weeks is the end of the flare and early change, 26 half a year
    Window.SHORT: (0.0, 6.0),
    Window.MEDIUM: (6.0, 26.0),
    Window.LONG: (26.0, 1000.0),
    Window.ANY: (0.0, 1000.0),
}
LEAST = (
    6.0  # weeks: what comes earlier says nothing of benefit, and is taken only when somebody asks for the short term
)


@dataclass(frozen=True)
class Question:
    """One question; every field that is left empty or at its default filters nothing out.

    `weeks` is the week wanted, the nearest one in the window is taken; `scores` restricts to changes or finals.
    """

    outcome: str
    measure: str = "MD"
    weeks: float = 26.0
    window: Window | None = None
    conditions: frozenset[str] = frozenset()
    bias: frozenset[Bias] = frozenset()
    scores: Scores | None = None
    without_cautions: bool = False

    @property
    def of_events(self) -> bool:
        """Whether it is answered by counting people rather than by scores."""
        return self.measure in OF_EVENTS

    @property
    def span(self) -> tuple[float, float]:
        """First and last week that count."""
        return WEEKS[self.window] if self.window else (LEAST, WEEKS[Window.ANY][1])

    def checked(self, of: Review) -> Self:
        """The same question, or BadInput naming what this review does not know."""
        of.about.outcome(self.outcome)
        for condition in sorted(self.conditions):
            of.about.condition(condition)
        if self.measure not in (*OF_MEANS, *OF_EVENTS):
            raise BadInput(f"measure: {self.measure!r}; one of {', '.join((*OF_MEANS, *OF_EVENTS))} was expected")
        if self.weeks < 0:
            raise BadInput(f"weeks: {self.weeks:g} weeks after the first treatment cannot be before it")
        return self

    def why_not(self, trial: Trial) -> str:
        """Why a whole trial is left out of this question; empty when it may come in."""
        if trial.excluded:
            return trial.excluded
        if self.conditions and trial.condition not in self.conditions:
            return "another condition than asked for"
        if self.bias and trial.bias not in self.bias:
            return f"risk of bias {trial.bias}, and it was not asked for"
        return ""


def usual(of: Review) -> Question:
    """The question a review is for: its first outcome, at its usual time; any time where it states none."""
    window = None if of.about.usual_weeks else Window.ANY
    return Question(of.about.outcomes[0].id, weeks=of.about.usual_weeks, window=window)
