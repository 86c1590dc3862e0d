"""The counts and averages of every group, read once from the engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enthesis.outcomes.cohort.courses import Courses
from enthesis.outcomes.cohort.measures import Measure
from enthesis.outcomes.cohort.weekly import groups, weekly

Key = tuple[str, ...]


@dataclass(frozen=True)
class Counted:
    """What the engine said of one group, and of each of its weeks in order."""

    totals: Mapping[str, Any]
    weeks: tuple[Mapping[str, Any], ...]


def counted(grouped: Courses, scales: Mapping[str, Measure]) -> dict[Key, Counted]:
    """Every group, in order of its key."""
    totals = {key_of(row, grouped): row for row in groups(grouped).to_pyarrow().to_pylist()}
    weeks: dict[Key, list[Mapping[str, Any]]] = {key: [] for key in totals}
    for row in weekly(grouped, scales).to_pyarrow().to_pylist():
        weeks[key_of(row, grouped)].append(row)
    return {key: Counted(totals[key], tuple(sorted(weeks[key], key=lambda row: row["week"]))) for key in sorted(totals)}


def key_of(row: Mapping[str, Any], grouped: Courses) -> Key:
    """What tells this row's group from others; the instrument comes last."""
    return tuple(str(row[key]) for key in grouped.keys)
