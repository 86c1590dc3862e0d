"""Odds ratios of rare events from conditional likelihoods: given how many had the event in a study, who were they?

Conditioning takes the risk of each study out, so nothing has to be assumed of it and nothing added to empty cells.
`approximate` is the non-central hypergeometric model of Efthimiou 2019 (doi 10.1002/sim.8158) in the form netmeta fits,
with arms taken as large beside the events; `exact` is the multivariate non-central hypergeometric distribution itself.
"""

from collections.abc import Callable, Sequence

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.networks.rare_tables import Table
from enthesis.knowledge import BadInput

Moments = tuple[float, Floats, Floats]  # log-likelihood, expected events and their covariance, of one study
STEPS = 100
SMALL = 1e-12
FAR = 30.0  # a log odds ratio this large means that the events leave it without bound


def approximate(effects: Floats, events: Floats, people: Floats) -> Moments:
    """One study: each event falls into an arm in proportion to people times odds."""
    logs = effects + np.log(people)
    logs = logs - np.log(np.exp(logs - logs.max()).sum()) - logs.max()
    chance, total = np.exp(logs), float(events.sum())
    return float(events @ logs), total * chance, total * (np.diag(chance) - np.outer(chance, chance))


def exact(effects: Floats, events: Floats, people: Floats) -> Moments:
    """One study: the multivariate non-central hypergeometric distribution, by convolving the arms' binomials.

    A shift of all effects changes nothing but the numbers' size: the one taken puts every arm near its most likely count.
    """
    total, m = int(events.sum()), len(events)
    effects = effects + np.log(total / (people.sum() - total)) - effects @ people / people.sum()  # nothing underflows
    each = [_terms(effects[arm], int(people[arm]), total) for arm in range(m)]
    scale = sum(float(logs.max()) for logs in each)
    arms = [np.exp(logs - logs.max()) for logs in each]
    counts = np.arange(total + 1.0)
    whole = _at(arms, total)
    first = np.array([_at([a * counts ** (i == k) for i, a in enumerate(arms)], total) for k in range(m)]) / whole
    second = np.array(
        [
            [_at([a * counts ** ((i == k) + (i == j)) for i, a in enumerate(arms)], total) for j in range(m)]
            for k in range(m)
        ]
    )
    likelihood = float(effects @ events) + sum(_log_choose(n, r) for n, r in zip(people, events, strict=True))
    return likelihood - float(np.log(whole)) - scale, first, second / whole - np.outer(first, first)


def _terms(effect: float, people: int, total: int) -> Floats:
    """Logs of C(people, r) exp(effect r) for r = 0 ... total; minus infinity beyond the people there are."""
    steps = np.arange(1, total + 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log(np.maximum(people - steps + 1, 0.0)) - np.log(steps) + effect
    return np.concatenate([[0.0], np.cumsum(logs)])


def _log_choose(n: float, r: float) -> float:
    return float(_terms(0.0, int(n), int(r))[int(r)])


def _at(arms: list[Floats], total: int) -> float:
    """The coefficient of `total` in the product of the arms' polynomials."""
    product = arms[0]
    for arm in arms[1:-1]:
        product = np.convolve(product, arm)[: total + 1]
    return float(product @ arms[-1][::-1])


def likeliest(
    tables: Sequence[Table], size: int, study: Callable[[Floats, Floats, Floats], Moments]
) -> tuple[Floats, Floats]:
    """Effects (T,) against the first treatment and their covariance (T, T), by Newton's method with halved steps.

    The likelihood is concave, so there is one top. Raises BadInput where it has none, because a treatment never had,
    or always had, the events.
    """
    effects = np.zeros(size)
    value, gradient, information = _total(tables, effects, study)
    for _ in range(STEPS):
        step = np.zeros(size)
        step[1:] = np.linalg.solve(information[1:, 1:], gradient[1:])
        share = 1.0
        while share > SMALL:
            tried = _total(tables, effects + share * step, study)
            if tried[0] >= value - SMALL * abs(value):
                break
            share /= 2
        effects = effects + share * step
        value, gradient, information = tried
        if np.abs(effects).max() > FAR:
            raise BadInput(
                "a treatment without events, or with nothing but events, has no finite odds ratio: use mh or lrp"
            )
        if np.abs(share * step).max() < SMALL:
            break
    covariance = np.zeros((size, size))
    covariance[1:, 1:] = np.linalg.inv(information[1:, 1:])
    return effects, covariance


def _total(
    tables: Sequence[Table], effects: Floats, study: Callable[[Floats, Floats, Floats], Moments]
) -> tuple[float, Floats, Floats]:
    size = len(effects)
    value, gradient, information = 0.0, np.zeros(size), np.zeros((size, size))
    for table in tables:
        for events, people in zip(table.events, table.people, strict=True):
            likelihood, expected, covariance = study(effects[table.arms], events, people)
            value += likelihood
            gradient[table.arms] += events - expected
            information[np.ix_(table.arms, table.arms)] += covariance
    return value, gradient, information
