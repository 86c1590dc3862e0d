"""What is said of one group at one week: how many answered, how they did, and how sure that is."""

from collections.abc import Mapping
from dataclasses import dataclass

from scipy import special

from enthesis.outcomes.cohort.shares import Share, share
from enthesis.outcomes.cohort.tipping import TippingPoint
from enthesis.outcomes.cohort.weighting import Weighted
from enthesis.outcomes.mixed import Estimate

REACHED = ("any", "30", "50", "important")


@dataclass(frozen=True)
class Interval:
    """A mean with its error and interval; None where fewer than two people can be compared."""

    estimate: float | None
    se: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True)
class Flow:
    """Everybody who was due at a week, and what became of them."""

    enrolled: int
    due: int
    answered: int
    other_treatment: int
    withdrawn: int
    dead: int

    @property
    def silent(self) -> int:
        """Due and not answered."""
        return self.due - self.answered

    @property
    def response_rate(self) -> float | None:
        """Answered of due."""
        return self.answered / self.due if self.due else None


@dataclass(frozen=True)
class Unmodelled:
    """Why a model says nothing here."""

    reason: str


@dataclass(frozen=True)
class Others:
    """What else those due at a week were treated with.

    people  who had any of it, or had changed to another treatment
    kinds   each kind with its people; somebody may have several
    agreed  who had agreed on a plan of exercise and daily life, which belongs to care and is no other treatment
    """

    people: int
    kinds: Mapping[str, int]
    agreed: int


@dataclass(frozen=True)
class Without:
    """One week as if nothing else had moved the answers: the hypothetical estimand, and shares where it counts as failure.

    set_aside   answers given after an intercurrent event; the models take them as not given
    mixed_model, imputed   changes as in `Week`, without those answers
    better      the shares of those who answered when whoever had an event counts as not better (composite)
    """

    set_aside: int
    mixed_model: Estimate | Unmodelled
    imputed: Interval | Unmodelled
    better: Mapping[str, Share]


@dataclass(frozen=True)
class Week:
    """One group at one week. Changes are score minus baseline on the instrument's own scale.

    mixed_model   change at the mean baseline, from all visits
    weighted      change of answerers weighted to stand for everybody due
    imputed       change with multiple imputation
    tipping_point how much worse than people like them the silent must have done
    others        what else people were treated with; None where the snapshot does not say
    without       without answers after another treatment; None where there are none
    curve         improvement in points and how many people changed by that much, from the worst; empty unless asked for
    """

    week: float
    flow: Flow
    baseline_mean: float | None
    baseline_of_answered: float | None
    mean: float | None
    median: float | None
    quartiles: tuple[float | None, float | None]
    change: Interval
    better: Mapping[str, Share]
    worse: Mapping[str, Share]
    mixed_model: Estimate | Unmodelled
    weighted: Weighted | Unmodelled
    imputed: Interval | Unmodelled
    tipping_point: TippingPoint | Unmodelled
    curve: tuple[tuple[float, int], ...] = ()
    others: Others | None = None
    without: Without | None = None


def mean_interval(*, mean: float | None, sd: float | None, n: int, level: float = 0.95) -> Interval:
    """A mean with Student's interval; the mean alone where one person gives no spread."""
    if mean is None or n < 2 or sd is None:
        return Interval(mean, None, None, None)
    se = sd / n**0.5
    half = float(special.stdtrit(n - 1, 0.5 + level / 2)) * se
    return Interval(mean, se, mean - half, mean + half)


def flow(row: Mapping[str, int], *, enrolled: int) -> Flow:
    """The counts of a row of `weekly.weekly`."""
    return Flow(enrolled, row["n_due"], row["n_answered"], row["n_other_treatment"], row["n_withdrawn"], row["n_dead"])


def if_failed(row: Mapping[str, int], better: Mapping[str, Share]) -> dict[str, Share]:
    """Shares of the better when whoever had an intercurrent event counts as not better."""
    return {
        name: share(events=one.events - row[f"better_{name}_event"], n=one.n, due=one.due, enrolled=one.enrolled)
        for name, one in better.items()
    }


def shares(row: Mapping[str, int], which: str, *, enrolled: int, has_important: bool) -> dict[str, Share]:
    """How many got better, or worse, by any amount, 30%, 50% and the instrument's own important change."""
    n, due, good = row["n"], row["n_due"], which == "better"
    return {
        name: share(events=row[f"{which}_{name}"], n=n, due=due, enrolled=enrolled, wanted=good)
        for name in (REACHED if has_important else REACHED[:-1])
    }
