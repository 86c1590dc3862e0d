"""The counts and averages of every group, read once from the engine."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from enthesis.outcomes.cohort.asking import answers
from enthesis.outcomes.cohort.courses import Courses
from enthesis.outcomes.cohort.measures import Measure
from enthesis.outcomes.cohort.weekly import distribution, groups, scored, weekly

Key = tuple[str, ...]
QUARTERS = {"q25": 0.25, "median": 0.5, "q75": 0.75}


@dataclass(frozen=True)
class Counted:
    """What the engine said of one group, and of each of its weeks in order."""

    totals: Mapping[str, Any]
    weeks: tuple[Mapping[str, Any], ...]


def counted(grouped: Courses, scales: Mapping[str, Measure], *, with_curves: bool = False) -> dict[Key, Counted]:
    """Every group, in order of its key; `with_curves` adds to each week how many people changed by how much."""
    curves = _curves(grouped, scales) if with_curves else {}
    totals = {key_of(row, grouped): row for row in answers(groups(grouped))}
    weeks: dict[Key, list[Mapping[str, Any]]] = {key: [] for key in totals}
    scores = _scores(grouped)
    for row in answers(weekly(grouped, scales)):
        key = key_of(row, grouped)
        parts = {name: quantile(scores.get((*key, row["week"]), ()), part) for name, part in QUARTERS.items()}
        weeks[key].append(row | parts | {"curve": tuple(curves.get((*key, row["week"]), ()))})
    totals = {key: total | _baselines(scores.get((*key, 0.0), ())) for key, total in totals.items()}
    return {key: Counted(totals[key], tuple(sorted(weeks[key], key=lambda row: row["week"]))) for key in sorted(totals)}


def _scores(grouped: Courses) -> dict[Any, list[tuple[float, int]]]:
    """Each score and how many people had it, from the lowest, by group and week."""
    found: dict[Any, list[tuple[float, int]]] = {}
    for row in answers(scored(grouped)):
        found.setdefault((*key_of(row, grouped), row["week"]), []).append((row["score"], row["people"]))
    return {at: sorted(each) for at, each in found.items()}


def _baselines(counts: Sequence[tuple[float, int]]) -> dict[str, Any]:
    """How people started, summed without rounding: whichever engine counted them, the same to the last bit."""
    n = sum(people for _, people in counts)
    mean = math.fsum(score * people for score, people in counts) / n if n else None
    squares = math.fsum((score - (mean or 0.0)) ** 2 * people for score, people in counts)
    sd = math.sqrt(squares / (n - 1)) if n > 1 else None
    return {"baseline_n": n, "baseline_mean": mean, "baseline_sd": sd, "baseline_median": quantile(counts, 0.5)}


def quantile(counts: Sequence[tuple[float, int]], part: float) -> float | None:
    """The quantile of values with their counts, from the lowest, with straight lines between neighbours (type 7 of R)."""
    total = sum(count for _, count in counts)
    if not total:
        return None
    place = part * (total - 1)
    below, above = _at(counts, int(place)), _at(counts, min(int(place) + 1, total - 1))
    return below + (place - int(place)) * (above - below)


def _at(counts: Sequence[tuple[float, int]], index: int) -> float:
    for value, count in counts:
        if index < count:
            return value
        index -= count
    return counts[-1][0]


def _curves(grouped: Courses, scales: Mapping[str, Measure]) -> dict[Any, list[tuple[float, int]]]:
    """By group and week: improvement in points, from the worst to the best, with the people who changed by that much."""
    found: dict[Any, list[tuple[float, int]]] = {}
    rows = answers(distribution(grouped, scales))
    for row in sorted(rows, key=lambda row: row["step"]):
        key, scale = key_of(row, grouped), scales[row["instrument"]]
        improved = row["step"] * (scale.high - scale.low) / 100
        found.setdefault((*key, row["week"]), []).append((improved, row["people"]))
    return found


def key_of(row: Mapping[str, Any], grouped: Courses) -> Key:
    """What tells this row's group from others; the instrument comes last."""
    return tuple(str(row[key]) for key in grouped.keys)
