"""The counts and averages of every group, read once from the engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enthesis.outcomes.cohort.courses import Courses
from enthesis.outcomes.cohort.measures import Measure
from enthesis.outcomes.cohort.weekly import distribution, groups, weekly

Key = tuple[str, ...]


@dataclass(frozen=True)
class Counted:
    """What the engine said of one group, and of each of its weeks in order."""

    totals: Mapping[str, Any]
    weeks: tuple[Mapping[str, Any], ...]


def counted(grouped: Courses, scales: Mapping[str, Measure], *, with_curves: bool = False) -> dict[Key, Counted]:
    """Every group, in order of its key; `with_curves` adds to each week how many people changed by how much."""
    curves = _curves(grouped, scales) if with_curves else {}
    totals = {key_of(row, grouped): row for row in groups(grouped).to_pyarrow().to_pylist()}
    weeks: dict[Key, list[Mapping[str, Any]]] = {key: [] for key in totals}
    for row in weekly(grouped, scales).to_pyarrow().to_pylist():
        key = key_of(row, grouped)
        weeks[key].append(row | {"curve": tuple(curves.get((*key, row["week"]), ()))})
    return {key: Counted(totals[key], tuple(sorted(weeks[key], key=lambda row: row["week"]))) for key in sorted(totals)}


def _curves(grouped: Courses, scales: Mapping[str, Measure]) -> dict[Any, list[tuple[float, int]]]:
    """By group and week: improvement in points, from the worst to the best, with the people who changed by that much."""
    found: dict[Any, list[tuple[float, int]]] = {}
    rows = distribution(grouped, scales).to_pyarrow().to_pylist()
    for row in sorted(rows, key=lambda row: row["step"]):
        key, scale = key_of(row, grouped), scales[row["instrument"]]
        improved = row["step"] * (scale.high - scale.low) / 100
        found.setdefault((*key, row["week"]), []).append((improved, row["people"]))
    return found


def key_of(row: Mapping[str, Any], grouped: Courses) -> Key:
    """What tells this row's group from others; the instrument comes last."""
    return tuple(str(row[key]) for key in grouped.keys)
