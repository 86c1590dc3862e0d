"""The questions of an instrument and the answers each allows, in the words of its authors."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field

from enthesis.knowledge import LibraryError

LONGEST_NAME = 200  # characters in which a patient names an activity


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen: the value that is scored and the words that are shown."""

    value: int
    label: str

    @property
    def numbered(self) -> str:
        """The words after their number, said once where they begin with it: "0 - no pain", "4 Extreme"."""
        return self.label if self.label.startswith(str(self.value)) else f"{self.value} {self.label}"


class AnswerFormat(ABC):
    """A set of allowed answers. Subclasses list their options and say in words what was expected."""

    @property
    @abstractmethod
    def options(self) -> tuple[Option, ...]:
        """Every allowed answer, in the order it is shown."""

    @property
    def expected(self) -> str:
        """What an answer must be, for the person whose answer was not one."""
        first, last = self.options[0], self.options[-1]
        return f"a whole number from {first.value} to {last.value}"

    def allows(self, value: object) -> bool:
        """Is this an answer? Whole numbers only: 7.5, "7" and true are not answers on a scale of 0 to 10."""
        return type(value) is int and value in {option.value for option in self.options}


@dataclass(frozen=True)
class Scale(AnswerFormat):
    """Whole numbers between two anchors, such as 0 (no pain) to 10 (pain as bad as you can imagine)."""

    least: int
    most: int
    low: str
    high: str

    @property
    def options(self) -> tuple[Option, ...]:
        """Each number, with the anchors' words beside the first and the last."""
        words = {self.least: f"{self.least} - {self.low}", self.most: f"{self.most} - {self.high}"}
        return tuple(Option(value, words.get(value, str(value))) for value in range(self.least, self.most + 1))


@dataclass(frozen=True)
class Choices(AnswerFormat):
    """Worded answers, numbered from `first` upwards, or downwards where `step` is -1."""

    first: int
    labels: tuple[str, ...]
    step: int = 1

    def __post_init__(self) -> None:
        if self.step not in (1, -1):
            raise LibraryError(f"answers: `step` is 1 (numbered upwards) or -1 (downwards), not {self.step}")

    @property
    def options(self) -> tuple[Option, ...]:
        """The labels in order, each with its number."""
        return tuple(Option(self.first + self.step * place, label) for place, label in enumerate(self.labels))

    @property
    def expected(self) -> str:
        """The numbers, with the words of both ends so that the direction is plain."""
        first, last = self.options[0], self.options[-1]
        return f"a whole number from {first.value} ({first.label}) to {last.value} ({last.label})"


@dataclass(frozen=True)
class Tick(AnswerFormat):
    """A sentence that is ticked (1, true) when it fits, and left blank (0, false) when it does not."""

    ticked: str
    unticked: str

    @property
    def options(self) -> tuple[Option, ...]:
        """Not ticked, ticked."""
        return (Option(0, self.unticked), Option(1, self.ticked))

    @property
    def expected(self) -> str:
        """True or false."""
        return "true (or 1) for ticked, false (or 0) for not ticked"

    def allows(self, value: object) -> bool:
        """Ticks are the only answers that may be written as true or false."""
        return isinstance(value, bool) or super().allows(value)


@dataclass(frozen=True)
class Blank(AnswerFormat):
    """Whole numbers whose words belong to the owner of a licensed instrument and are not shipped."""

    lowest: int
    highest: int

    @property
    def options(self) -> tuple[Option, ...]:
        """Each number, with nothing beside it."""
        return tuple(Option(value, str(value)) for value in range(self.lowest, self.highest + 1))


@dataclass(frozen=True)
class Question:
    """One question as its entry writes it. `answers` names a set of answers of the instrument.

    An optional question is asked but not scored, and is never missing. What an answer counts is its own value, unless
    the question is `reverse` (the last answer counts as the first) or says what each of its answers `counts`. A `named`
    question is about something the patient names in their own words.
    """

    id: str
    text: str
    answers: str
    optional: bool = False
    loinc: str = ""
    note: str = ""
    section: str = ""
    reverse: bool = False
    counts: tuple[int, ...] = ()
    named: bool = False


@dataclass(frozen=True)
class Item(Question):
    """A question together with the answers it allows: what a form is built from.

    Raises LibraryError when what its answers count is said twice, or not of each.
    """

    format: AnswerFormat = field(kw_only=True)

    def __post_init__(self) -> None:
        if self.counts and (self.reverse or len(self.counts) != len(self.options)):
            raise LibraryError(
                f"questions: {self.id!r} has {len(self.options)} answers; `counts` says what each counts, without `reverse`"
            )

    @property
    def options(self) -> tuple[Option, ...]:
        """The answers to choose from."""
        return self.format.options

    @property
    def expected(self) -> str:
        """What an answer must be, for the person whose answer was not one."""
        return f'{self.format.expected}, or {{"text": ..., "rating": ...}}' if self.named else self.format.expected

    @property
    def ends(self) -> tuple[int, int]:
        """The least and the most an answer can count."""
        counted = [self.counted(option.value) for option in self.options]
        return min(counted), max(counted)

    def rating(self, answer: object) -> object:
        """The answer without the words it is about; anything else, possible or not, as it is."""
        if self.named and isinstance(answer, Mapping) and answer.keys() == {"text", "rating"}:
            text = answer["text"]
            return answer["rating"] if isinstance(text, str) and 0 < len(text.strip()) <= LONGEST_NAME else answer
        return answer

    def allows(self, answer: object) -> bool:
        """Is this an answer to the question?"""
        return self.format.allows(self.rating(answer))

    def counted(self, value: int) -> int:
        """What an answer counts in the score."""
        values = [option.value for option in self.options]
        if self.counts:
            return self.counts[values.index(value)]
        return values[0] + values[-1] - value if self.reverse else value
