"""A decision aid as an entry: which decision, for whom, between which options, and what is known of the benefit of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enthesis.expectations.aid.option import Option
from enthesis.knowledge import BadInput, Entry, Library
from enthesis.pathway.statement import Statement


@dataclass(frozen=True)
class Offered:
    """One option here, and what is known of its benefit for this condition in words."""

    option: str
    benefit: Statement


@dataclass(frozen=True)
class Pictured:
    """The question behind the pictures: the start they show (1 to 10), weeks, the cut ("30" or "50"), and the comparator."""

    start: float
    weeks: float
    less: str
    versus: str


@dataclass(frozen=True)
class Aid:
    """The body of an entry. Without `pictured` no picture is drawn, and `no_picture` says why."""

    condition: str
    decision: str
    about: Statement
    without: tuple[Statement, ...]
    offered: tuple[Offered, ...]
    pictured: Pictured | None = None
    no_picture: str = ""

    @property
    def cited(self) -> tuple[Statement, ...]:
        """The parts that name a source."""
        return (self.about, *self.without, *(one.benefit for one in self.offered))


def aids(library: Library) -> tuple[Entry[Aid], ...]:
    """Every decision aid of the library."""
    return library.entries("aids", Aid)


def aid_for(condition: str, library: Library) -> Entry[Aid]:
    """The aid for a condition. Raises BadInput naming the conditions that have one."""
    for entry in aids(library):
        if entry.body.condition == condition:
            return entry
    there = ", ".join(entry.body.condition for entry in aids(library))
    raise BadInput(f"condition: there is no decision aid for {condition!r}; there are: {there}")


def run_aid_example(body: Aid, example: Mapping[str, Any], library: Library) -> None:
    """Are the options and the question as promised? Raises AssertionError in words."""
    shown, options = body.pictured, [one.option for one in body.offered]
    asked: list[object] = [shown.start, shown.weeks, shown.less, shown.versus] if shown else []
    for key, said in (("options", options), ("pictured", asked)):
        if key in example and said != example[key]:
            raise AssertionError(f"{example['story']!r}: {said!r}, and {example[key]!r} was promised")
    for option in options:
        library.entry("options", option, Option)
    for one in body.cited:
        if one.cite not in library.bibliography:
            raise AssertionError(f"{one.cite!r} is not in the bibliography")
