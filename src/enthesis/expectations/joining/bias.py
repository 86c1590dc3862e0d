"""How a clinic's answers may differ from what a trial's treated people report: a mixture of biases, as normal parts.

On a mixture of the *effect* twenty enthusiastic answers outvote the trials (a robust prior gives way to the data, whoever is
right). A mixture of the *bias* does the opposite: the more answers insist, the likelier they are biased.
"""

import math
from dataclasses import dataclass, replace

from enthesis.knowledge import BadInput


@dataclass(frozen=True)
class Part:
    """One part of the bias: weight, mean and SD, in points of pain (negative: the clinic looks better than it is)."""

    weight: float
    mean: float
    sd: float


@dataclass(frozen=True)
class Bias:
    """The whole. Raises BadInput unless weights are above 0 and add to 1, and SDs are not below 0.

    `usual` is the bias that the conflict of trials and answers is measured with (the narrowest part where none is given);
    `says` is the whole in words, where it is more than its parts.
    """

    parts: tuple[Part, ...]
    usual: Part | None = None
    says: str = ""

    def __post_init__(self) -> None:
        """Raises BadInput for a mixture that is none."""
        if not self.parts or abs(sum(part.weight for part in self.parts) - 1) > 1e-9:
            raise BadInput("bias: weights that add to 1 were expected")
        if any(part.weight <= 0 or part.sd < 0 for part in self.parts):
            raise BadInput("bias: weights above 0 and spreads of 0 or more were expected")

    @property
    def mean(self) -> float:
        """Mean of the whole."""
        return sum(part.weight * part.mean for part in self.parts)

    @property
    def variance(self) -> float:
        """Variance of the whole."""
        return sum(part.weight * (part.sd**2 + part.mean**2) for part in self.parts) - self.mean**2


TOP, REACH, STEP = (-0.5, 0.0), 10.0, 0.5
SAYS = (
    "likeliest from none to {top:g} points better than it is, and falling slowly from there to nothing at {reach:g} points "
    "either way"
)


def slope(factor: float = 1.0) -> Bias:
    """The bias used here: flat over TOP, then falling as the root of what is left of REACH; as narrow normal parts.

    The root of what it foretells is concave all over the scale, so by Stein's identity the joined mean errs no more than the
    trials alone at any bias the scale allows, also where the trials' stated variance is up to four times too large; the gain
    is where the top is (docs/decisions/0016). No number in it was tuned: 10 points are the scale, half a point the worked
    example's. Nobody has measured this bias. `factor` stretches the whole, for half and double.
    """
    nodes = [-REACH + STEP * at for at in range(round(2 * REACH / STEP) + 1)]
    left = [(node, 1 - max(TOP[0] - node, node - TOP[1], 0.0) / REACH) for node in nodes]
    heights = [(node, math.sqrt(share)) for node, share in left if share > 0]
    whole = sum(height for _, height in heights)
    sd = factor * STEP / math.sqrt(6)  # of a tent as wide as two steps
    parts = tuple(Part(height / whole, factor * node, sd) for node, height in heights)
    says = SAYS.format(top=-TOP[0] * factor, reach=REACH * factor)
    return Bias(parts, Part(1.0, -0.5 * factor, 0.5 * factor), says)


DEFAULT = slope()


def halved(bias: Bias) -> Bias:
    """Half the bias: means and SDs."""
    return _times(bias, 0.5)


def doubled(bias: Bias) -> Bias:
    """Twice the bias."""
    return _times(bias, 2.0)


def _times(bias: Bias, factor: float) -> Bias:
    if bias == DEFAULT:
        return slope(factor)
    parts = tuple(replace(part, mean=part.mean * factor, sd=part.sd * factor) for part in bias.parts)
    return Bias(parts)
