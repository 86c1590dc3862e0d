"""Do the clinic's answers fit what the trials foretold, bias allowed for?"""

import math
from dataclasses import dataclass

from scipy.special import ndtr

from enthesis.expectations.joining.bias import Bias
from enthesis.expectations.joining.mixtures import Normal

AGREE, APART = 0.2, 0.05  # the authors' cut-offs of the two-sided P


@dataclass(frozen=True)
class Conflict:
    """z = (y - bias - prior) / sqrt(prior SD^2 + SE^2 + bias SD^2) for the usual part of the bias, with P and a word."""

    z: float
    p: float

    @property
    def words(self) -> str:
        """Agree, somewhat apart, or disagree."""
        return "agree" if self.p > AGREE else "somewhat apart" if self.p >= APART else "disagree"


def conflict(prior: Normal, y: float, se: float, bias: Bias) -> Conflict:
    """The clinic's mean against the trials' prediction, with the narrowest part of the bias, the usual one, in it."""
    usual = bias.usual or min(bias.parts, key=lambda part: part.sd)
    z = (y - usual.mean - prior.mean) / math.sqrt(prior.sd**2 + se**2 + usual.sd**2)
    return Conflict(z, 2 * float(ndtr(-abs(z))))
