"""The network's mean difference of pain between the two, and the point from which it becomes shares of people."""

import math
from dataclasses import dataclass

import numpy as np

from enthesis.evidence.certainty import Concern
from enthesis.evidence.networks import Network
from enthesis.evidence.networks.pairs import pair_index
from enthesis.evidence.review import Question
from enthesis.evidence.review.fitting import Fit, fit
from enthesis.expectations.finding.anchor import Anchor, anchor
from enthesis.expectations.finding.asking import Sought
from enthesis.expectations.finding.counted import ASSUMED, ENOUGH
from enthesis.expectations.shares.pair import USUAL

OUTCOME = "pain"


@dataclass(frozen=True)
class Converted:
    """Treatment less versus in points of 0 to 10 (negative is less pain), with the spread between places.

    `alone` is the network's own prediction interval, which with few trials says only that few were made. `tau` is in points;
    `assumed` says that the trials are too few to tell it.
    """

    fit: Fit
    network: Network
    estimate: float
    error: float
    interval: tuple[float, float]
    alone: tuple[float | None, float | None]
    tau: float
    assumed: bool
    anchor: Anchor | None
    direct: bool
    split_p: float | None
    shares: dict[str, float]

    @property
    def quantile(self) -> float:
        """Of the interval for a new place: that of the network's own (a t), the normal one where a spread is assumed."""
        low = self.alone[0]
        if self.assumed or low is None:
            return USUAL
        return (self.estimate - low) / math.hypot(self.error, self.tau)

    @property
    def new_place(self) -> tuple[float, float]:
        """Where the effect may lie at a new place: error and spread together."""
        half = self.quantile * math.hypot(self.error, self.tau)
        return self.estimate - half, self.estimate + half


def fitted(of: Sought) -> Fit:
    """The trials of the asked place at the asked time as a fit."""
    return fit(of.review, Question(OUTCOME, "MD", of.ask.weeks, conditions=of.sites))


def converted(of: Sought, made: Fit) -> Converted | None:
    """The network's answer; None when no path joins the two treatments."""
    treated, untreated = of.nodes
    if treated is None or untreated is None:
        return None
    names = {treated.id, untreated.id}
    network = next((one for one in made.networks if names <= set(one.treatments)), None)
    if network is None:
        return None
    row = network.between(treated.id, untreated.id)
    point = anchor(made, untreated.id, of.ask.baseline) or anchor(made, treated.id, of.ask.baseline)
    tau, assumed = _spread(network, point)
    random = row.random
    return Converted(
        made,
        network,
        random["estimate"] or 0.0,
        random["se"] or 0.0,
        (random["lower"] or 0.0, random["upper"] or 0.0),
        row.prediction,
        tau,
        assumed,
        point,
        row.direct_share > 0,
        _split(network, treated.id, untreated.id),
        _shares(network, treated.id, untreated.id),
    )


def _spread(network: Network, point: Anchor | None) -> tuple[float, bool]:
    """tau in points: the network's, or what is assumed where its trials are few and it says less."""
    own = math.sqrt(network.tau2) if network.tau2 is not None else None
    if own is not None and len(network.studies) >= ENOUGH:
        return own, False
    return max(own or 0.0, ASSUMED * (point.sd if point else 2.5)), True


def _place(network: Network, treatment: str, versus: str) -> int:
    places = sorted(network.treatments.index(name) for name in (treatment, versus))
    return pair_index(places[0], places[1], len(network.treatments))


def _split(network: Network, treatment: str, versus: str) -> float | None:
    """P of direct against indirect evidence, where both are there."""
    split = network.split("random")
    place = _place(network, treatment, versus)
    return next((float(p) for pair, p in zip(split.pair, split.p, strict=True) if pair == place), None)


def _shares(network: Network, treatment: str, versus: str) -> dict[str, float]:
    """What each trial gives to the estimate of this pair."""
    given = network.study_contributions("random", rows=np.array([_place(network, treatment, versus)])).shares[0]
    return {study: float(share) for study, share in zip(network.studies, given, strict=True) if share > 0}


def by_level(shares: dict[str, float], levels: dict[str, Concern], unsaid: Concern) -> dict[Concern, float]:
    """Shares of the estimate by the level of the trials."""
    total = dict.fromkeys(Concern, 0.0)
    for study, share in shares.items():
        total[levels.get(study, unsaid)] += share
    return total
