"""Which rows of a review answer a question: one time and one instrument per trial, and a reason for each trial left out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from enthesis.evidence.review.about import Outcome
from enthesis.evidence.review.asking import Question
from enthesis.evidence.review.combining import combined
from enthesis.evidence.review.reviewing import Review
from enthesis.evidence.review.rows import Arm, Better, Difference, Scores, Trial
from enthesis.evidence.review.values import Gap, Side

BASELINE = "baseline"  # the reason given in the tables for a row from before the first treatment
NO_WEEK = 0.0  # a table that states no time has one time only


@dataclass(frozen=True)
class Taken:
    """What was taken of one trial: instrument, week, changes or finals, and every conversion on the way."""

    trial: Trial
    instrument: str
    week: float | None
    kind: Scores
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chosen:
    """The rows that answer a question, the trials they come from, and why each other trial is not here."""

    question: Question
    sides: tuple[Side, ...]
    gaps: tuple[Gap, ...]
    taken: tuple[Taken, ...]
    left_out: tuple[tuple[Trial, str], ...]

    @property
    def nodes(self) -> tuple[str, ...]:
        """Every treatment with numbers, in order of name."""
        named = {side.node for side in self.sides} | {node for gap in self.gaps for node in (gap.node, gap.versus)}
        return tuple(sorted(named))

    @property
    def mixed(self) -> bool:
        """Whether both changes and final scores are in it: allowed in a mean difference, said aloud in any other."""
        return len({one.kind for one in self.taken} & {Scores.CHANGE, Scores.FINAL}) > 1


Found = tuple[tuple[Side, ...], tuple[Gap, ...], Taken]


def choose(of: Review, question: Question) -> Chosen:
    """The rows of a review that answer a question. Raises BadInput when the review does not know what is asked.

    A standardised difference never mixes changes and finals: unless the question says which, the commoner kind stays.
    """
    chosen = _chosen(of, question.checked(of))
    if question.measure == "SMD" and question.scores is None and chosen.mixed:
        kinds = [one.kind for one in chosen.taken]
        return _chosen(of, replace(question, scores=max(kinds, key=kinds.count)))
    return chosen


def _chosen(of: Review, question: Question) -> Chosen:
    outcome = of.about.outcome(question.outcome)
    found = [(trial, question.why_not(trial) or _found(of, trial, question, outcome)) for trial in of.trials]
    given = [one for _, one in found if not isinstance(one, str)]
    sides = tuple(side for one in given for side in one[0])
    gaps = tuple(gap for one in given for gap in one[1])
    left_out = tuple((trial, one) for trial, one in found if isinstance(one, str))
    return Chosen(question, sides, gaps, tuple(one[2] for one in given), left_out)


def _found(of: Review, trial: Trial, question: Question, outcome: Outcome) -> Found | str:
    """What one trial gives; or why it gives nothing."""
    arms = [arm for arm in of.arms if arm.trial == trial.trial and arm.outcome == question.outcome]
    differences = [one for one in of.differences if one.trial == trial.trial and one.outcome == question.outcome]
    groups = [group for group in groups_of(arms, question, outcome) if len({arm.node for arm in group}) > 1]
    if groups:
        rows = min(groups, key=lambda group: abs(_week(group[0]) - question.weeks))
        notes, sides = combined([side_of(arm, outcome, question) for arm in rows], [arm.arm for arm in rows])
        return tuple(sides), (), _taken(trial, rows[0], _conversion(rows[0], outcome, question) + notes)
    printed = [one for one in differences if not _unusable(one, question, outcome)]
    if printed and question.measure == "MD":
        best = min(printed, key=lambda one: abs(_week(one) - question.weeks))
        notes = ("the difference as printed, with the SE of its 95% interval",)
        return (), (_gap(best, outcome),), _taken(trial, best, _conversion(best, outcome, question) + notes)
    return _why_none(arms, differences, question, outcome)


def _taken(trial: Trial, row: Arm | Difference, notes: tuple[str, ...]) -> Taken:
    return Taken(trial, row.instrument, row.week, row.kind, notes)


def _week(row: Arm | Difference) -> float:
    return NO_WEEK if row.week is None else row.week


def groups_of(arms: Iterable[Arm], question: Question, outcome: Outcome) -> list[list[Arm]]:
    """Usable rows that belong together (instrument, week, kind, definition of an event), in the order of the table."""
    groups: dict[tuple[str, float, Scores, str], list[Arm]] = {}
    for arm in arms:
        if not _unusable(arm, question, outcome):
            groups.setdefault((arm.instrument, _week(arm), arm.kind, arm.events_of), []).append(arm)
    return list(groups.values())


def _unusable(row: Arm | Difference, question: Question, outcome: Outcome) -> str:
    """Why a row cannot answer a question; empty when it can."""
    first, last = question.span
    complete = (
        row.has_interval if isinstance(row, Difference) else row.has_events if question.of_events else row.has_mean
    )
    if row.unfit:
        return row.unfit
    if not complete:
        return "counts of people are needed" if question.of_events else "size, mean or spread is missing"
    if not first <= (row.week if row.week is not None else first) <= last:
        return f"outside the weeks asked for ({first:g} to {last:g})"
    if question.scores and row.kind is not question.scores:
        return f"{row.kind} scores, and {question.scores} ones were asked for"
    if question.without_cautions and row.caution:
        return f"set aside with all that carry a caution: {row.caution}"
    if question.measure == "MD" and outcome.scale and row.scale_min is None:
        return "the range of the scale is not stated, so it cannot be put on a common one"
    return ""


def _why_none(arms: list[Arm], differences: list[Difference], question: Question, outcome: Outcome) -> str:
    """The most telling reason why a trial gives nothing: that of the rows that came nearest to being used."""
    rows: tuple[Arm | Difference, ...] = (*arms, *differences)
    if not rows:
        return f"no row on {outcome.name.lower()}"
    counted = (Scores.EVENTS, Scores.SHARE)
    sort = [row for row in rows if (row.kind in counted) is question.of_events]
    if not sort:
        return "only scores readable, no counts of people" if question.of_events else "only shares of people readable"
    said = [why for row in sort if (why := _unusable(row, question, outcome))]
    if not said:
        return (
            "no second arm readable" if arms else "printed as a difference, which a standardised one cannot be made of"
        )
    telling = [why for why in said if why != BASELINE] or ["only baseline values readable"]
    return max(telling, key=telling.count)


def _turn(better: Better | None) -> float:
    return -1.0 if better is Better.HIGHER else 1.0


def _points(row: Arm | Difference, outcome: Outcome, question: Question) -> float:
    """Points of the instrument for one point of the outcome's scale; 1 where the outcome has no scale of its own."""
    if question.measure != "MD" or not outcome.scale or row.scale_min is None or row.scale_max is None:
        return 1.0
    return (row.scale_max - row.scale_min) / (outcome.scale[1] - outcome.scale[0])


def side_of(arm: Arm, outcome: Outcome, question: Question) -> Side:
    """One arm on the scale of the question, low being good."""
    if question.of_events:
        return Side(arm.trial, arm.node, arm.n or 0, events=arm.events or 0)
    points, turn = _points(arm, outcome, question), _turn(arm.better)
    start = (arm.scale_min or 0.0) if arm.kind is Scores.FINAL and points != 1.0 else 0.0
    return Side(arm.trial, arm.node, arm.n or 0, turn * ((arm.mean or 0.0) - start) / points, (arm.sd or 0.0) / points)


def _gap(one: Difference, outcome: Outcome) -> Gap:
    from scipy.special import ndtri

    points = _points(one, outcome, Question(one.outcome))
    se = ((one.high or 0.0) - (one.low or 0.0)) / points / (2 * float(ndtri(0.975)))
    return Gap(one.trial, one.node, one.versus, _turn(one.better) * one.estimate / points, se)


def _conversion(row: Arm | Difference, outcome: Outcome, question: Question) -> tuple[str, ...]:
    """What was done to the numbers of a row, in words, with what to beware of."""
    said = []
    points = _points(row, outcome, question)
    if points != 1.0:
        common = f"{outcome.scale[0]:g} to {outcome.scale[1]:g}"
        said.append(f"{row.scale_min:g} to {row.scale_max:g} put on {common}, divided by {points:g}")
    if row.better is Better.HIGHER and not question.of_events:
        said.append("sign turned, so that low is good")
    if isinstance(row, Arm) and row.spread_from and not row.spread_from.startswith("reported"):
        said.append(f"spread: {row.spread_from}")
    return (*said, *((f"caution: {row.caution}",) if row.caution else ()))
