"""What results that were never reported could do to each estimate of a network, in two tables in the manner of ROB-MEN.

Chiocchia 2021 (doi 10.1186/s12916-021-02166-3): reviewers judge each comparison for results that are missing and whom
that favours; the network tells how much of each estimate comes through such comparisons, and a regression on variance
whether small studies say something else. The judgments are theirs; the rule that joins them is ours, and is stated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.networks import Network, Regression, regression
from enthesis.evidence.networks.estimates import estimates
from enthesis.evidence.networks.flow import flows
from enthesis.evidence.networks.pairs import pair_index
from enthesis.knowledge import BadInput

SUBSTANTIAL = 0.15  # net share of an estimate through comparisons suspected of bias; ours
VARIANCE = "variance"


class Risk(StrEnum):
    """Of bias by missing evidence."""

    LOW = "low"
    SOME = "some concerns"
    HIGH = "high"


@dataclass(frozen=True)
class Judged:
    """A reviewer's judgment of one comparison: whom missing results favour (None: nobody), and how many are known of."""

    favours: str | None
    missing: int = 0


@dataclass(frozen=True)
class PairRow:
    """One comparison: studies with results here, studies known without, and whom that favours."""

    treatment: str
    versus: str
    studies: int
    missing: int
    favours: str | None


@dataclass(frozen=True)
class EstimateRow:
    """One network estimate, `treatment` less `versus`.

    towards_treatment, towards_versus  shares of it through comparisons whose missing results would move it that way
    estimate, adjusted                 of the network; and of the most precise study's variance, by regression
    contribution, small_studies        whom either favours; None for neither
    """

    treatment: str
    versus: str
    towards_treatment: float
    towards_versus: float
    contribution: str | None
    estimate: float
    adjusted: float | None
    small_studies: str | None
    risk: Risk

    def explain(self) -> str:
        """The rule and what led to it."""
        shares = f"{self.towards_treatment:.0%} of it towards {self.treatment}, {self.towards_versus:.0%} towards {self.versus}"
        small = f"small studies favour {self.small_studies}" if self.small_studies else "no sign of small-study effects"
        if self.adjusted is None:
            small = "small-study effects cannot be looked for"
        return f"{self.treatment} against {self.versus}: {self.risk} risk; through suspected comparisons {shares}; {small}."


@dataclass(frozen=True)
class MissingEvidence:
    """Both tables."""

    pairs: tuple[PairRow, ...]
    estimates: tuple[EstimateRow, ...]

    def explain(self) -> str:
        """How many estimates are at which risk, and by what rule."""
        counts = ", ".join(f"{sum(one.risk == risk for one in self.estimates)} {risk}" for risk in Risk)
        return (
            f"Risk of bias by missing evidence, {len(self.estimates)} estimates: {counts}. Some concerns where a net "
            f"{SUBSTANTIAL:.0%} or more of an estimate comes through comparisons suspected of missing results, where the pair "
            "itself is suspected, or where small studies differ; high where both favour the same treatment."
        )


def missing_evidence(found: Network, judged: Mapping[tuple[str, str], Judged]) -> MissingEvidence:
    """Both tables of a network, from the judgments of reviewers; a comparison without one counts as not suspected.

    Raises BadInput for a treatment nobody was given and a comparison that favours neither of its two.
    """
    known = {_place(found, pair): one for pair, one in judged.items() if _checked(found, pair, one)}
    first, second = found.all_pairs
    names, studies = found.treatments, np.zeros(len(first), dtype=int)
    place, _, count = found.comparisons.grouped
    studies[place] = count
    rows = [
        PairRow(names[a], names[b], int(studies[at]), one.missing, one.favours)
        for at, (a, b) in enumerate(zip(first.tolist(), second.tolist(), strict=True))
        for one in [known.get(at, Judged(None))]
    ]
    pulled = _pulled(found, rows)
    smaller = _at_smallest_variance(found)
    made = [_estimate(found, row, pulled[at], smaller) for at, row in enumerate(rows)]
    return MissingEvidence(tuple(rows), tuple(made))


def _checked(found: Network, pair: tuple[str, str], one: Judged) -> bool:
    for name in pair:
        if name not in found.treatments:
            raise BadInput(f"{name}: not a treatment of this network, which has {', '.join(found.treatments)}")
    if pair[0] == pair[1]:
        raise BadInput(f"{pair[0]}: two different treatments were expected in a judgment")
    if one.favours is not None and one.favours not in pair:
        raise BadInput(f"{' and '.join(pair)}: favours {one.favours!r}; one of the two, or nobody, was expected")
    return True


def _place(found: Network, pair: tuple[str, str]) -> int:
    low, high = sorted(found.treatments.index(name) for name in pair if name in found.treatments) or (0, 0)
    return pair_index(low, high, len(found.treatments))


def _pulled(found: Network, rows: list[PairRow]) -> Floats:
    """(pairs, 2) share of each estimate that missing results would move towards its first and its second treatment.

    A comparison moves an estimate the way its flow runs, so its favour carries over with the sign of the hat matrix.
    """
    _, columns, hat = flows(found.random, found.comparisons)
    shares = found.contributions().shares
    sides = [0 if (row := rows[at]).favours is None else 1 if row.favours == row.treatment else -1 for at in columns]
    way = np.sign(hat) * np.array(sides)
    return np.stack([(shares * (way > 0)).sum(axis=1), (shares * (way < 0)).sum(axis=1)], axis=1)


def _at_smallest_variance(found: Network) -> tuple[Regression, float] | None:
    """The network regressed on the mean variance of each study's comparisons, and the smallest of them; None where none is."""
    made = found.comparisons
    count = np.bincount(made.study, minlength=len(found.studies))
    variance = np.bincount(made.study, made.variance, len(found.studies)) / count
    try:
        line = regression(
            found.contrasts,
            {VARIANCE: variance.tolist()},
            reference=found.reference,
            slopes="common",
            level=found.level,
        )
    except BadInput:
        return None
    return line, float(variance.min())


def _estimate(found: Network, row: PairRow, pulled: Floats, smaller: tuple[Regression, float] | None) -> EstimateRow:
    pair = (row.treatment, row.versus)
    plain = found.between(*pair).random
    towards, against = (float(share) for share in pulled)
    net = towards - against
    contribution = None if abs(net) < SUBSTANTIAL else pair[0] if net > 0 else pair[1]
    contribution = contribution or row.favours
    adjusted, small = None, None
    if smaller is not None:
        adjusted, low, high = _adjusted(*smaller, pair, found.level)
        middle = float(plain["estimate"] or 0.0)
        within = low <= middle <= high and float(plain["lower"] or -np.inf) <= adjusted <= float(
            plain["upper"] or np.inf
        )
        small = None if within else pair[0] if (middle < adjusted) == found.small_good else pair[1]
    signs = [one for one in (contribution, small) if one]
    risk = Risk.LOW if not signs else Risk.HIGH if len(signs) == 2 and signs[0] == signs[1] else Risk.SOME
    return EstimateRow(*pair, towards, against, contribution, float(plain["estimate"] or 0.0), adjusted, small, risk)


def _adjusted(line: Regression, variance: float, pair: tuple[str, str], level: float) -> tuple[float, float, float]:
    """The difference of a pair in a study of this variance, with its interval."""
    weights = np.zeros(len(line.terms))
    for name, sign in zip(pair, (1.0, -1.0), strict=True):
        if name == line.reference:
            weights[line.terms.index(VARIANCE)] -= sign * variance
        else:
            weights[line.terms.index(name)] += sign
    value, se = weights @ line.estimates.estimate, float(weights @ line.covariance @ weights) ** 0.5
    made = estimates(np.array([value]), np.array([se]), level=level)
    return float(value), float(made.lower[0]), float(made.upper[0])
