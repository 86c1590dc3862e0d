"""How wrong a comparison, or one study, would have to be before another treatment comes out best.

Phillippo 2018 (doi 10.1111/rssa.12341) and 2019 (doi 10.7326/M18-3542): at the heterogeneity that was found, estimates
are linear in what studies report, so the change that lets another treatment draw level is a quotient.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats, Whole
from enthesis.evidence.networks.by_study import within_comparisons
from enthesis.evidence.networks.flow import NOISE, flows
from enthesis.evidence.networks.pairs import Comparisons, all_pairs, pair_index
from enthesis.evidence.networks.system import System


@dataclass(frozen=True)
class Threshold:
    """Added to what is reported of `treatment` less `versus`: below `lower` or above `upper` another comes out best.

    None where no change of that sign does it. `study` is None where all studies of the comparison change by as much.
    """

    treatment: str
    versus: str
    study: str | None
    lower: float | None
    best_below: str | None
    upper: float | None
    best_above: str | None

    @property
    def smallest(self) -> float:
        """The smaller change of the two; infinite where nothing changes who is best."""
        return min(abs(end) if end is not None else np.inf for end in (self.lower, self.upper))


def thresholds(system: System, made: Comparisons, *, names: tuple[str, ...], small_good: bool) -> tuple[Threshold, ...]:
    """Of every direct comparison, the most fragile first."""
    columns, hat = _against_best(system, made, small_good)
    first, second = all_pairs(system.space.size)
    gaps = _gaps(system, small_good)
    found = [
        _threshold((names[first[pair]], names[second[pair]]), None, hat[:, at], gaps, names)
        for at, pair in enumerate(columns)
    ]
    return tuple(sorted(found, key=lambda one: one.smallest))


def study_thresholds(
    system: System, made: Comparisons, *, names: tuple[str, ...], small_good: bool
) -> tuple[Threshold, ...]:
    """Of every comparison of every study by itself, the most fragile first."""
    _, hat = _against_best(system, made, small_good)
    first, second = all_pairs(system.space.size)
    gaps, shares, studies = _gaps(system, small_good), within_comparisons(system, made), system.space.studies

    def each() -> Iterator[Threshold]:
        for row, (pair, study, place) in enumerate(zip(made.pair, made.study, made.grouped[1], strict=True)):
            pulled = hat[:, place] * shares[row]
            yield _threshold((names[first[pair]], names[second[pair]]), studies[study], pulled, gaps, names)

    return tuple(sorted(each(), key=lambda one: one.smallest))


def _gaps(system: System, small_good: bool) -> Floats:
    """(T,) how far each treatment lies behind the best, 0 for the best."""
    effects = system.effects if small_good else -system.effects
    return np.asarray(effects - effects.min())


def _against_best(system: System, made: Comparisons, small_good: bool) -> tuple[Whole, Floats]:
    """Direct pairs, and (T, pairs) how far each treatment falls behind the best when a comparison changes by 1."""
    size, best = system.space.size, int(np.argmin(_gaps(system, small_good)))
    others = [other for other in range(size) if other != best]
    places = np.array([pair_index(min(best, other), max(best, other), size) for other in others])
    _, columns, hat = flows(system, made, places)
    signs = np.array([1.0 if other < best else -1.0 for other in others]) * (1 if small_good else -1)
    moved = np.zeros((size, len(columns)))
    moved[others] = hat * signs[:, None]
    return columns, moved


def _threshold(
    pair: tuple[str, str], study: str | None, moved: Floats, gaps: Floats, names: tuple[str, ...]
) -> Threshold:
    known = np.abs(moved) > NOISE
    change = np.where(known, -gaps / np.where(known, moved, 1.0), np.nan)
    down, up = np.where(change <= 0, change, -np.inf), np.where(change >= 0, change, np.inf)
    down[~known], up[~known] = -np.inf, np.inf
    low, high = int(np.argmax(down)), int(np.argmin(up))
    below = (float(down[low]), names[low]) if np.isfinite(down[low]) else (None, None)
    above = (float(up[high]), names[high]) if np.isfinite(up[high]) else (None, None)
    return Threshold(*pair, study, *below, *above)
