"""The kinds of scoring an instrument may state. One class each; a new class here is a new kind.

A kind turns the values of all scored questions into one number. Which questions may be left out is not its business:
that is the instrument's rule for missing answers, applied before.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import cattrs
from cattrs.errors import BaseValidationError

from enthesis.knowledge import LibraryError
from enthesis.outcomes.items import Item

Values = Mapping[str, int]  # the value of each scored question that has one, by its id


class Scoring(ABC):
    """A way to score. Subclasses register themselves under the name they are written with in TOML."""

    written: ClassVar[str]
    kinds: ClassVar[dict[str, type["Scoring"]]] = {}

    def __init_subclass__(cls, written: str) -> None:
        cls.written = written
        Scoring.kinds[written] = cls

    @abstractmethod
    def total(self, values: Values) -> Fraction:
        """The score of these values, exactly."""

    def range(self, items: Sequence[Item]) -> tuple[Fraction, Fraction]:
        """The least and the most this scoring can give: all first answers against all last ones."""
        ends = [self.total({item.id: item.options[end].value for item in items}) for end in (0, -1)]
        return min(ends), max(ends)


@dataclass(frozen=True)
class Single(Scoring, written="single"):
    """The one answer is the score."""

    def total(self, values: Values) -> Fraction:
        """The answer. Raises LibraryError when the entry scores more than one question."""
        if len(values) != 1:
            raise LibraryError(f"scoring: `single` takes one scored question, not {len(values)}")
        return Fraction(sum(values.values()))


@dataclass(frozen=True)
class Sum(Scoring, written="sum"):
    """The values added up; a count, where each question is a tick."""

    def total(self, values: Values) -> Fraction:
        """The sum of the values."""
        return Fraction(sum(values.values()))


@dataclass(frozen=True)
class Mean(Scoring, written="mean"):
    """The mean of the values that are there."""

    def total(self, values: Values) -> Fraction:
        """The sum of the values over their number."""
        return Fraction(sum(values.values()), len(values))


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
