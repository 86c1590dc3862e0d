"""The comparison-adjusted funnel: do small trials favour the newer treatment? (Chaimani 2012, doi 10.1002/jrsm.57)

Each comparison is set against the pooled effect of its own pair, so that different pairs can stand in one funnel; they
are all turned the same way, by an order of treatments that must mean something, such as from oldest to newest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats, Whole
from enthesis.evidence.networks.pairs import all_pairs, direct
from enthesis.evidence.networks.result import Model, Network
from enthesis.evidence.networks.tails import two_sided
from enthesis.knowledge import BadInput


@dataclass(frozen=True, eq=False)
class Funnel:
    """One point for each comparison of each study, later less earlier treatment of the order.

    effect  less the pooled effect of its pair; se; study and pair tell where the point comes from
    slope, p  Egger's regression of effect / se on 1 / se: intercept and its t test; NaN with fewer than three points
    """

    study: Whole
    pair: Whole
    effect: Floats
    se: Floats
    slope: float
    p: float


def adjusted_funnel(found: Network, order: Sequence[str], *, model: Model = "common") -> Funnel:
    """The points of the funnel, and Egger's test on them. Raises BadInput unless `order` names every treatment once."""
    if sorted(order) != sorted(found.treatments):
        raise BadInput(f"order: each of {', '.join(found.treatments)} once was expected")
    made, pooled = found.comparisons, direct(found.comparisons, found.system(model))
    first, second = (each[made.pair] for each in all_pairs(made.size))
    place = np.array([list(order).index(name) for name in found.treatments])
    sign = np.where(place[first] > place[second], 1.0, -1.0)
    effect = sign * (made.estimate - pooled.estimate[made.grouped[1]])
    se = np.sqrt(made.variance)
    alone = pooled.studies[made.grouped[1]] < 2
    return Funnel(made.study, made.pair, effect, se, *_egger(effect[~alone], se[~alone]))


def _egger(effect: Floats, se: Floats) -> tuple[float, float]:
    """Intercept of effect / se on 1 / se, and its p; pairs with one study lie on the line by making and are left out."""
    if len(effect) < 3 or np.ptp(se) == 0:
        return float("nan"), float("nan")
    x = np.column_stack([np.ones_like(se), 1 / se])
    inverse = np.linalg.inv(x.T @ x)
    values = inverse @ x.T @ (effect / se)
    left = effect / se - x @ values
    error = float(np.sqrt(inverse[0, 0] * (left @ left) / (len(se) - 2)))
    return float(values[0]), float(two_sided(values[0] / error, len(se) - 2)) if error else float("nan")
