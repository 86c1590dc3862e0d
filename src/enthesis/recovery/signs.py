"""What a warning looks for in a diary. A new class here is a new kind of sign; nothing else needs touching.

A sign reads yes, no or not known. There is no sign for "not" today: more that is answered yes, or a higher pain, can
only make a sign more true, and an answer that is missing stands between its no and its yes. Of earlier days a no, or a
lower pain, can only make it more true.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import cattrs

from enthesis.knowledge import LibraryError
from enthesis.recovery.questions import Kind
from enthesis.recovery.said import NO, Reading, Said, unknown, yes

_converter = cattrs.Converter(forbid_extra_keys=True)


class Sign:
    """Something to look for. Subclasses register themselves under the name they are written with in TOML."""

    kinds: ClassVar[dict[str, type["Sign"]]] = {}

    def __init_subclass__(cls, written: str = "") -> None:
        if written:
            Sign.kinds[written] = cls

    @classmethod
    def made_from(cls, terms: Any, path: str) -> Self:
        """The sign from what its TOML says. Raises LibraryError naming the file and what does not fit."""
        try:
            return _converter.structure(terms, cls)
        except Exception as error:  # cattrs raises many kinds; all of them mean that the terms do not fit
            raise LibraryError(f"{path}: `when`: {'; '.join(cattrs.transform_error(error))}") from error

    def read(self, said: Said) -> Reading:
        """Is the sign there, and why, or what would have to be asked to know?"""
        raise NotImplementedError

    def reads(self) -> Mapping[str, Kind]:
        """The questions this sign looks at, by id, and the kind of answer it can read."""
        raise NotImplementedError


def sign(when: Any, path: str) -> Sign:
    """The sign a warning's `when` table states. Raises LibraryError naming the file and the kinds there are."""
    if not isinstance(when, dict) or len(when) != 1 or next(iter(when)) not in Sign.kinds:
        raise LibraryError(f"{path}: `when` takes one of {', '.join(sorted(Sign.kinds))}, not {when!r}")
    [(written, terms)] = when.items()
    return Sign.kinds[written].made_from(terms, path)


@dataclass(frozen=True)
class Yes(Sign, written="yes"):
    """A question was answered yes."""

    question: str

    @classmethod
    def made_from(cls, terms: Any, path: str) -> Self:
        if not isinstance(terms, str):
            raise LibraryError(f"{path}: `when.yes` takes the id of a question, not {terms!r}")
        return cls(terms)

    def read(self, said: Said) -> Reading:
        answer = said.answer(self.question)
        if answer is None:
            return unknown(self.question)
        return yes(self.question, 1, said.short(self.question)) if answer else NO

    def reads(self) -> Mapping[str, Kind]:
        return {self.question: Kind.YES_NO}


@dataclass(frozen=True)
class AtLeast(Sign, written="at_least"):
    """A number was reported that is this high or higher."""

    question: str
    value: float

    def read(self, said: Said) -> Reading:
        answer = said.answer(self.question)
        if answer is None:
            return unknown(self.question)
        if answer < self.value:
            return NO
        return yes(self.question, answer, f"{said.short(self.question)} {answer:g} of 10")

    def reads(self) -> Mapping[str, Kind]:
        return {self.question: Kind.SCALE}


@dataclass(frozen=True)
class Rises(Sign, written="rises"):
    """A number is higher, by so much or more, than the lowest one reported from a day on.

    Where no earlier number is known there is no trend to see: an entry needs a question beside this sign.
    """

    question: str
    by: float
    since_day: int

    def read(self, said: Said) -> Reading:
        answer = said.answer(self.question)
        if answer is None:
            return unknown(self.question)
        before = said.lowest(self.question, since_day=self.since_day)
        if before is None or answer - before < self.by:
            return NO
        return yes(self.question, answer, f"{said.short(self.question)} {answer:g} of 10, up from {before:g}")

    def reads(self) -> Mapping[str, Kind]:
        return {self.question: Kind.SCALE}


@dataclass(frozen=True)
class AboveBefore(Sign, written="above_before"):
    """A number is higher, by so much or more, than the pain marked before the injection.

    Where that was not marked there is nothing to compare with: an entry needs a question beside this sign.
    """

    question: str
    by: float

    def read(self, said: Said) -> Reading:
        answer = said.answer(self.question)
        if answer is None:
            return unknown(self.question)
        if said.before is None or answer - said.before < self.by:
            return NO
        because = f"{said.short(self.question)} {answer:g} of 10, {said.before:g} before the injection"
        return yes(self.question, answer, because)

    def reads(self) -> Mapping[str, Kind]:
        return {self.question: Kind.SCALE}


@dataclass(frozen=True)
class Stays(Sign, written="stays"):
    """A number is this high or higher, and no lower than the lowest one reported from a day on: it has not eased.

    Where no earlier number is known there is nothing to compare with: an entry needs a question beside this sign.
    """

    question: str
    at_least: float
    since_day: int

    def read(self, said: Said) -> Reading:
        lowest = said.lowest(self.question, since_day=self.since_day)
        if lowest is None:
            return NO
        answer = said.answer(self.question)
        if answer is None:
            return unknown(self.question)
        if answer < max(self.at_least, lowest):
            return NO
        because = f"{said.short(self.question)} {answer:g} of 10, not below the {lowest:g} of an earlier day"
        return yes(self.question, answer, because)

    def reads(self) -> Mapping[str, Kind]:
        return {self.question: Kind.SCALE}


@dataclass(frozen=True)
class Appears(Sign, written="appears"):
    """A question is answered yes that was answered no on a day from a day on: it was not there, or it came back."""

    question: str
    since_day: int

    def read(self, said: Said) -> Reading:
        last = said.denied(self.question, since_day=self.since_day)
        if last is None:
            return NO
        answer = said.answer(self.question)
        if answer is None:
            return unknown(self.question)
        return yes(self.question, 1, f"{said.short(self.question)}, not there on day {last}") if answer else NO

    def reads(self) -> Mapping[str, Kind]:
        return {self.question: Kind.YES_NO}


@dataclass(frozen=True)
class Several(Sign):
    """Signs joined into one."""

    signs: tuple[Sign, ...]

    @classmethod
    def made_from(cls, terms: Any, path: str) -> Self:
        if not isinstance(terms, list) or not terms:
            raise LibraryError(f"{path}: `any` and `all` take a list of signs, not {terms!r}")
        return cls(tuple(sign(term, path) for term in terms))

    def reads(self) -> Mapping[str, Kind]:
        return {id: kind for one in self.signs for id, kind in one.reads().items()}


class AnyOf(Several, written="any"):
    """At least one of several signs is there."""

    def read(self, said: Said) -> Reading:
        return Reading.joined(max, [one.read(said) for one in self.signs])


class AllOf(Several, written="all"):
    """Every one of several signs is there."""

    def read(self, said: Said) -> Reading:
        return Reading.joined(min, [one.read(said) for one in self.signs])
