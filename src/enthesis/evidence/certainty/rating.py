"""How sure a network is of each of its comparisons, from its own numbers and what is known of its trials."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from enthesis.evidence.certainty import rules
from enthesis.evidence.certainty.judgments import Certainty, Concern, Domain, Override
from enthesis.evidence.contrasts import Floats
from enthesis.evidence.networks import LeagueRow, Network
from enthesis.evidence.networks.pairs import pair_index
from enthesis.evidence.networks.tails import chi2_above
from enthesis.evidence.pooling.small_study import egger
from enthesis.knowledge import BadInput

ONE_SIZE = 1e-12  # of the largest variance: studies that differ by less have one size, and no line can be drawn


@dataclass(frozen=True)
class Known:
    """What the numbers alone do not say. A trial without an entry counts as `unsaid`.

    important  smallest important difference on the scale of the analysis
    bias, indirect  by study: how concerned to be
    missing    trials known whose results are not in the network
    people     by study, where arms do not say
    """

    important: float
    bias: Mapping[str, Concern] = field(default_factory=dict)
    indirect: Mapping[str, Concern] = field(default_factory=dict)
    missing: int = 0
    people: Mapping[str, int] = field(default_factory=dict)
    unsaid: Concern = Concern.SOME
    by: rules.Summary = rules.Summary.MAJORITY
    overrides: Mapping[tuple[str, str], tuple[Override, ...]] = field(default_factory=dict)


def certainties(found: Network, known: Known, *, versus: str | None = None) -> tuple[Certainty, ...]:
    """Every comparison with its rating; with `versus` only each other treatment less that one."""
    rows = found.league().rows()
    if versus is not None:
        rows = tuple(found.between(name, versus) for name in found.treatments if name != versus)
    given = study_shares(found)
    overall = _global_p(found)
    return tuple(_rated(found, row, given[_pair(found, row)], overall, known) for row in rows)


def study_shares(found: Network) -> Floats:
    """(pairs, studies) how much of each network estimate each study gives; each row adds to 1.

    Contributions by random walk, divided among the studies of each direct comparison (`networks.by_study`).
    """
    return found.study_contributions("random").shares


def _rated(found: Network, row: LeagueRow, shares: Floats, overall: float | None, known: Known) -> Certainty:
    random = row.random
    interval = _interval(random)
    low, high = row.prediction
    prediction = None if low is None or high is None or found.tau2 is None else (low, high)
    direct, indirect, split_p = _both(found, row)
    studies, asymmetry = _asymmetry(found, row)
    judged = (
        rules.from_contributions(
            Domain.WITHIN_STUDY_BIAS, _levels(found, shares, known.bias, known.unsaid), by=known.by
        ),
        rules.reporting_bias(studies=studies, asymmetry_p=asymmetry, pooled=len(found.studies), missing=known.missing),
        rules.from_contributions(
            Domain.INDIRECTNESS, _levels(found, shares, known.indirect, Concern.NONE), by=known.by
        ),
        rules.imprecision(interval, important=known.important, people=_people(found, shares, known.people)),
        rules.heterogeneity(interval, prediction, important=known.important),
        rules.incoherence(
            direct=direct, indirect=indirect, split_p=split_p, global_p=overall, important=known.important
        ),
    )
    both = (known.overrides.get((row.treatment, row.versus), ()), known.overrides.get((row.versus, row.treatment), ()))
    return Certainty(row.treatment, row.versus, judged).with_overrides(both[0] + both[1])


def _interval(made: Mapping[str, float | None]) -> tuple[float, float]:
    low, high = made["lower"], made["upper"]
    return (-np.inf if low is None else low, np.inf if high is None else high)


def _levels(found: Network, shares: Floats, levels: Mapping[str, Concern], unsaid: Concern) -> dict[Concern, float]:
    total = dict.fromkeys(Concern, 0.0)
    for study, share in zip(found.studies, shares.tolist(), strict=True):
        total[levels.get(study, unsaid)] += share
    return total


def _people(found: Network, shares: Floats, known: Mapping[str, int]) -> float | None:
    """People of every study that gives anything to the estimate; None where that is not known of one."""
    total = 0.0
    for batch in found.contrasts.batches:
        for study, people in zip(batch.study.tolist(), batch.people.sum(axis=1).tolist(), strict=True):
            if shares[study] > 0:
                total += people if np.isfinite(people) else known.get(found.studies[study], np.nan)
    return total if np.isfinite(total) else None


def _pair(found: Network, row: LeagueRow) -> int:
    places = sorted(found.treatments.index(name) for name in (row.treatment, row.versus))
    return pair_index(places[0], places[1], len(found.treatments))


def _both(found: Network, row: LeagueRow) -> tuple[rules.Interval | None, rules.Interval | None, float | None]:
    """Intervals of direct and indirect evidence, seen as `row` is, with the test of their difference."""
    from scipy.special import ndtri

    pair, turn = (
        _pair(found, row),
        1.0 if found.treatments.index(row.treatment) < found.treatments.index(row.versus) else -1.0,
    )
    split, half = found.split("random"), float(ndtri(0.5 + found.level / 2))
    place = np.flatnonzero(split.pair == pair)
    if len(place):
        at = int(place[0])
        made = [
            _around(turn * float(middle[at]), half * float(error[at]))
            for middle, error in ((split.direct, split.direct_se), (split.indirect, split.indirect_se))
        ]
        return made[0], made[1], float(split.p[at])
    network = _interval(row.random)
    return (network, None, None) if pair in found.direct("random").pair else (None, network, None)


def _around(middle: float, half: float) -> rules.Interval:
    return middle - half, middle + half


def _asymmetry(found: Network, row: LeagueRow) -> tuple[int, float | None]:
    """Studies that compare the two directly, and P of Egger's test among them."""
    made = found.comparisons
    mine = made.pair == _pair(found, row)
    count = int(mine.sum())
    if count < rules.ENOUGH_STUDIES:
        return count, None
    if np.ptp(made.variance[mine]) <= ONE_SIZE * made.variance[mine].max():
        return count, None
    line = egger(made.estimate[mine], made.variance[mine])
    return count, None if line is None else line.p


def _global_p(found: Network) -> float | None:
    q = found.design_by_treatment().q
    return float(chi2_above(q.value, q.df)) if q.df else None


SPELLED = {
    **dict.fromkeys(("low", "l", "1", "no", "none"), Concern.NONE),
    **dict.fromkeys(("some", "unclear", "u", "s", "2", "moderate", "some concerns"), Concern.SOME),
    **dict.fromkeys(("high", "h", "3", "serious", "major"), Concern.MAJOR),
}


def concerns(values: Sequence[str], studies: Sequence[str], *, column: str) -> dict[str, Concern]:
    """Levels of risk of bias or indirectness as files write them: low, some, high; or 1, 2, 3; or L, U, H; empty: unsaid.

    Raises BadInput for another word, and for a study that has two levels.
    """
    found: dict[str, Concern] = {}
    for study, value in zip(studies, values, strict=True):
        said = value.strip().lower()
        if said and said not in SPELLED:
            raise BadInput(f"study {study}, column {column}: {value!r}; low, some, high or 1, 2, 3 was expected")
        if said and found.setdefault(study, SPELLED[said]) is not SPELLED[said]:
            raise BadInput(f"study {study}, column {column}: two different levels; give one for the whole study")
    return found
