"""Standard deviations and errors from what papers print instead: SE, confidence interval, quartiles, range.

Means and SDs from medians: Wan 2014 (10.1186/1471-2288-14-135), Luo 2018 (10.1177/0962280216669183), Shi 2020
(10.1002/jrsm.1429). SDs from SEs and intervals: Cochrane Handbook, section 6.5.2.
"""

from collections.abc import Callable

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.reading.trials import Kind, Trials


def with_spreads(trials: Trials) -> Trials:
    """Arms with `mean` and `sd` filled from the first source that has them: SD, SE, interval, quartiles, range."""
    if trials.kind not in (Kind.ARM_MEANS, Kind.SINGLE_MEANS):
        return trials
    mean, sd, notes = trials.number("mean").copy(), trials.number("sd").copy(), []
    for method, fill in SOURCES:
        if np.isfinite(sd).all() and np.isfinite(mean).all():
            break
        new_mean, new_sd = fill(trials)
        fresh = ~np.isfinite(sd) & np.isfinite(new_sd)
        placed = ~np.isfinite(mean) & np.isfinite(new_mean)
        sd[fresh], mean[placed] = new_sd[fresh], new_mean[placed]
        notes += [_says(trials, int(row), method) for row in np.flatnonzero(fresh | placed)]
    return trials.with_numbers({"mean": mean, "sd": sd}, *notes)


def with_errors(trials: Trials) -> Trials:
    """Estimates with `se` filled from a variance or a 95% interval."""
    from scipy.special import ndtri

    se, notes = trials.number("se").copy(), []
    width = (trials.number("upper") - trials.number("lower")) / (2 * ndtri(0.975))
    for method, fill in (
        ("SE = root of the variance", np.sqrt(trials.number("variance"))),
        (INTERVAL_OF_ESTIMATE, width),
    ):
        fresh = ~np.isfinite(se) & np.isfinite(fill)
        se[fresh] = fill[fresh]
        notes += [_says(trials, int(row), method) for row in np.flatnonzero(fresh)]
    return trials.with_numbers({"se": se}, *notes)


INTERVAL_OF_ESTIMATE = "SE from the 95% interval, width / (2 x 1.96)"


def _says(trials: Trials, row: int, method: str) -> str:
    return f"{trials.source}: row {trials.line[row]}: {method}"


def from_error(trials: Trials) -> tuple[Floats, Floats]:
    """SD = SE x root of n."""
    return trials.number("mean"), trials.number("se") * np.sqrt(trials.number("n"))


def from_interval(trials: Trials) -> tuple[Floats, Floats]:
    """SD from a 95% interval of the mean, by the t distribution with n - 1 degrees of freedom."""
    from scipy.special import stdtrit

    n = trials.number("n")
    half = (trials.number("upper") - trials.number("lower")) / 2
    return trials.number("mean"), half * np.sqrt(n) / stdtrit(n - 1, 0.975)


def from_both(trials: Trials) -> tuple[Floats, Floats]:
    """Five numbers: mean by Luo 2018, SD by Shi 2020."""
    n, middle, box, ends = _summary(trials)
    w1, w2 = 2.2 / (2.2 + n**0.75), 0.7 - 0.72 / n**0.55
    mean = w1 * _middle(trials, "min", "max") + w2 * _middle(trials, "q1", "q3") + (1 - w1 - w2) * middle
    theta = 1 / (1 + 0.07 * n**0.6)
    return mean, theta * ends / _expected_range(n) + (1 - theta) * box / _expected_box(n)


def from_quartiles(trials: Trials) -> tuple[Floats, Floats]:
    """Median and quartiles: mean by Luo 2018, SD by Wan 2014."""
    n, middle, box, _ends = _summary(trials)
    weight = 0.7 + 0.39 / n
    return weight * _middle(trials, "q1", "q3") + (1 - weight) * middle, box / _expected_box(n)


def from_range(trials: Trials) -> tuple[Floats, Floats]:
    """Median and range: mean by Luo 2018, SD by Wan 2014."""
    n, middle, _box, ends = _summary(trials)
    weight = 4 / (4 + n**0.75)
    return weight * _middle(trials, "min", "max") + (1 - weight) * middle, ends / _expected_range(n)


def _summary(trials: Trials) -> tuple[Floats, Floats, Floats, Floats]:
    box = trials.number("q3") - trials.number("q1")
    return trials.number("n"), trials.number("median"), box, trials.number("max") - trials.number("min")


def _middle(trials: Trials, low: str, high: str) -> Floats:
    return (trials.number(low) + trials.number(high)) / 2


def _expected_range(n: Floats) -> Floats:
    """Expected range of n standard normal values, by Blom's approximation as in Wan 2014."""
    from scipy.special import ndtri

    return np.asarray(2 * ndtri((n - 0.375) / (n + 0.25)))


def _expected_box(n: Floats) -> Floats:
    """Expected distance of the quartiles of n standard normal values, as in Wan 2014."""
    from scipy.special import ndtri

    return np.asarray(2 * ndtri((0.75 * n - 0.125) / (n + 0.25)))


SOURCES: tuple[tuple[str, Callable[[Trials], tuple[Floats, Floats]]], ...] = (
    ("SD = SE x root of n", from_error),
    ("SD from the 95% interval of the mean (t, n - 1 degrees of freedom)", from_interval),
    ("mean and SD from median, quartiles and range (Luo 2018, Shi 2020)", from_both),
    ("mean and SD from median and quartiles (Luo 2018, Wan 2014)", from_quartiles),
    ("mean and SD from median and range (Luo 2018, Wan 2014)", from_range),
)
