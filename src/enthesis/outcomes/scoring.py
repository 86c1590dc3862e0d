"""The kinds of scoring an instrument may state. One class each; a new class here is a new kind.

A kind turns what the answers count, or the scores of subscales, into one number. Which questions may be left out is not
its business: that is the rule for missing answers, applied before. A table is defined on whole forms only, and says so.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar

import cattrs
from cattrs.errors import BaseValidationError

from enthesis.knowledge import LibraryError
from enthesis.outcomes.numbers import exact

Values = Mapping[str, Fraction]  # what each answer counts, or each subscale's score, by its id
Ends = tuple[Fraction, Fraction]  # the least and the most something can be


class Scoring(ABC):
    """A way to score. Subclasses register themselves under the name they are written with in TOML."""

    whole_form: ClassVar[bool] = False  # is the score defined on complete forms only?
    kinds: ClassVar[dict[str, type["Scoring"]]] = {}

    def __init_subclass__(cls, written: str) -> None:
        Scoring.kinds[written] = cls

    @abstractmethod
    def total(self, values: Values) -> Fraction:
        """The score of these values, exactly."""

    def range(self, ends: Mapping[str, Ends]) -> Ends:
        """The least and the most this scoring can give, from the ends of what it is given."""
        totals = [self.total({id: of[end] for id, of in ends.items()}) for end in (0, 1)]
        return min(totals), max(totals)

    def error(self, values: Values) -> float | None:
        """The standard error printed beside the score, where there is one."""
        return None


@dataclass(frozen=True)
class Single(Scoring, written="single"):
    """The one answer is the score."""

    def total(self, values: Values) -> Fraction:
        """The answer. Raises LibraryError when the entry scores more than one question."""
        if len(values) != 1:
            raise LibraryError(f"scoring: `single` takes one scored question, not {len(values)}")
        return sum(values.values(), Fraction())


@dataclass(frozen=True)
class Sum(Scoring, written="sum"):
    """The values added up; a count, where each question is a tick."""

    def total(self, values: Values) -> Fraction:
        """The sum of the values."""
        return sum(values.values(), Fraction())


@dataclass(frozen=True)
class Mean(Scoring, written="mean"):
    """The mean of the values that are there."""

    def total(self, values: Values) -> Fraction:
        """The sum of the values over their number."""
        return sum(values.values(), Fraction()) / len(values)


@dataclass(frozen=True)
class Percent(Scoring, written="percent"):
    """The values that are there, as a percentage of the most they could be; `from_100` where 100 is best, not worst.

    100 x sum of (value - least) / (number answered x (most - least)). The formula of the Oswestry index, of SPADI's two
    parts, of QuickDASH (1 to 5) and, taken from 100, of KOOS and HOOS.
    """

    least: int
    most: int
    from_100: bool = False

    def __post_init__(self) -> None:
        if self.least >= self.most:
            raise LibraryError(f"scoring: `least` is below `most`, not {self.least} and {self.most}")

    def total(self, values: Values) -> Fraction:
        """The percentage, of the answered questions only."""
        share = sum((value - self.least for value in values.values()), Fraction()) / (self.most - self.least)
        percent = 100 * share / len(values)
        return 100 - percent if self.from_100 else percent

    def range(self, ends: Mapping[str, Ends]) -> Ends:
        """0 to 100. Raises LibraryError when some question counts from or to another number than is stated."""
        for id, (least, most) in ends.items():
            if (least, most) != (Fraction(self.least), Fraction(self.most)):
                raise LibraryError(
                    f"scoring: {id!r} counts from {least} to {most}, and `percent` states {self.least} to {self.most}"
                )
        return super().range(ends)


@dataclass(frozen=True)
class Table(Scoring, written="table"):
    """The values added up and looked up: `scores` has the score of every sum from `first` on, and of no other.

    Raises LibraryError unless the scores rise or fall all the way.
    """

    whole_form: ClassVar[bool] = True
    first: int
    scores: tuple[float, ...]
    standard_errors: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        steps = {later > earlier if later != earlier else None for earlier, later in pairwise(self.scores)}
        if steps not in ({True}, {False}):
            raise LibraryError("scoring: the scores of a table rise or fall at every step")
        if self.standard_errors and len(self.standard_errors) != len(self.scores):
            raise LibraryError("scoring: `standard_errors` has one for each of `scores`, or is left out")

    def total(self, values: Values) -> Fraction:
        """The score printed beside the sum."""
        return exact(self.scores[self._row(values)])

    def error(self, values: Values) -> float | None:
        """The standard error printed beside the sum."""
        return self.standard_errors[self._row(values)] if self.standard_errors else None

    def range(self, ends: Mapping[str, Ends]) -> Ends:
        """The ends of the table. Raises LibraryError when it lacks a sum that can be reached, or has one that cannot."""
        least, most = (sum((of[end] for of in ends.values()), Fraction()) for end in (0, 1))
        last = self.first + len(self.scores) - 1
        if (least, most) != (Fraction(self.first), Fraction(last)):
            raise LibraryError(f"scoring: sums run from {least} to {most}, and the table from {self.first} to {last}")
        return super().range(ends)

    def _row(self, values: Values) -> int:
        return int(sum(values.values(), Fraction())) - self.first


_converter = cattrs.Converter(forbid_extra_keys=True)


def scoring(written: Mapping[str, Any]) -> Scoring:
    """The scoring an entry's table states. Raises LibraryError naming the kinds there are, or the key that is wrong."""
    kind, terms = written.get("kind"), {key: value for key, value in written.items() if key != "kind"}
    if kind not in Scoring.kinds:
        raise LibraryError(f"scoring: `kind` is one of {', '.join(sorted(Scoring.kinds))}, not {kind!r}")
    try:
        return _converter.structure(terms, Scoring.kinds[kind])
    except BaseValidationError as error:
        raise LibraryError("; ".join(cattrs.transform_error(error, path="scoring"))) from error
