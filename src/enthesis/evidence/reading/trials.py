"""Trials as they were read: columns of equal length that nobody can change, and what was noticed on the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

import numpy as np

from enthesis.evidence.contrasts import Floats, Whole
from enthesis.knowledge import BadInput


class Kind(StrEnum):
    """What one row of a trial file holds."""

    ARM_MEANS = "arms with means"
    ARM_EVENTS = "arms with events"
    ARM_RATES = "arms with events per person-time"
    CONTRASTS = "contrasts of two treatments"
    GENERIC = "one estimate per study"
    SINGLE_MEANS = "single groups with means"
    SINGLE_EVENTS = "single groups with events"

    @property
    def has_arms(self) -> bool:
        """Whether a row is one arm of a trial."""
        return self in (Kind.ARM_MEANS, Kind.ARM_EVENTS, Kind.ARM_RATES)


@dataclass(frozen=True, eq=False)
class Trials:
    """One outcome of many studies, one entry per row of the file.

    study      (rows,)  index into `studies`, which stand in the order of the file
    treatment  (rows,)  index into `treatments`, which are sorted; -1 where a row has no treatment
    versus     (rows,)  the same for the second treatment of a contrast; -1 elsewhere
    line       (rows,)  the row of the file, as a spreadsheet counts (the header is row 1)
    numbers    what was measured: n, mean, sd, events, time, estimate, se, ... ; NaN where a cell is empty
    labels     every other column, as text: covariates, risk of bias, years
    """

    kind: Kind
    source: str
    studies: tuple[str, ...]
    treatments: tuple[str, ...]
    study: Whole
    treatment: Whole
    versus: Whole
    line: Whole
    numbers: Mapping[str, Floats]
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @cached_property
    def rows(self) -> int:
        """Rows in all."""
        return len(self.study)

    def has(self, *columns: str) -> bool:
        """Whether every one of these columns of numbers is there with at least one value."""
        return all(column in self.numbers and bool(np.isfinite(self.numbers[column]).any()) for column in columns)

    def number(self, column: str) -> Floats:
        """A column of numbers; NaN throughout when the file has none."""
        return self.numbers[column] if column in self.numbers else np.full(self.rows, np.nan)

    def where(self, row: int, column: str) -> str:
        """The place of a cell, for a sentence."""
        return f"{self.source}: row {self.line[row]}, column {column}"

    def refuse(self, wrong: np.ndarray, column: str, why: str) -> None:
        """Raise BadInput for the first row of `wrong`; `{value}` and `{study}` in `why` are filled in."""
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            value = f"{self.number(column)[row]:.12g}"
            raise BadInput(f"{self.where(row, column)}: {why.format(value=value, study=self.studies[self.study[row]])}")

    def take(self, kept: np.ndarray, *notes: str) -> "Trials":
        """Only these rows, in the same order; studies and treatments without a row are forgotten."""
        rows = np.flatnonzero(kept) if kept.dtype == bool else kept
        studies, study = np.unique(self.study[rows], return_inverse=True)
        pair = np.concatenate([self.treatment[rows], self.versus[rows]])
        seen, place = np.unique(pair[pair >= 0], return_inverse=True)
        both = np.full(len(pair), -1, dtype=np.int64)
        both[pair >= 0] = place
        return replace(
            self,
            studies=tuple(self.studies[index] for index in studies),
            treatments=tuple(self.treatments[index] for index in seen),
            study=frozen(study.astype(np.int64)),
            treatment=frozen(both[: len(rows)]),
            versus=frozen(both[len(rows) :]),
            line=frozen(self.line[rows]),
            numbers={name: frozen(values[rows]) for name, values in self.numbers.items()},
            labels={name: tuple(values[row] for row in rows) for name, values in self.labels.items()},
            notes=self.notes + notes,
        )

    def with_numbers(self, numbers: Mapping[str, Floats], *notes: str) -> "Trials":
        """The same rows with some columns of numbers replaced or added, and why."""
        fresh = {name: frozen(np.asarray(values, dtype=np.float64)) for name, values in numbers.items()}
        return replace(self, numbers={**self.numbers, **fresh}, notes=self.notes + notes)

    def __repr__(self) -> str:
        """What there is, in one line."""
        treated = f", {len(self.treatments)} treatments" if self.treatments else ""
        return f"<Trials: {self.kind}, {len(self.studies)} studies{treated}, {self.rows} rows of {self.source}>"


def frozen(array: np.ndarray) -> np.ndarray:
    """The same numbers in an array that cannot be written to."""
    copy = np.array(array)
    copy.setflags(write=False)
    return copy
