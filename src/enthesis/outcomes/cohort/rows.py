"""The people of one group as rows at hand, for what sums cannot do: weights, imputation, shifting the silent.

Rows are ordered by course, so that a report made again, or by another engine, draws the same numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import ibis
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from enthesis.outcomes.cohort.asking import fetched
from enthesis.outcomes.cohort.counting import Key, key_of
from enthesis.outcomes.cohort.courses import Courses
from enthesis.outcomes.mixed.patterns import Floats

MOST_LEVELS = 12  # a label with more values than this tells people apart rather than describes them


@dataclass(frozen=True, eq=False)
class Rows:
    """One group. Scores are (people, weeks) with NaN where there is none, and turned so that higher is worse.

    due       (people, weeks)  was an answer due at that week
    adjusters (people, q)      what describes people, complete: numbers, labels as columns of 0 and 1, and a mark
                               where a number was missing and its mean was put in
    """

    weeks: tuple[float, ...]
    baseline: Floats
    earlier: Floats
    scores: Floats
    due: NDArray[np.bool_]
    adjusters: Floats
    adjuster_names: tuple[str, ...]

    @cached_property
    def change(self) -> Floats:
        """Score minus baseline, (people, weeks)."""
        return self.scores - self.baseline[:, None]


def rows(courses: Courses, weeks: Sequence[float], *, worse: Mapping[str, int]) -> dict[Key, Rows]:
    """Every group's people who were treated, in order of course; `worse` is the way up of each instrument, 1 or -1."""
    wide = fetched(_wide(courses, weeks).order_by([*courses.keys, "course"]))
    keys = [key_of(row, courses) for row in wide.select(list(courses.keys)).to_pylist()]
    starts = [index for index, key in enumerate(keys) if index == 0 or keys[index - 1] != key]
    ends = [*starts[1:], len(keys)][: len(starts)]
    return {
        keys[start]: _rows(wide.slice(start, end - start), courses, weeks, worse[keys[start][-1]])
        for start, end in zip(starts, ends, strict=True)
    }


def _wide(courses: Courses, weeks: Sequence[float]) -> ibis.Table:
    later = courses.later
    there = later.due & later.answered
    scores = {f"w{index}": later.score.max(where=there & (later.week == week)) for index, week in enumerate(weeks)}
    due = {f"d{index}": (later.due & (later.week == week)).any() for index, week in enumerate(weeks)}
    wide = later.group_by("course", "instrument").aggregate(**scores, **due)
    people = courses.courses.filter(courses.courses.treated)
    return people.left_join(wide, ["course", "instrument"]).drop("course_right", "instrument_right")


def _rows(table: pa.Table, courses: Courses, weeks: Sequence[float], sign: int) -> Rows:
    columns = [f"w{index}" for index in range(len(weeks))]
    scores = sign * np.column_stack([_floats(table[name]) for name in columns])
    due = np.column_stack([_floats(table[f"d{index}"]) == 1 for index in range(len(weeks))])
    names, adjusters = adjusters_of(table, courses.numbers, courses.labels)
    baseline, earlier = sign * _floats(table["baseline"]), sign * _floats(table["earlier"])
    return Rows(tuple(weeks), baseline, earlier, scores, due, adjusters, tuple(names))


def _floats(column: pa.ChunkedArray) -> Floats:
    return np.array(column.cast(pa.float64()).to_pylist(), dtype=np.float64)


def adjusters_of(table: pa.Table, numbers: Sequence[str], labels: Sequence[str]) -> tuple[list[str], Floats]:
    """Columns that vary, none of them a repetition of those before it."""
    found: list[tuple[str, Floats]] = []
    for name in numbers:
        found += _numbers(name, _floats(table[name]))
    for name in labels:
        found += _levels(name, [str(value or "") for value in table[name].to_pylist()])
    kept_names: list[str] = []
    kept = np.ones((table.num_rows, 1))
    for name, values in found:
        wider = np.column_stack([kept, values])
        if np.linalg.matrix_rank(wider) == wider.shape[1]:
            kept, kept_names = wider, [*kept_names, name]
    return kept_names, kept[:, 1:]


def _numbers(name: str, values: Floats) -> list[tuple[str, Floats]]:
    missing = ~np.isfinite(values)
    if missing.all():
        return []
    filled = np.where(missing, values[~missing].mean(), values)
    return [(name, filled), *([(f"{name} not known", missing.astype(np.float64))] if missing.any() else [])]


def _levels(name: str, values: list[str]) -> list[tuple[str, Floats]]:
    levels = sorted(set(values))
    if len(levels) > MOST_LEVELS:
        return []
    return [
        (f"{name} {level}", np.array([value == level for value in values], dtype=np.float64)) for level in levels[1:]
    ]
