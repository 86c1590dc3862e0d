"""Every follow-up of every trial of a review, on one scale: what a network over time is made of."""

from collections.abc import Iterator
from dataclasses import replace

from enthesis.evidence.reading import Trials
from enthesis.evidence.review.asking import Question, Window
from enthesis.evidence.review.choosing import groups_of, side_of
from enthesis.evidence.review.combining import combined
from enthesis.evidence.review.fitting import arms_of
from enthesis.evidence.review.reviewing import Review
from enthesis.evidence.review.rows import Arm, Trial
from enthesis.evidence.review.values import Side
from enthesis.knowledge import BadInput


def followed(of: Review, question: Question) -> dict[float, Trials]:
    """The arms of each week. Of a trial with several instruments, or with changes and finals, the one with most follow-ups.

    Differences printed without arms cannot be followed and are left out, as are rows without a week. Raises BadInput for a
    question that is not about means on one scale.
    """
    if question.measure != "MD":
        raise BadInput("measure: effects over time are differences of means on one scale; ask for that one")
    asked = replace(question, window=Window.ANY).checked(of)
    weeks: dict[float, list[Side]] = {}
    for trial in of.trials:
        if not asked.why_not(trial):
            for week, sides in _of_trial(of, trial, asked):
                weeks.setdefault(week, []).extend(sides)
    if not weeks:
        raise BadInput("weeks: no trial gives the means of its arms at a stated week")
    return {week: arms_of(sides, of_events=False) for week, sides in sorted(weeks.items())}


def _of_trial(of: Review, trial: Trial, asked: Question) -> Iterator[tuple[float, list[Side]]]:
    outcome = of.about.outcome(asked.outcome)
    arms = [arm for arm in of.arms if arm.trial == trial.trial and arm.outcome == asked.outcome]
    kinds: dict[tuple[str, str], dict[float, list[Arm]]] = {}
    for group in groups_of(arms, asked, outcome):
        first = group[0]
        if first.week is not None and len({arm.node for arm in group}) > 1:
            kinds.setdefault((first.instrument, first.kind), {}).setdefault(first.week, group)
    most = max(kinds.values(), key=len, default={})
    for week, group in most.items():
        yield week, combined([side_of(arm, outcome, asked) for arm in group], [arm.arm for arm in group])[1]
