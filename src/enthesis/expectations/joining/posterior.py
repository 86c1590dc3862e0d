"""The trials' prediction of the mean change of pain, joined with a clinic's own mean, by a mixture on the bias: closed form.

For part k of the bias (weight v, mean mu, SD t): e^2 = se^2 + t^2; v' proportional to v N(y - mu; m0, sqrt(s0^2 + e^2)); the mean
is that of the prior and of y - mu weighted by precision. However many answers there are, their share of the weight of a part
never exceeds (1/t^2) / (1/s0^2 + 1/t^2).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from enthesis.expectations.joining.bias import DEFAULT, Bias
from enthesis.expectations.joining.conflict import Conflict, conflict
from enthesis.expectations.joining.mixtures import (
    Normal,
    log_normal,
    moments,
    normal_quantile,
    precision_weighted,
    shares_of,
)


@dataclass(frozen=True)
class Joined:
    """Prior, data and posterior of a mean change in points (negative is better), and what the bias came out as.

    `wild` is the posterior weight of the widest part of the bias; `clinic_share` how much of the posterior's precision is
    the clinic's, over the parts.
    """

    prior: Normal
    y: float
    se: float
    bias: Bias
    parts: tuple[Normal, ...]
    clinic_share: float
    conflict: Conflict

    @property
    def mean(self) -> float:
        """Posterior mean."""
        return moments(self.parts)[0]

    @property
    def sd(self) -> float:
        """Posterior SD."""
        return moments(self.parts)[1]

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Equal-tailed interval."""
        tail = (1 - level) / 2
        return normal_quantile(self.parts, tail), normal_quantile(self.parts, 1 - tail)

    @property
    def wild(self) -> float:
        """Posterior weight of the widest part of the bias."""
        widest = max(range(len(self.parts)), key=lambda at: self.bias.parts[at].sd)
        return self.parts[widest].weight


def joined(prior: Normal, y: float, se: float, bias: Bias = DEFAULT) -> Joined:
    """Join a normal prediction with a clinic's mean `y` and its SE."""
    errors = [math.hypot(se, part.sd) for part in bias.parts]
    logs = [
        math.log(part.weight) + log_normal(y - part.mean, prior.mean, math.hypot(prior.sd, error))
        for part, error in zip(bias.parts, errors, strict=True)
    ]
    weights = shares_of(logs)
    parts = tuple(
        Normal(weight, *precision_weighted((prior.mean, prior.sd), (y - part.mean, error)))
        for weight, part, error in zip(weights, bias.parts, errors, strict=True)
    )
    return Joined(prior, y, se, bias, parts, _clinic_share(prior, weights, errors), conflict(prior, y, se, bias))


def _clinic_share(prior: Normal, weights: Sequence[float], errors: Sequence[float]) -> float:
    """Precision of the answers within each part, averaged by the weight of the part."""
    shares = (error**-2 / (prior.sd**-2 + error**-2) for error in errors)
    return sum(weight * share for weight, share in zip(weights, shares, strict=True))
