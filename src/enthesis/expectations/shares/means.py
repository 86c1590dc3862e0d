"""Shares straight from means and SDs of pain, for one person's start: how many end at or below what counts as better.

Pain in points of 0 to 10, low is good; SDs in points. The form is Suissa's: each arm normal, its own mean and SD
(named suitable in da Costa 2012, doi 10.1093/ije/dys124).
"""

import math

from scipy.special import ndtr

from enthesis.knowledge import BadInput


def cut(start: float, less: float, *, whole: bool = True) -> float:
    """The highest pain that is `less` (a share, such as 0.3) below the start.

    On a scale of whole numbers nobody answers between them: the cut then lies half a point above the last number that counts.
    """
    exact = (1 - less) * start
    return math.floor(exact + 1e-9) + 0.5 if whole else exact


def share_below(cut: float, mean: float, sd: float) -> float:
    """The share of people at or below a cut."""
    return float(ndtr((cut - mean) / _spread(sd)))


def share_error(z: float, people: float) -> float:
    """Standard error of such a share, phi(z) sqrt(1/n + z^2/(2n)): mean and SD are both estimated from n people."""
    return math.exp(-z * z / 2) / math.sqrt(2 * math.pi) * probit_error(z, people)


def probit_error(z: float, people: float) -> float:
    """The same on the scale of z."""
    return math.sqrt(1 / people + z * z / (2 * people))


def expected_share(cut: float, mean: float, sd: float, *, effect_error: float) -> float:
    """The share to expect when the effect itself is uncertain: one number over persons and effects, not its interval."""
    return share_below(cut, mean, math.hypot(sd, effect_error))


def given_baseline(
    start: float, *, mean: float, sd: float, mean_start: float, sd_start: float, correlation: float
) -> tuple[float, float]:
    """Mean and SD at the horizon of people who start at `start`, from those of everybody and the correlation of the two."""
    return (
        mean + correlation * sd / _spread(sd_start) * (start - mean_start),
        sd * math.sqrt(1 - correlation * correlation),
    )


def averaged(
    less: float, *, mean: float, sd: float, mean_start: float, sd_start: float, correlation: float, effect: float = 0.0
) -> float:
    """The share over everybody's own start rather than one; `effect` is added to the mean at the horizon."""
    kept = 1 - less
    middle = mean + effect - kept * mean_start
    variance = sd**2 + kept**2 * sd_start**2 - 2 * kept * correlation * sd * sd_start
    return float(ndtr(-middle / math.sqrt(variance)))


def _spread(sd: float) -> float:
    if not sd > 0:
        raise BadInput(f"sd: a spread above zero was expected, not {sd:g}")
    return sd
