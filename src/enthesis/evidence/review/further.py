"""Four further questions put to a review's answer: kinds of treatment alike, enough yet, never reported, and over time.

Each gives its result or, in words, why there is none. What is assumed stands with the constants here and is shown with them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from enthesis.evidence.bayes import HalfNormal, class_effects
from enthesis.evidence.bayes.classes import ClassEffects
from enthesis.evidence.certainty.missing_evidence import Judged, MissingEvidence, missing_evidence
from enthesis.evidence.networks import Network, over_time
from enthesis.evidence.networks.over_time import OverTime
from enthesis.evidence.review.fitting import Fit
from enthesis.evidence.review.following import followed
from enthesis.evidence.sequential import Sequential, sequential
from enthesis.knowledge import BadInput

WINDOWS = ((0.0, 5.0), (6.0, 18.0), (19.0, 39.0), (40.0, 104.0))  # weeks: early, and about 3, 6 and 12 months; ours
WITHIN, BETWEEN = 0.5, 0.8  # correlations over follow-ups: assumed, no trial here prints them
ALPHA, POWER = 0.05, 0.9
Found = TypeVar("Found")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, eq=False)
class Further:
    """The four answers for one connected network; a text in the place of an answer says why there is none.

    undated  studies without a year, which the looks take last, in the order of the table
    """

    network: Network
    pair: tuple[str, str]
    favours: str
    classes: ClassEffects | str
    looks: Sequential | str
    missing: MissingEvidence | str
    over_time: OverTime | str
    undated: tuple[str, ...]


def further(made: Fit, found: Network, *, treatment: str = "", versus: str = "", favours: str | None = None) -> Further:
    """All four. Without a pair, the treatment with most studies against the network's reference is looked at; without
    `favours`, results of that treatment are supposed to be those not reported ("" supposes nothing).

    Raises BadInput for a treatment that is not in the network.
    """
    pair = (treatment or most_studied(found), versus or found.reference)
    suspected = pair[0] if favours is None else favours
    for name in (*pair, *filter(None, [suspected])):
        if name not in found.treatments:
            raise BadInput(f"treatment: there is no {name!r} in this network; there are: {', '.join(found.treatments)}")
    order, undated = by_year(made, found)
    return Further(
        found,
        pair,
        suspected,
        _or_why(lambda: _classes(made, found)),
        _or_why(lambda: _looks(made, found, pair, order)),
        _or_why(lambda: missing_evidence(found, suspicions(found, suspected))),
        _or_why(lambda: _over_time(made, found)),
        undated,
    )


def _or_why(ask: Callable[[], Found]) -> Found | str:
    try:
        return ask()
    except BadInput as error:
        field, _, why = str(error).partition(": ")
        return why if why and " " not in field else str(error)


def most_studied(found: Network) -> str:
    """The treatment, other than the reference, that most studies gave; the first by name of several."""
    counts = dict.fromkeys(found.treatments, 0)
    for batch in found.contrasts.batches:
        for arm in batch.arms.ravel().tolist():
            counts[found.contrasts.treatments[arm]] += 1
    return max((name for name in found.treatments if name != found.reference), key=lambda name: counts[name])


def members(made: Fit, found: Network) -> dict[str, str]:
    """The class of each treatment of this network that shares one with another treatment in it."""
    there = {one.name: [node for node in one.nodes if node in found.treatments] for one in made.review.about.classes}
    return {node: name for name, nodes in there.items() if len(nodes) > 1 for node in nodes}


def _classes(made: Fit, found: Network) -> ClassEffects:
    classes = members(made, found)
    if not classes:
        raise BadInput("no two treatments of this answer are of one class")
    prior = HalfNormal(made.important)
    return class_effects(found.contrasts, classes=classes, prior=prior, spread=prior, level=found.level)


def by_year(made: Fit, found: Network) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The studies in the order of the years in their citations, and those without one, which come last in the table's order."""
    cited = {trial.trial: YEAR.search(trial.citation) for trial in made.review.trials}
    years = {study: int(year[0]) for study in found.contrasts.studies if (year := cited.get(study))}
    if len(set(years.values())) < 2 <= len(years):
        years = {}  # the year of the source they are all cited from, which orders nothing
    order = sorted(found.contrasts.studies, key=lambda study: years.get(study, 9999))
    undated = tuple(study for study in order if study not in years)
    return tuple(order), undated


def _looks(made: Fit, found: Network, pair: tuple[str, str], order: tuple[str, ...]) -> Sequential:
    return sequential(
        found.contrasts,
        treatment=pair[0],
        versus=pair[1],
        important=made.important,
        order=order,
        alpha=ALPHA,
        power=POWER,
    )


def suspicions(found: Network, favours: str) -> dict[tuple[str, str], Judged]:
    """As if results not reported would favour one treatment in each of its comparisons; a supposition, nobody judged it."""
    others = (name for name in found.treatments if name != favours)
    return {(favours, other): Judged(favours) for other in others} if favours else {}


def _over_time(made: Fit, found: Network) -> OverTime:
    return over_time(
        followed(made.review, made.question), windows=WINDOWS, reference=found.reference, within=WITHIN, between=BETWEEN,
        level=found.level,
    )  # fmt: skip
