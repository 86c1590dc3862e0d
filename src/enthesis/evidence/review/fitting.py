"""From the rows a question chose to contrasts, and to the network they make."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from enthesis.evidence.certainty import Concern
from enthesis.evidence.contrasts import Batch, Contrasts
from enthesis.evidence.effects import contrasts, contrasts_in_network
from enthesis.evidence.networks import Network, Parts, network
from enthesis.evidence.reading import Trials, trials_from
from enthesis.evidence.review.asking import Question
from enthesis.evidence.review.choosing import Chosen, choose
from enthesis.evidence.review.flow import Flow, flow
from enthesis.evidence.review.reviewing import Review
from enthesis.evidence.review.rows import Bias, Indirectness
from enthesis.evidence.review.values import Side
from enthesis.knowledge import BadInput

CONCERN = {Bias.LOW: Concern.NONE, Bias.SOME: Concern.SOME, Bias.UNCLEAR: Concern.SOME, Bias.HIGH: Concern.MAJOR}
DISTANCE = {Indirectness.NO: Concern.NONE, Indirectness.SOME: Concern.SOME, Indirectness.SERIOUS: Concern.MAJOR}


@dataclass(frozen=True, eq=False)
class Fit:
    """A review's answer to one question: what was chosen, where every trial went, and the network of what is left."""

    review: Review
    chosen: Chosen
    networks: tuple[Network, ...]

    @property
    def question(self) -> Question:
        """What was asked."""
        return self.chosen.question

    @cached_property
    def flow(self) -> Flow:
        """Where every trial went."""
        return flow(self.review, self.chosen)

    @property
    def important(self) -> float:
        """The smallest difference that matters, on the scale of the analysis (log for OR and RR)."""
        outcome = self.review.about.outcome(self.question.outcome)
        if self.question.measure == "MD":
            return outcome.important
        if self.question.measure == "SMD":
            return outcome.important_smd
        return float(np.log(outcome.important_ratio)) if self.question.measure in ("OR", "RR") else 0.05

    @property
    def bias(self) -> dict[str, Concern]:
        """Risk of bias of each pooled trial; one that nobody could judge counts as some."""
        return {one.trial.trial: CONCERN[one.trial.bias] for one in self.chosen.taken}

    @property
    def indirect(self) -> dict[str, Concern]:
        """How far each pooled trial lies from the question."""
        return {one.trial.trial: DISTANCE[one.trial.indirect] for one in self.chosen.taken}

    @property
    def missing(self) -> int:
        """Trials of the asked conditions that are known and whose results are not here."""
        asked = self.question.conditions
        return sum(not asked or one.condition in asked for one in self.review.awaiting)


def fit(of: Review, question: Question, *, versus: str = "", tau2: str | float = "reml", ci: str = "wald") -> Fit:
    """A review's answer to a question. Without a trial that compares anything, a fit with no network.

    `versus` is the treatment the others are set against; the review's own where it is empty or has no numbers here.
    Raises BadInput when the review does not know what is asked.
    """
    if versus:
        of.about.node(versus)
    chosen = choose(of, question)
    made = contrasts_of(chosen)
    if made is None:
        return Fit(of, chosen, ())
    small = "bad" if question.of_events else "good"
    found = network(made, reference=_reference(of, chosen, versus), tau2=tau2, ci=ci, small_values=small)
    return Fit(of, chosen, found.networks if isinstance(found, Parts) else (found,))


def contrasts_of(chosen: Chosen) -> Contrasts | None:
    """Arms and printed differences of a choice as contrasts on one scale; None when nothing can be compared."""
    made = [one for one in (_from_arms(chosen), _from_differences(chosen)) if one is not None]
    return merged(made) if made else None


def merged(made: list[Contrasts]) -> Contrasts:
    """Contrasts of different studies as one set. Raises BadInput for two measures or a study in both."""
    if len({one.measure for one in made}) > 1:
        raise BadInput(f"measure: {' and '.join(sorted({one.measure for one in made}))} cannot be pooled together")
    studies = tuple(study for one in made for study in one.studies)
    if len(set(studies)) < len(studies):
        raise BadInput(f"study: {sorted(s for s in set(studies) if studies.count(s) > 1)[0]!r} is there twice")
    treatments = tuple(sorted({name for one in made for name in one.treatments}))
    batches: dict[int, list[Batch]] = {}
    start = 0
    for one in made:
        place = np.array([treatments.index(name) for name in one.treatments], dtype=np.int64)
        for batch in one.batches:
            shifted = replace(batch, study=batch.study + start, arms=place[batch.arms])
            batches.setdefault(batch.size, []).append(shifted)
        start += len(one.studies)
    notes = tuple(note for one in made for note in one.notes)
    return Contrasts(made[0].measure, treatments, studies, tuple(map(_stacked, batches.values())), notes)


def _stacked(same: list[Batch]) -> Batch:
    parts = ("study", "arms", "estimates", "covariance", "people")
    return Batch(**{part: np.concatenate([getattr(batch, part) for batch in same]) for part in parts})


def _from_arms(chosen: Chosen) -> Contrasts | None:
    if not chosen.sides:
        return None
    trials = arms_of(chosen.sides, of_events=chosen.question.of_events)
    return contrasts_in_network(trials, measure=chosen.question.measure)


def arms_of(sides: Sequence[Side], *, of_events: bool) -> Trials:
    """The arms as a table of trials: people with their events, or with mean and SD."""
    columns: dict[str, list[object]] = {
        "study": [side.trial for side in sides],
        "treatment": [side.node for side in sides],
        "n": [side.n for side in sides],
    }
    if of_events:
        columns["events"] = [side.events for side in sides]
    else:
        columns |= {"mean": [side.mean for side in sides], "sd": [side.sd for side in sides]}
    return trials_from(columns, source="arms.csv", keep_names=True)


def _from_differences(chosen: Chosen) -> Contrasts | None:
    gaps = chosen.gaps
    if not gaps:
        return None
    columns: dict[str, list[object]] = {
        "study": [gap.trial for gap in gaps],
        "treatment1": [gap.node for gap in gaps],
        "treatment2": [gap.versus for gap in gaps],
        "estimate": [gap.estimate for gap in gaps],
        "se": [gap.se for gap in gaps],
    }
    made = contrasts(trials_from(columns, source="contrasts.csv", keep_names=True), measure=chosen.question.measure)
    return replace(made, batches=tuple(_with_people(batch, made.studies, chosen) for batch in made.batches))


def _with_people(batch: Batch, studies: tuple[str, ...], chosen: Chosen) -> Batch:
    """People of a trial that prints a difference only: its total, halved, since its arms are not known."""
    people = {one.trial.trial: one.trial.people for one in chosen.taken}
    halves = [(people[studies[study]] or np.nan) / 2 for study in batch.study.tolist()]
    return replace(batch, people=np.repeat(np.array(halves)[:, None], batch.size, axis=1))


def _reference(of: Review, chosen: Chosen, versus: str) -> str | None:
    return next((name for name in (versus, of.about.reference) if name in chosen.nodes), None)
