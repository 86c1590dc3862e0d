"""The kinds of condition a rule may state. One class each; a new class here is a new kind.

A condition reads the facts and answers yes, no or not known. Not known is its own answer: it leads to a question.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any, ClassVar

import cattrs
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError

from enthesis.knowledge import Library, LibraryError
from enthesis.screening.facts import Facts
from enthesis.screening.rule import Kind


class Truth(Enum):
    """Three-valued truth."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "not known"


@dataclass(frozen=True)
class Reading:
    """What a condition found in the facts: the answer, why, the dates that follow and what must still be asked.

    `free_on` is the first day the condition no longer stands in the way. `stop_by` is the last day on which a drug
    may still be taken for the planned injection; with it the condition does not stand in the way yet. `ingredients` are
    those of the prescribed medicines that were found.
    """

    truth: Truth
    because: str = ""
    evidence: tuple[str, ...] = ()
    free_on: date | None = None
    stop_by: date | None = None
    asks: tuple[str, ...] = ()
    ingredients: tuple[str, ...] = ()


NO = Reading(Truth.NO)


@dataclass(frozen=True)
class Moment:
    """The planned injection and the day of asking."""

    on: date
    as_of: date

    def before(self, days: int) -> date:
        """The day that many days before the injection."""
        return self.on - timedelta(days=days)


def after(day: date, days: int) -> date:
    """The day that many days later. Charts write 9999-12-31 for "no end", and nothing lies after it."""
    return day + timedelta(days=days) if (date.max - day).days >= days else date.max


def is_stale(since: date | None, days: int, moment: Moment) -> bool:
    """Did an entry of the chart begin that many days before the injection, or earlier? Never with 0 days or no date."""
    return bool(days) and since is not None and since <= moment.before(days)


class Condition:
    """A condition of a rule. Subclasses register themselves under the name they are written with in TOML."""

    written: ClassVar[str]
    answered_as: ClassVar[tuple[Kind, ...]] = ()
    kinds: ClassVar[dict[str, type["Condition"]]] = {}

    def __init_subclass__(cls, written: str) -> None:
        cls.written = written
        Condition.kinds[written] = cls

    def read(self, facts: Facts, moment: Moment, library: Library) -> Reading:
        """What the facts say of this condition for an injection at a moment."""
        raise NotImplementedError

    def asked(self) -> tuple[str, ...]:
        """The ids of the questions this condition may need."""
        question = getattr(self, "question", "")
        return (question,) if question else ()

    def refers_to(self) -> tuple[tuple[str, str], ...]:
        """The entries this condition speaks of, as kind and id: they must exist, or it would silently never hold."""
        return ()


def _exactly(value: Any, kind: type) -> Any:
    """A value of this very type: 7.5 days are not 7, and the word "no" is not true."""
    if issubclass(kind, Enum):
        return kind(value)
    if type(value) is not kind:
        raise ValueError(f"{value!r} where {kind.__name__} was expected")
    return value


_converter = cattrs.Converter(forbid_extra_keys=True)
for _kind in (bool, int, str):
    _converter.register_structure_hook(_kind, _exactly)


def condition(when: dict[str, Any], path: str) -> Condition:
    """The condition a rule's `when` table states. Raises LibraryError naming the file and the kinds there are."""
    if len(when) != 1 or next(iter(when)) not in Condition.kinds:
        raise LibraryError(
            f"{path}: `when` takes one of {', '.join(sorted(Condition.kinds))}, not {', '.join(when) or 'nothing'}"
        )
    [(written, terms)] = when.items()
    if not isinstance(terms, dict):
        raise LibraryError(f"{path}: `when.{written}` is a table of terms, not {terms!r}")
    try:
        return _converter.structure(terms, Condition.kinds[written])
    except (BaseValidationError, ForbiddenExtraKeysError, TypeError, ValueError) as error:
        reasons = "; ".join(cattrs.transform_error(error))
        raise LibraryError(f"{path}: `when.{written}`: {reasons}") from error


def unanswered(question: str, facts: Facts) -> tuple[str, ...]:
    """The question, while nobody has answered it; nothing when there is none or it is answered."""
    return (question,) if question and question not in facts.answers else ()


def side_by_side(parts: Sequence[str]) -> str:
    """Several reasons as one sentence, each said once."""
    return "; ".join(dict.fromkeys(part for part in parts if part))
