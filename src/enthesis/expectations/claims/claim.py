"""A claim: a public sentence about benefit, who says so, on what, and what is known of where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enthesis.expectations.claims.checking import check_sentence
from enthesis.expectations.claims.reading import read_sentence
from enthesis.knowledge import Entry, Library, LibraryError
from enthesis.pathway.statement import Statement

NOT_GIVEN = "not given"


@dataclass(frozen=True)
class Compare:
    """The question to set beside a claim, as `enthesis expect` asks it."""

    condition: str
    treatment: str
    versus: str
    baseline: float
    weeks: float


@dataclass(frozen=True)
class Claim:
    """The body of an entry. `people`, `follow_up` and `denominator` say "not given" where nobody says them.

    Raises LibraryError when the claim's own source or the design is missing.
    """

    says: str
    who: str
    design: str
    people: str = NOT_GIVEN
    follow_up: str = NOT_GIVEN
    denominator: str = NOT_GIVEN
    about: str = ""
    origin: tuple[Statement, ...] = ()
    known: tuple[Statement, ...] = ()
    compare: Compare | None = None

    def __post_init__(self) -> None:
        """Nobody's claim is nobody's to check."""
        if not self.who or not self.design or not self.says:
            raise LibraryError("who, design, says: a claim names who says it, on what design, and what it says")

    @property
    def cited(self) -> tuple[Statement, ...]:
        """The parts that name a source."""
        return (*self.origin, *self.known)


def claims(library: Library) -> tuple[Entry[Claim], ...]:
    """Every claim of the library in order of id. Raises LibraryError."""
    return library.entries("claims", Claim)


def run_example(body: Claim, example: Mapping[str, Any], library: Library) -> None:
    """Does the sentence say and leave out what its example promises? Raises AssertionError with the difference."""
    if "shares" in example:
        _same(example, list(read_sentence(body.says).shares), example["shares"])
    if "lacks" in example:
        _same(example, [one.rule for one in check_sentence(body.says).problems], example["lacks"])
    if "compare" in example:
        asked = body.compare
        _same(example, [asked.versus, asked.baseline, asked.weeks] if asked else [], example["compare"])
    for one in body.cited:
        if one.cite not in library.bibliography:
            raise AssertionError(f"{one.cite!r} is not in the bibliography")


def _same(example: Mapping[str, Any], said: object, promised: object) -> None:
    if said != promised:
        raise AssertionError(f"{example.get('story', '')!r}: {said!r}, and {promised!r} was promised")
