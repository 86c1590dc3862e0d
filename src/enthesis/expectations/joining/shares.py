"""The same for a share that was counted: the bias lies on the logit of the answered share; by quadrature, no sampler."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from enthesis.expectations.joining.mixtures import Beta
from enthesis.expectations.shares.pair import Range

NODES, GRID = 64, 20_001  # of the bias (Hermite) and of the share
Floats = NDArray[np.float64]


def joined_share(prior: Beta, events: int, people: int, *, bias: float, bias_sd: float, level: float = 0.95) -> Range:
    """A trial's share (beta prior) joined with `events` of `people` of a clinic, whose logit is off by N(bias, bias_sd^2)."""
    share, prior_log = _grid(prior)
    step, weight = _nodes()
    answered = expit(logit(share)[:, None] + bias + bias_sd * step[None, :])
    like = np.exp(events * np.log(answered) + (people - events) * np.log1p(-answered))
    density = np.exp(prior_log) * (like @ weight)
    density /= density.sum()
    below = np.cumsum(density) - density / 2
    low, high = np.interp([(1 - level) / 2, (1 + level) / 2], below, share)
    return Range(float(density @ share), float(low), float(high))


def _grid(prior: Beta) -> tuple[Floats, Floats]:
    share = np.linspace(0.0001, 0.9999, GRID)
    log = (prior.a - 1) * np.log(share) + (prior.b - 1) * np.log1p(-share)
    return share, log - log.max()


@lru_cache(maxsize=1)
def _nodes() -> tuple[Floats, Floats]:
    at, weight = np.polynomial.hermite_e.hermegauss(NODES)
    return at, weight / weight.sum()
