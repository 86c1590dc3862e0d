"""Arms of a trial side by side: what was randomised may be compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from enthesis.outcomes import mixed
from enthesis.outcomes.cohort.counting import Key
from enthesis.outcomes.cohort.imputing import Pooled, imputations, pooled
from enthesis.outcomes.cohort.modelling import Material, seed_of
from enthesis.outcomes.cohort.models import FEWEST, IMPUTATIONS, STEPS, TOO_MANY, restricted
from enthesis.outcomes.cohort.rows import Rows
from enthesis.outcomes.cohort.tipping import Filled, TippingPoint, tipping_point
from enthesis.outcomes.cohort.visits import joined
from enthesis.outcomes.cohort.week import Interval, Unmodelled
from enthesis.outcomes.mixed.patterns import Floats

# An arm so named is what others are compared with; otherwise the first by name is.
CONTROLS = ("control", "usual", "placebo", "sham", "saline", "wait", "no ", "none", "untreated")


@dataclass(frozen=True)
class Difference:
    """Arm minus reference at one week, on the instrument's own scale, four ways."""

    week: float
    ancova: Interval | Unmodelled
    mixed_model: mixed.Estimate | Unmodelled
    imputed: Interval | Unmodelled
    tipping_point: TippingPoint | Unmodelled


@dataclass(frozen=True)
class Comparison:
    """One arm against the reference, in one group and one instrument."""

    key: Key
    arm: str
    reference: str
    weeks: tuple[Difference, ...]


def reference_arm(arms: Sequence[str]) -> str:
    """The arm that others are compared with."""
    named = [arm for arm in sorted(arms) if arm.lower().startswith(CONTROLS)]
    return (named or sorted(arms))[0]


def comparisons(
    stuff: Material, keys: Sequence[str], *, up: Mapping[str, int], scale: Mapping[str, float]
) -> tuple[Comparison, ...]:
    """Every arm against the reference of its group; empty where there is no column `arm`, or one arm only. People without
    an arm were not allocated, and are compared with nobody.

    `up` and `scale` are each instrument's direction (1 where higher is worse) and width.
    """
    if "arm" not in keys:
        return ()
    place = keys.index("arm")
    together: dict[Key, list[Key]] = {}
    for key in sorted(stuff.rows):
        together.setdefault((*key[:place], *key[place + 1 :]), []).append(key)
    found = []
    for rest, members in together.items():
        arms = {key[place]: key for key in members if key[place]}
        if len(arms) < 2:
            continue
        first = reference_arm(list(arms))
        for arm in (arm for arm in arms if arm != first):
            weeks = _differences(stuff, arms[first], arms[arm], up=up[rest[-1]], scale=scale[rest[-1]])
            found.append(Comparison(rest, arm, first, weeks))
    return tuple(found)


def _differences(stuff: Material, first: Key, arm: Key, *, up: int, scale: float) -> tuple[Difference, ...]:
    pair = Pair(stuff.rows[first], stuff.rows[arm])
    modelled = _mixed(stuff, first, arm)
    imputed = pair.imputed(seed=seed_of((*first, *arm)), up=up)
    return tuple(
        Difference(week, pair.ancova(index, up=up), modelled[index], imputed[index], pair.tipping(index, scale=scale))
        for index, week in enumerate(stuff.weeks)
        if pair.asked(index)
    )


def _mixed(stuff: Material, first: Key, arm: Key) -> list[mixed.Estimate | Unmodelled]:
    """One model of both arms: visit by arm and visit by baseline, unstructured covariance."""
    weeks = len(stuff.weeks)
    if first not in stuff.sums or arm not in stuff.sums:
        return [Unmodelled("nobody answered in one of the arms")] * weeks
    arms = {first: stuff.sums[first], arm: stuff.sums[arm]}
    kept = [v for v in range(len(stuff.visits)) if all(one.answered_at(v) >= FEWEST for one in arms.values())]
    try:
        fitted = mixed.fit(restricted(joined(arms), kept))
    except (mixed.NotFitted, np.linalg.LinAlgError) as error:
        return [Unmodelled(str(error))] * weeks
    few, beyond = Unmodelled(f"fewer than {FEWEST} answers in an arm"), Unmodelled(TOO_MANY)
    said: list[mixed.Estimate | Unmodelled] = [few if at in stuff.visits else beyond for at in range(weeks)]
    for index, visit in enumerate(kept):
        said[stuff.visits[visit]] = fitted.estimate(visit=index, weights=np.array([0.0, 1.0, 0.0]))
    return said


@dataclass(frozen=True, eq=False)
class Pair:
    """The people of two arms; the design of every regression is one, arm, baseline."""

    first: Rows
    arm: Rows

    @property
    def baseline(self) -> Floats:
        """(people,)"""
        return np.concatenate([self.first.baseline, self.arm.baseline])

    @property
    def treated(self) -> Floats:
        """1.0 for people of the arm, (people,)."""
        return np.repeat([0.0, 1.0], [len(self.first.baseline), len(self.arm.baseline)])

    def asked(self, week: int) -> bool:
        """Was anybody of either arm due at this week?"""
        return bool(self.first.due[:, week].any() or self.arm.due[:, week].any())

    def _week(self, week: int) -> tuple[Floats, Floats, Floats]:
        """Design, outcome and arm of those due with a baseline."""
        due = np.concatenate([self.first.due[:, week], self.arm.due[:, week]]) & np.isfinite(self.baseline)
        outcome = np.concatenate([self.first.scores[:, week], self.arm.scores[:, week]])[due]
        design = np.column_stack([np.ones(int(due.sum())), self.treated[due], self.baseline[due]])
        return design, outcome, self.treated[due]

    def ancova(self, week: int, *, up: int) -> Interval | Unmodelled:
        """The difference of those who answered, adjusted for the baseline."""
        design, outcome, _ = self._week(week)
        there = np.isfinite(outcome)
        if not _enough(design[there]):
            return Unmodelled(f"fewer than {FEWEST} answers in an arm, or one baseline for all")
        estimate, variance, df = _regressed(design[there], up * outcome[there])
        return _interval(estimate, variance, df)

    def tipping(self, week: int, *, scale: float) -> TippingPoint | Unmodelled:
        """How much worse than people like them the silent of the arm must have done; the reference is left as it is."""
        design, outcome, treated = self._week(week)
        if not _enough(design[np.isfinite(outcome)]):
            return Unmodelled(f"fewer than {FEWEST} answers in an arm, or one baseline for all")
        return tipping_point(Filled(design, outcome, treated, tested=1), deltas=tuple(s * scale for s in STEPS))

    def imputed(self, *, seed: int, up: int) -> list[Interval | Unmodelled]:
        """The difference with the silent imputed from all weeks, arm and baseline."""
        known = np.isfinite(self.baseline)
        scores, treated = np.vstack([self.first.scores, self.arm.scores])[known], self.treated[known]
        there = np.isfinite(scores)
        answers = np.minimum(there[treated == 0].sum(axis=0), there[treated == 1].sum(axis=0))
        asked = [week for week in range(scores.shape[1]) if answers[week] >= FEWEST]
        found: list[Interval | Unmodelled] = [Unmodelled(f"fewer than {FEWEST} answers in an arm")] * scores.shape[1]
        if not asked or not np.ptp(self.baseline[known]):
            return found
        table = np.column_stack([treated, self.baseline[known], scores[:, asked]])
        completed = imputations(table, count=IMPUTATIONS, seed=seed)
        for place, week in enumerate(asked):
            found[week] = _as_interval(pooled(completed, _Ancova(place, up)))
        return found


@dataclass(frozen=True)
class _Ancova:
    """Arm difference at one week in a completed table of arm, baseline and scores."""

    week: int
    up: int

    def __call__(self, table: Floats) -> tuple[float, float, float]:
        design = np.column_stack([np.ones(len(table)), table[:, :2]])
        return _regressed(design, self.up * table[:, 2 + self.week])


def _enough(design: NDArray[np.floating]) -> bool:
    treated = design[:, 1].sum()
    return FEWEST <= treated <= len(design) - FEWEST and bool(np.linalg.matrix_rank(design) == design.shape[1])


def _regressed(design: Floats, outcome: Floats) -> tuple[float, float, float]:
    """The arm's coefficient, its squared error and degrees of freedom."""
    inverse = np.linalg.inv(design.T @ design)
    coefficients = inverse @ design.T @ outcome
    left = outcome - design @ coefficients
    df = len(design) - design.shape[1]
    return float(coefficients[1]), float(left @ left / df * inverse[1, 1]), float(df)


def _interval(estimate: float, variance: float, df: float, level: float = 0.95) -> Interval:
    half = float(special.stdtrit(df, 0.5 + level / 2)) * variance**0.5
    return Interval(estimate, variance**0.5, estimate - half, estimate + half)


def _as_interval(over: Pooled) -> Interval:
    return Interval(over.estimate, over.se, over.lower, over.upper)
