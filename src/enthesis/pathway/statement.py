"""The small parts entries are made of: a cited sentence, a code, a cited number, a time to look again."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from enthesis.knowledge import LibraryError


class Cited(Protocol):
    """Any part of an entry that names the source it rests on, by its key in the bibliography."""

    @property
    def cite(self) -> str: ...


@dataclass(frozen=True)
class Statement:
    """One plain sentence and the key of the source it rests on."""

    text: str
    cite: str


@dataclass(frozen=True)
class Code:
    """A code of ICD-10-CM or HCPCS with its official title."""

    code: str
    title: str


@dataclass(frozen=True)
class Figure:
    """A number with the source it was read in. Raises LibraryError unless it is above zero."""

    value: float
    cite: str
    note: str = ""

    def __post_init__(self) -> None:
        if self.value <= 0:
            raise LibraryError(f"value: a number above zero was expected, not {self.value}")

    @property
    def exact(self) -> Fraction:
        """The number as it was written, without the rounding of binary fractions."""
        return Fraction(str(self.value))


@dataclass(frozen=True)
class Days:
    """A whole number of days with the source it was read in. Raises LibraryError unless it is above zero."""

    days: int
    cite: str
    note: str = ""

    def __post_init__(self) -> None:
        if self.days <= 0:
            raise LibraryError(f"days: a whole number of days above zero was expected, not {self.days}")


@dataclass(frozen=True)
class ReviewRule:
    """After which session the clinician looks again, and why; `unless_improved`: only while no improvement is shown.

    Raises LibraryError for a session before the first.
    """

    after_session: int
    why: str
    cite: str
    unless_improved: bool = False

    def __post_init__(self) -> None:
        if self.after_session < 1:
            raise LibraryError(f"after_session: sessions are counted from 1, not {self.after_session}")
