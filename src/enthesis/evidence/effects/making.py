"""From trials to contrasts on one scale: one measure, one policy, every choice in the notes."""

from dataclasses import dataclass, field
from itertools import chain

import numpy as np

from enthesis.evidence.contrasts import Batch, Contrasts
from enthesis.evidence.effects import events, given, means, singles
from enthesis.evidence.effects.arms import Arms, side_by_side
from enthesis.evidence.effects.designs import corrected_for_clusters
from enthesis.evidence.effects.zero_cells import AS_NETMETA, DOUBLE, RISKS, TO, ZeroCells, silent
from enthesis.evidence.reading.checks import score_types
from enthesis.evidence.reading.trials import Kind, Trials
from enthesis.knowledge import BadInput

MEASURES = {
    Kind.ARM_MEANS: ("MD", "SMD", "ROM"),
    Kind.ARM_EVENTS: ("OR", "RR", "RD"),
    Kind.ARM_RATES: ("IRR",),
    Kind.CONTRASTS: ("MD", "SMD", "ROM", "OR", "RR", "RD", "IRR", "HR", "GENERIC"),
    Kind.GENERIC: ("GENERIC", "MD", "SMD", "ROM", "OR", "RR", "RD", "IRR", "HR"),
    Kind.SINGLE_MEANS: ("MEAN",),
    Kind.SINGLE_EVENTS: ("LOGIT", "PROPORTION"),
}
RATIOS = ("OR", "RR", "IRR", "ROM", "HR")
GIVEN = {Kind.CONTRASTS: "GENERIC", Kind.GENERIC: "GENERIC"}


@dataclass(frozen=True)
class Choices:
    """What was chosen for the effects; the defaults are said in the notes of every result."""

    zero_cells: ZeroCells = field(default_factory=ZeroCells)
    small_sample: str = "hedges"
    mixed_scores: str = "refuse"

    def __post_init__(self) -> None:
        """Refuse what is not a choice."""
        for name, value, allowed in (
            ("small_sample", self.small_sample, means.SMALL_SAMPLE),
            ("mixed_scores", self.mixed_scores, ("refuse", "allow")),
            ("zero_cells.to", self.zero_cells.to, TO),
            ("zero_cells.double", self.zero_cells.double, DOUBLE),
            ("zero_cells.risks", self.zero_cells.risks, RISKS),
        ):
            if value not in allowed:
                raise BadInput(f"{name}: one of {', '.join(allowed)} was expected, not {value!r}")


def contrasts(
    trials: Trials,
    *,
    measure: str | None = None,
    zero_cells: ZeroCells | None = None,
    small_sample: str = "hedges",
    mixed_scores: str = "refuse",
    base: str | None = None,
) -> Contrasts:
    """Every study's contrasts with their full covariance, on the analysis scale (log for ratios).

    measure       MD, SMD, ROM (means); OR, RR, RD (events); IRR (person-time); GENERIC; LOGIT, PROPORTION, MEAN (single
                  groups). By default the first that fits the trials.
    zero_cells    a `ZeroCells`; the default adds 0.5 and drops studies without events, for ratios
    small_sample  of an SMD: "hedges" (exact correction), "cohen" (none; what netmeta pools in networks), "glass"
    mixed_scores  "refuse" or "allow" changes from baseline beside final scores in an SMD
    base          the treatment whose arm comes first in every study that has it; its SD is the unit of "glass"

    The studies of the result are those of `trials`; one that says nothing is in no batch, and the notes say so.
    """
    chosen = Choices(zero_cells or ZeroCells(), small_sample, mixed_scores)
    measure = measure_for(trials, measure)
    fitting = corrected_for_clusters(trials)
    notes = _mixed(fitting, measure, chosen)
    if fitting.kind is Kind.CONTRASTS:
        made, said = given.batches(fitting)
    elif fitting.kind.has_arms:
        made, said = _from_arms(fitting, measure, chosen, base)
    else:
        made, said = singles.batches(fitting, measure, chosen.zero_cells)
    treatments = fitting.treatments or singles.SIDES
    if not made:
        raise BadInput(
            f"{trials.where(0, 'events')}: no study says anything about {measure}: there are no events, or nothing but "
            "events, in any arm; ask for a risk difference (--measure RD), or keep such studies (--double-zero keep)"
        )
    return Contrasts(measure, treatments, fitting.studies, made, tuple(chain(fitting.notes, notes, said)))


def contrasts_in_network(
    trials: Trials, *, measure: str | None = None, zero_cells: ZeroCells | None = None, small_sample: str = "cohen"
) -> Contrasts:
    """`contrasts` with the choices of networks: an SMD is not corrected, so that those of a multi-arm trial agree, and
    empty cells of risks are filled as netmeta fills them.
    """
    return contrasts(trials, measure=measure, zero_cells=zero_cells or AS_NETMETA, small_sample=small_sample)


def measure_for(trials: Trials, measure: str | None) -> str:
    """The measure, or the first that fits these trials. Raises BadInput when it cannot be had from them."""
    possible = MEASURES[trials.kind]
    if measure is None:
        return GIVEN.get(trials.kind, possible[0])
    wanted = measure.upper()
    if wanted not in possible:
        raise BadInput(
            f"{trials.source}: measure {measure!r} cannot be had from {trials.kind}; one of {', '.join(possible)}"
        )
    return wanted


def _from_arms(
    trials: Trials, measure: str, chosen: Choices, base: str | None
) -> tuple[tuple[Batch, ...], tuple[str, ...]]:
    groups, notes = tuple(side_by_side(trials, base=base)), []
    counted = trials.kind is not Kind.ARM_MEANS
    any_empty = False
    if counted:
        if measure != "RD" and chosen.zero_cells.double == "drop":
            groups, dropped = _without_silent(groups, trials, measure)
            notes += dropped
        any_empty = any(_empty(arms, trials.kind) for arms in groups)
        if any_empty or chosen.zero_cells.to == "all":
            notes.append(chosen.zero_cells.sentence())
    return tuple(_batch(arms, measure, chosen, any_empty=any_empty) for arms in groups), tuple(notes)


def _batch(arms: Arms, measure: str, chosen: Choices, *, any_empty: bool) -> Batch:
    if measure == "MD":
        return means.mean_difference(arms)
    if measure == "SMD":
        return means.standardised(arms, correction=chosen.small_sample)
    if measure == "ROM":
        return means.ratio_of_means(arms)
    if measure == "IRR":
        return events.of_rates(arms, policy=chosen.zero_cells, any_empty=any_empty)
    return events.of_events(arms, measure=measure, policy=chosen.zero_cells, any_empty=any_empty)


def _empty(arms: Arms, kind: Kind) -> bool:
    happened = arms.number("events")
    full = happened == arms.people if kind is Kind.ARM_EVENTS else np.zeros_like(happened, dtype=bool)
    return bool(((happened == 0) | full).any())


def _without_silent(groups: tuple[Arms, ...], trials: Trials, measure: str) -> tuple[tuple[Arms, ...], list[str]]:
    """Without the studies that say nothing about the ratio: nobody had the event or, for odds, everybody."""
    kept, notes = [], []
    for arms in groups:
        n = arms.people if trials.kind is Kind.ARM_EVENTS else np.full_like(arms.number("events"), np.inf)
        quiet = silent(arms.number("events"), n, measure=measure)
        notes += [
            f"{trials.where(int(row), 'events')}: {trials.studies[index]}: no events, or nothing but events, in every arm: it "
            "says nothing about a ratio, left out (--double-zero keep adds 0.5 and keeps it)"
            for index, row in zip(arms.study[quiet], arms.rows[quiet].min(axis=1), strict=True)
        ]
        if not quiet.all():
            kept.append(arms.kept(~quiet))
    return tuple(kept), notes


def _mixed(trials: Trials, measure: str, chosen: Choices) -> tuple[str, ...]:
    """Changes from baseline and final scores side by side: fair in an MD, not in an SMD."""
    types = score_types(trials)
    if types is None or len(set(types[types >= 0])) < 2:
        return ()
    row = int(np.flatnonzero(types == _rarer(types))[0])
    what = "changes from baseline and final scores stand in one analysis"
    if measure in ("SMD", "ROM") and chosen.mixed_scores == "refuse":
        raise BadInput(
            f"{trials.where(row, 'type')}: {what}; their SDs differ, so a {measure} would mix two units: use MD, keep one "
            "sort, or say that you mean it (mixed_scores='allow', --allow-mixed-scores)"
        )
    return (f"{trials.where(row, 'type')}: {what}; a {measure} may pool them",)


def _rarer(types: np.ndarray) -> int:
    return int((types == 1).sum() <= (types == 0).sum())
