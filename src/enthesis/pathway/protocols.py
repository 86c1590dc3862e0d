"""Protocols: how a treatment is given for a condition, each number with the trial or practice it comes from."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from enthesis.knowledge import Entry, Library, LibraryError
from enthesis.pathway.statement import Cited, Days, Figure, ReviewRule

MG_PER_G = 1000


class Basis(StrEnum):
    """What a protocol as a whole stands on, best first."""

    TRIAL = "trial"
    REGISTERED = "registered-trial"  # planned so; no result was read
    SERIES = "series"  # people followed without a comparison group
    CASE_REPORT = "case-report"
    ASSEMBLED = "assembled"  # numbers of several sources, put together by us
    EXTRAPOLATED = "extrapolated"  # carried over from another part of the body
    AS_GIVEN = "as-given"  # no protocol was found: what the clinic gives is recorded


@dataclass(frozen=True)
class Mixture:
    """What is in the syringe: net strengths in percent (g per 100 mL) after mixing. What was not read is left out."""

    part: str
    dextrose_percent: Figure
    lidocaine_percent: Figure | None = None
    volume_ml: Figure | None = None
    diluent: str = ""
    dextrose_stock_percent: Figure | None = None
    lidocaine_stock_percent: Figure | None = None
    remark: str = ""

    def dextrose_g(self, of_ml: Fraction) -> Fraction:
        """Grams of dextrose in a volume: percent is g per 100 mL."""
        return self.dextrose_percent.exact * of_ml / 100

    def lidocaine_mg(self, of_ml: Fraction) -> Fraction | None:
        """Milligrams of lidocaine in a volume, or None where no strength is set."""
        if self.lidocaine_percent is None:
            return None
        return self.lidocaine_percent.exact * of_ml / 100 * MG_PER_G

    @property
    def lidocaine_at_most(self) -> Fraction | None:
        """The highest lidocaine percent the dextrose stock leaves room for; None where a stock is not stated.

        Dextrose of p% from a stock of s% fills p/s of the syringe; the anaesthetic fills the rest at its own strength.
        """
        if self.dextrose_stock_percent is None or self.lidocaine_stock_percent is None:
            return None
        room = 1 - self.dextrose_percent.exact / self.dextrose_stock_percent.exact
        return room * self.lidocaine_stock_percent.exact

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The numbers that were read."""
        every = (
            self.dextrose_percent,
            self.lidocaine_percent,
            self.volume_ml,
            self.dextrose_stock_percent,
            self.lidocaine_stock_percent,
        )
        return tuple(figure for figure in every if figure)


@dataclass(frozen=True)
class Target:
    """What the needle aims at, and how much goes to each, where that was read."""

    what: str
    cite: str
    volume_ml: Figure | None = None


@dataclass(frozen=True)
class Sessions:
    """How many sessions a course has: fewest, usual and most. Raises LibraryError when they are not in that order."""

    fewest: int
    usual: int
    most: int
    cite: str
    note: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.fewest <= self.usual <= self.most:
            raise LibraryError(
                f"sessions: 1 <= fewest <= usual <= most was expected, not {self.fewest}, {self.usual}, {self.most}"
            )


@dataclass(frozen=True)
class Protocol:
    """How a treatment is given for a condition. `why` and `chosen_by` say whose choice it is and on what ground.

    Without a condition it is for any; what a source states for one condition goes before it.
    """

    treatment: str
    basis: Basis
    chosen_by: str
    why: str
    sessions: Sessions
    interval: Days
    condition: str = ""
    mixtures: tuple[Mixture, ...] = ()
    targets: tuple[Target, ...] = ()
    guidance: str = ""
    first_choice: bool = False
    reviews: tuple[ReviewRule, ...] = ()

    @property
    def cited(self) -> tuple[Cited, ...]:
        """The parts of the text that name a source."""
        volumes = tuple(target.volume_ml for target in self.targets if target.volume_ml)
        figures = tuple(figure for mixture in self.mixtures for figure in mixture.figures)
        return (self.sessions, self.interval, *self.targets, *volumes, *figures, *self.reviews)


def protocols(library: Library) -> tuple[Entry[Protocol], ...]:
    """All protocols, in order of id. Raises LibraryError for a treatment or condition that has no entry."""
    entries = library.entries("protocols", Protocol)
    for entry in entries:
        for kind, id in (("treatments", entry.body.treatment), ("conditions", entry.body.condition)):
            if id not in library.files(kind) and (kind, id) != ("conditions", ""):
                raise LibraryError(f"{entry.path}: there is no entry {id!r} among the {kind}")
    return entries


def protocols_for(library: Library, *, treatment: str, condition: str) -> tuple[Entry[Protocol], ...]:
    """The protocols of a pair, the first choice in front, those for any condition last.

    Raises LibraryError when two are marked as the first choice.
    """
    found = [e for e in protocols(library) if e.body.treatment == treatment and e.body.condition in (condition, "")]
    first = [entry for entry in found if entry.body.first_choice]
    if len(first) > 1:
        raise LibraryError(f"{first[1].path}: {first[0].id!r} is the first choice for {condition} already")
    return tuple(sorted(found, key=lambda entry: (not entry.body.first_choice, not entry.body.condition)))
