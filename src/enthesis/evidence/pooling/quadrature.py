"""The likelihood of each trial with its normal random effect integrated out, by adaptive Gauss-Hermite quadrature."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats

# Log likelihood of each trial (k, nodes) at an effect (k, nodes), with its first and second derivative by the effect.
Trial = Callable[[Floats], tuple[Floats, Floats, Floats]]


@dataclass(frozen=True, eq=False)
class Integrated:
    """log_likelihood (k,); the nodes (k, n) of each trial's effect, and how likely each is given the trial (k, n)."""

    log_likelihood: Floats
    nodes: Floats
    share: Floats


def integrated(trial: Trial, effect: float, tau: float, k: int, *, nodes: int) -> Integrated:
    """Each trial with effects normal about `effect` with standard deviation `tau`; 0 leaves them fixed."""
    if abs(tau) < 1e-9:
        at = np.full((k, 1), effect)
        return Integrated(trial(at)[0][:, 0], at, np.ones((k, 1)))
    shift, spread = _mode(trial, effect, tau, k)
    x, w = np.polynomial.hermite.hermgauss(nodes)
    at = shift + np.sqrt(2) * spread * x
    height = trial(effect + at)[0] - at**2 / (2 * tau**2) + x**2 + np.log(w)
    top = height.max(axis=1, keepdims=True)
    weights = np.exp(height - top)
    total = weights.sum(axis=1, keepdims=True)
    logs = np.log(total * spread / abs(tau)) + top - np.log(np.pi) / 2
    return Integrated(logs[:, 0], effect + at, weights / total)


def _mode(trial: Trial, effect: float, tau: float, k: int) -> tuple[Floats, Floats]:
    """The most likely random effect of each trial, and the standard deviation of the normal curve that fits there."""
    shift = np.zeros((k, 1))
    bend = np.full((k, 1), -1.0)
    for _round in range(100):
        _height, slope, second = trial(effect + shift)
        bend = second - 1 / tau**2
        step = np.clip((slope - shift / tau**2) / bend, -2.0, 2.0)
        shift = shift - step
        if np.abs(step).max() < 1e-13:
            break
    return shift, np.asarray(1 / np.sqrt(-bend))
