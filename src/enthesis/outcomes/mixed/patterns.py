"""The sums a mixed model is fitted to: one set for all people who answered the same visits."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enthesis.knowledge import BadInput

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, eq=False)
class Pattern:
    """People who answered the same visits. `z` are the `q` fixed-effect columns of a person, `y` the `v` scores.

    visits  which of all visits were answered, as indices; at least one
    people  how many people
    zz      (q, q)  sum of z z'
    yz      (v, q)  sum of y z', zero in the rows of visits that were not answered
    yy      (v, v)  sum of y y', zero likewise
    """

    visits: tuple[int, ...]
    people: int
    zz: Floats
    yz: Floats
    yy: Floats


@dataclass(frozen=True, eq=False)
class Patterns:
    """All patterns of one analysis, and the names of its visits and fixed effects."""

    visits: tuple[str, ...]
    effects: tuple[str, ...]
    patterns: tuple[Pattern, ...]

    @cached_property
    def people(self) -> int:
        """How many people answered at least one visit."""
        return sum(pattern.people for pattern in self.patterns)

    @cached_property
    def answers(self) -> int:
        """How many scores there are in all."""
        return sum(pattern.people * len(pattern.visits) for pattern in self.patterns)

    @cached_property
    def answered(self) -> NDArray[np.bool_]:
        """(patterns, v): which visits each pattern answered."""
        found = np.zeros((len(self.patterns), len(self.visits)), dtype=bool)
        for row, pattern in zip(found, self.patterns, strict=True):
            row[list(pattern.visits)] = True
        return found

    @cached_property
    def counts(self) -> Floats:
        """(patterns,): how many people each is of."""
        return np.array([pattern.people for pattern in self.patterns], dtype=np.float64)

    @cached_property
    def zz(self) -> Floats:
        """(patterns, q, q)."""
        return np.array([pattern.zz for pattern in self.patterns])

    @cached_property
    def yz(self) -> Floats:
        """(patterns, v, q)."""
        return np.array([pattern.yz for pattern in self.patterns])

    @cached_property
    def yy(self) -> Floats:
        """(patterns, v, v)."""
        return np.array([pattern.yy for pattern in self.patterns])

    def answered_at(self, visit: int) -> int:
        """How many people answered this visit."""
        return sum(pattern.people for pattern in self.patterns if visit in pattern.visits)


def patterns_of(scores: Floats, design: Floats, *, visits: tuple[str, ...], effects: tuple[str, ...]) -> Patterns:
    """The sums of rows that are at hand.

    scores  (people, v), NaN where a visit was not answered; people with no score at all are left out
    design  (people, q), complete

    Raises BadInput when the shapes do not fit or a fixed effect is missing for somebody.
    """
    if scores.shape != (len(design), len(visits)) or design.shape[1] != len(effects):
        raise BadInput(f"scores {scores.shape} and design {design.shape} do not fit: expected a row for each person")
    if not np.isfinite(design).all():
        raise BadInput("a fixed effect is missing for somebody; expected a number for each person")
    there = np.isfinite(scores)
    answered = {key for key in map(tuple, np.unique(there, axis=0).tolist()) if any(key)}
    return Patterns(visits, effects, tuple(_pattern(scores, design, there, key) for key in sorted(answered)))


def _pattern(scores: Floats, design: Floats, there: NDArray[np.bool_], key: tuple[bool, ...]) -> Pattern:
    rows = (there == np.array(key)).all(axis=1)
    z, y = design[rows], np.where(key, scores[rows], 0.0)
    return Pattern(tuple(np.flatnonzero(key).tolist()), int(rows.sum()), z.T @ z, y.T @ z, y.T @ y)
