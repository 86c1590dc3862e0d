"""The questions of an instrument and the answers each allows, in the words of its authors."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen: the value that is scored and the words that are shown."""

    value: int
    label: str


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
    """Worded answers, numbered upwards from `first`."""

    first: int
    labels: tuple[str, ...]

    @property
    def options(self) -> tuple[Option, ...]:
        """The labels in order, each with its number."""
        return tuple(Option(value, label) for value, label in enumerate(self.labels, start=self.first))

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
class Question:
    """One question as its entry writes it. `answers` names a set of answers of the instrument.

    An optional question is asked but not scored, and is never missing.
    """

    id: str
    text: str
    answers: str
    optional: bool = False
    loinc: str = ""
    note: str = ""


@dataclass(frozen=True)
class Item(Question):
    """A question together with the answers it allows: what a form is built from."""

    format: AnswerFormat = field(kw_only=True)

    @property
    def options(self) -> tuple[Option, ...]:
        """The answers to choose from."""
        return self.format.options
