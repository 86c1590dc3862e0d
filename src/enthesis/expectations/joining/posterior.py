"""The trials' prediction of the mean change of pain, joined with a clinic's own mean, by a mixture on the bias: closed form.

For part k of the bias (weight v, mean mu, SD t): e^2 = se^2 + t^2; v' proportional to v N(y - mu; m0, sqrt(s0^2 + e^2)); the mean
is that of the prior and of y - mu weighted by precision.
"""

import math
from dataclasses import dataclass

from enthesis.expectations.joining.bias import DEFAULT, Bias
from enthesis.expectations.joining.conflict import Conflict, conflict
from enthesis.expectations.joining.mixtures import (
    Normal,
    log_normal,
    moments,
    normal_below,
    normal_quantile,
    precision_weighted,
    shares_of,
)

FAR = 2.0  # points: answers that are off by more say little (the authors' choice)


@dataclass(frozen=True)
class Joined:
    """Prior, data and posterior of a mean change in points (negative is better), and what the bias came out as.

    `wild` is the posterior weight of the widest part of the bias, for a mixture of a usual and a wild one.
    """

    prior: Normal
    y: float
    se: float
    bias: Bias
    parts: tuple[Normal, ...]
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
    def clinic_share(self) -> float:
        """How much of what is known after joining (its precision) came from the answers; 0 where they only add doubt."""
        return max(0.0, 1 - (self.sd / self.prior.sd) ** 2)

    @property
    def bias_after(self) -> tuple[Normal, ...]:
        """What the bias came out as: what was answered, less what was foretold, is bias and chance."""
        seen = (self.y - self.prior.mean, math.hypot(self.prior.sd, self.se))
        return tuple(
            Normal(after.weight, *precision_weighted((part.mean, part.sd), seen))
            for after, part in zip(self.parts, self.bias.parts, strict=True)
        )

    @property
    def likely_bias(self) -> float:
        """Posterior mean of the bias in points (negative: the answers look better than it is)."""
        return moments(self.bias_after)[0]

    @property
    def far(self) -> float:
        """Posterior probability that the answers are off by more than FAR points, either way."""
        within = normal_below(self.bias_after, FAR) - normal_below(self.bias_after, -FAR)
        return min(1.0, max(0.0, 1 - within))  # rounding only

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
    return Joined(prior, y, se, bias, parts, conflict(prior, y, se, bias))
