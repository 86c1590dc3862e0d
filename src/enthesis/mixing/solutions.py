"""The shape of `library/solutions/`: what a component is, and the stocks it comes in.

TOML numbers arrive as binary floats; `as_written` turns each back into the decimal that stands in the file, so that no
dose is ever computed from a float.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from enthesis.knowledge import LibraryError
from enthesis.mixing.dose import Ceiling
from enthesis.mixing.stock import ALL, Role

MG_PER_L_IN_ONE_PERCENT = 10_000  # one gram in 100 mL


def as_written(value: float) -> Fraction:
    """The decimal that stands in the file, exactly."""
    return Fraction(str(value))


def not_negative(name: str, value: float | None) -> None:
    """Raises LibraryError for a number below 0, infinite, or no number; nothing at all is left to others to judge."""
    if value is not None and not 0 <= value < math.inf:
        raise LibraryError(f"{name}: {value} was found; expected a number of 0 or more")


def positive(name: str, value: float | None) -> None:
    """Raises LibraryError for a number of 0 or below, infinite, or no number."""
    if value is not None and not 0 < value < math.inf:
        raise LibraryError(f"{name}: {value} was found; expected a number above 0")


@dataclass(frozen=True)
class Form:
    """One form of a component, by what it weighs or how it is sold, with the ceiling on its dose where it has one.

    Its osmolarity follows from its molar mass, or is that of the product as a whole, whatever the strength; where no
    source gave either, `osmolarity_not_known` says why. `strict_mg_per_kg` is for clinics that keep below the label.
    """

    name: str
    molar_mass_g_per_mol: float | None = None
    product_mosm_per_l: float | None = None
    osmolarity_not_known: str = ""
    max_mg_per_kg: float | None = None
    max_mg: float | None = None
    max_from_label: bool = True
    strict_mg_per_kg: float | None = None
    caution: str = ""

    def __post_init__(self) -> None:
        ways = (self.molar_mass_g_per_mol, self.product_mosm_per_l, self.osmolarity_not_known or None)
        if sum(way is not None for way in ways) != 1:
            raise LibraryError(
                f"form {self.name!r}: expected one of molar_mass_g_per_mol, product_mosm_per_l and osmolarity_not_known"
            )
        if (self.max_mg_per_kg is None) != (self.max_mg is None):
            raise LibraryError(f"form {self.name!r}: expected both max_mg_per_kg and max_mg, or neither")
        positive("molar_mass_g_per_mol", self.molar_mass_g_per_mol)
        not_negative("product_mosm_per_l", self.product_mosm_per_l)
        positive("max_mg_per_kg", self.max_mg_per_kg)
        positive("max_mg", self.max_mg)
        positive("strict_mg_per_kg", self.strict_mg_per_kg)
        if self.strict_mg_per_kg is not None and self.max_mg is None:
            raise LibraryError(f"form {self.name!r}: strict_mg_per_kg needs the ceiling it is stricter than")

    def osmolarity_mosm_per_l(self, percent: Fraction) -> Fraction | None:
        """Osmolarity at a strength, in mOsm/L: percent x 10 / molar mass x 1000 (one particle per molecule).

        On hydrous dextrose (198.17 g/mol) it gives the label values 252 at 5% and 2523 at 50%.
        """
        if self.molar_mass_g_per_mol is not None:
            return percent * MG_PER_L_IN_ONE_PERCENT / as_written(self.molar_mass_g_per_mol)
        return None if self.product_mosm_per_l is None else as_written(self.product_mosm_per_l)

    @property
    def ceiling(self) -> Ceiling | None:
        """The most that may be given in one session; None for a component without such a limit."""
        if self.max_mg_per_kg is None or self.max_mg is None:
            return None
        strict = None if self.strict_mg_per_kg is None else as_written(self.strict_mg_per_kg)
        return Ceiling(as_written(self.max_mg_per_kg), as_written(self.max_mg), self.max_from_label, strict)


@dataclass(frozen=True)
class Substance:
    """What a component is, whatever stock it comes in. The first form is the usual one.

    `caution` is said whenever it is drawn; `in_joint` when it goes into a joint, or nobody said that it does not.
    """

    role: Role
    forms: tuple[Form, ...]
    strongest_stock_percent: float = float(ALL)
    caution: str = ""
    in_joint: str = ""

    def __post_init__(self) -> None:
        if not self.forms:
            raise LibraryError("forms: expected at least one form")
        positive("strongest_stock_percent", self.strongest_stock_percent)

    def form(self, name: str = "") -> Form:
        """A form by name, or the usual one. Raises LibraryError naming those there are."""
        for form in self.forms:
            if name in ("", form.name):
                return form
        there = " or ".join(form.name for form in self.forms)
        raise LibraryError(f"form: there is no form {name!r}; expected {there}")

    @property
    def strongest(self) -> Fraction:
        """The strongest stock that is believed, in percent: what lies above is a slip or another unit."""
        return as_written(self.strongest_stock_percent)


@dataclass(frozen=True)
class Vial:
    """A stock as it stands on the shelf: strength, form, container, and how it must be handled."""

    strength_percent: float
    container: str
    preservative: str
    handling: str
    form: str = ""

    def __post_init__(self) -> None:
        not_negative("strength_percent", self.strength_percent)

    @property
    def percent(self) -> Fraction:
        """The strength, exactly as written."""
        return as_written(self.strength_percent)


@dataclass(frozen=True)
class Solution:
    """One file: what a component is (`substance`), one stock of it (`stock`), or both."""

    component: str
    summary: str
    substance: Substance | None = None
    stock: Vial | None = None

    def __post_init__(self) -> None:
        if self.substance is None and self.stock is None:
            raise LibraryError(f"{self.component}: expected a substance, a stock, or both")
