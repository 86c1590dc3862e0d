"""How harm is graded: a published scale, what makes an event serious, and how an event may end."""

from dataclasses import dataclass

from enthesis.knowledge import BadInput, Library, LibraryError

ENTRY = "adverse-events"


@dataclass(frozen=True)
class Grade:
    """One grade: its number and name, what it means, and the word FHIR has for it."""

    grade: int
    name: str
    means: str
    fhir: str


@dataclass(frozen=True)
class Criterion:
    """One thing that makes an event serious."""

    id: str
    means: str


@dataclass(frozen=True)
class Outcome:
    """How an event stands; `closed` when nothing more is followed."""

    id: str
    name: str
    closed: bool


@dataclass(frozen=True)
class Grading:
    """Severity and seriousness are different questions: a severe headache may not be serious, a mild one may be."""

    grades: tuple[Grade, ...]
    serious: tuple[Criterion, ...]
    outcomes: tuple[Outcome, ...]

    def __post_init__(self) -> None:
        if [one.grade for one in self.grades] != list(range(1, len(self.grades) + 1)):
            raise LibraryError("grades: they are numbered from 1 without a gap")

    def grade(self, number: int) -> Grade:
        """A grade by its number. Raises BadInput naming those there are."""
        for one in self.grades:
            if one.grade == number:
                return one
        raise BadInput(f"grade: a whole number from 1 to {len(self.grades)} was expected, not {number!r}")

    def criteria(self, ids: tuple[str, ...]) -> tuple[Criterion, ...]:
        """What makes an event serious, by id. Raises BadInput naming those there are."""
        known = {one.id: one for one in self.serious}
        for id in ids:
            if id not in known:
                raise BadInput(f"serious: {id!r} is not in the list; there are: {', '.join(known)}")
        return tuple(known[id] for id in ids)

    def outcome(self, id: str) -> Outcome:
        """How an event stands, by id. Raises BadInput naming those there are."""
        for one in self.outcomes:
            if one.id == id:
                return one
        raise BadInput(f"outcome: {id!r} is not in the list; there are: {', '.join(one.id for one in self.outcomes)}")


def grading(library: Library) -> Grading:
    """The one grading of a library. Raises LibraryError when it is missing or cannot be read."""
    return library.entry("gradings", ENTRY, Grading).body
