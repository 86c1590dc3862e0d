"""Emergency checklists: what to do, in order, and how well each line could be read at its source."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from enthesis.knowledge import Entry, Library, LibraryError


class Standing(StrEnum):
    """How well a line could be read: at its source, as others quote the source, or only reasoned."""

    READ = "read"
    QUOTED = "quoted"  # the source itself could not be read here; others quote it
    JUDGEMENT = "judgement"


@dataclass(frozen=True)
class Step:
    """One line of a checklist with the source it rests on."""

    say: str
    cite: str
    standing: Standing
    note: str = ""


@dataclass(frozen=True)
class Dose:
    """How much of a drug for a weight: `per_kg` times kg, at most `most`; from `from_kg` on, the fixed words of `then`.

    `how` says how it is given. Raises LibraryError for a dose without a number, or a change without its words.
    """

    what: str
    unit: str
    per_kg: float
    how: str
    cite: str
    standing: Standing
    most: float | None = None
    from_kg: float | None = None
    then: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.per_kg <= 0:
            raise LibraryError(f"per_kg: a number above zero was expected, not {self.per_kg}")
        if (self.from_kg is None) != (not self.then):
            raise LibraryError("from_kg and then: a dose that changes at a weight needs both")

    def amount(self, weight_kg: Fraction) -> Fraction | None:
        """The dose in its unit, exactly; None from the weight on at which the fixed words count."""
        if self.from_kg is not None and weight_kg >= Fraction(str(self.from_kg)):
            return None
        amount = Fraction(str(self.per_kg)) * weight_kg
        return amount if self.most is None else min(amount, Fraction(str(self.most)))

    def words(self, weight_kg: Fraction | None) -> str:
        """The dose for a weight; without one, the rule itself. No weight is ever assumed."""
        if weight_kg is None:
            return self.rule
        amount = self.amount(weight_kg)
        return self.then if amount is None else f"{_shown(amount)} {self.unit} {self.how}"

    @property
    def rule(self) -> str:
        """The rule for any weight."""
        below = "" if self.from_kg is None else f"under {_plain(self.from_kg)} kg: "
        cap = "" if self.most is None else f", at most {_plain(self.most)} {self.unit}"
        above = "" if self.from_kg is None else f"; {_plain(self.from_kg)} kg or more: {self.then}"
        return f"{below}{_plain(self.per_kg)} {self.unit} for each kg{cap} {self.how}{above}"


@dataclass(frozen=True)
class Emergency:
    """A checklist: how it shows itself, what to do in order, what to give for the weight, and what not to give.

    `unverified` says in a sentence what could not be read; it stands on the card itself.
    """

    signs: tuple[Step, ...]
    steps: tuple[Step, ...]
    unverified: str
    doses: tuple[Dose, ...] = ()
    avoid: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()

    @property
    def cited(self) -> tuple[Step | Dose, ...]:
        """The parts of the text that name a source."""
        return (*self.signs, *self.steps, *self.doses, *self.avoid, *self.after)


def emergencies(library: Library) -> tuple[Entry[Emergency], ...]:
    """All checklists, in order of id. Raises LibraryError when an entry cannot be read."""
    return library.entries("emergencies", Emergency)


def _plain(number: float) -> str:
    return f"{number:g}"


def _shown(amount: Fraction) -> str:
    """To a tenth, or to a hundredth below one, as syringes are read; never a trailing zero."""
    return f"{float(round(amount, 2 if amount < 1 else 1)):g}"
