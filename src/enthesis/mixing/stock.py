"""What is drawn up, and what it is once it is in one syringe.

Percent is grams in 100 mL throughout, so one percent is 10 mg/mL. Volumes are taken to add up when liquids are mixed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from enthesis.knowledge import BadInput
from enthesis.mixing.dose import Ceiling
from enthesis.mixing.quantities import require, shown

MG_PER_ML_IN_ONE_PERCENT = 10
ALL = Fraction(100)  # percent


class Role(StrEnum):
    """What a component is in the syringe for."""

    PROLIFERANT = "proliferant"
    ANAESTHETIC = "anaesthetic"
    DILUENT = "diluent"


@dataclass(frozen=True)
class Stock:
    """A liquid as it comes in its vial: one component at one strength. Osmolarity None means not known.

    `cautions` are said whenever it is drawn; `in_joint` when the mixture may go into a joint.
    """

    component: str
    percent: Fraction
    role: Role
    form: str = ""
    osmolarity_mosm_per_l: Fraction | None = None
    ceiling: Ceiling | None = None
    cautions: tuple[str, ...] = ()
    in_joint: str = ""

    def __post_init__(self) -> None:
        require(f"{self.component}-stock", self.percent, low=Fraction(0), high=ALL, unit="percent")

    @property
    def name(self) -> str:
        """The stock in words, its own strength first: 50% dextrose (hydrous)."""
        strength = f"{shown(self.percent)}% " if self.percent else ""
        return f"{strength}{self.component}" + (f" ({self.form})" if self.form else "")


@dataclass(frozen=True)
class Draw:
    """One volume taken from one stock."""

    stock: Stock
    volume_ml: Fraction

    def __post_init__(self) -> None:
        if self.volume_ml <= 0:
            raise BadInput(
                f"volume-ml: {shown(self.volume_ml)} mL of {self.stock.component} cannot be drawn; "
                "expected more than 0 mL"
            )

    @property
    def mg(self) -> Fraction:
        """Milligrams of the component in the volume drawn."""
        return self.volume_ml * self.stock.percent * MG_PER_ML_IN_ONE_PERCENT


@dataclass(frozen=True)
class Strength:
    """One component and its net strength in a mixture."""

    component: str
    percent: Fraction


@dataclass(frozen=True)
class Composition:
    """What is in the syringe after these draws."""

    draws: tuple[Draw, ...]

    def __post_init__(self) -> None:
        if not self.draws:
            raise BadInput("draw: nothing has been drawn; expected at least one stock and its volume")

    @property
    def volume_ml(self) -> Fraction:
        """The total volume in mL."""
        return sum((draw.volume_ml for draw in self.draws), Fraction(0))

    def mg(self, component: str) -> Fraction:
        """Milligrams of a component in the whole volume; 0 for one that was not drawn."""
        return sum((draw.mg for draw in self.draws if draw.stock.component == component), Fraction(0))

    def percent(self, component: str) -> Fraction:
        """Net strength of a component; 0 for one that was not drawn."""
        return self.mg(component) / MG_PER_ML_IN_ONE_PERCENT / self.volume_ml

    @property
    def strengths(self) -> tuple[Strength, ...]:
        """Net strength of every component but the diluents, in the order they were drawn."""
        active = dict.fromkeys(draw.stock.component for draw in self.draws if draw.stock.role != Role.DILUENT)
        return tuple(Strength(component, self.percent(component)) for component in active)

    @property
    def osmolarity_mosm_per_l(self) -> Fraction | None:
        """The volume-weighted mean of the stocks' osmolarities in mOsm/L; None when one of them is not known."""
        total = Fraction(0)
        for draw in self.draws:
            if draw.stock.osmolarity_mosm_per_l is None:
                return None
            total += draw.stock.osmolarity_mosm_per_l * draw.volume_ml
        return total / self.volume_ml

    @property
    def osmolarity_at_least_mosm_per_l(self) -> Fraction:
        """What the stocks of known osmolarity give by themselves: the mixture has this or more, in mOsm/L."""
        known = (
            draw.stock.osmolarity_mosm_per_l * draw.volume_ml
            for draw in self.draws
            if draw.stock.osmolarity_mosm_per_l is not None
        )
        return sum(known, Fraction(0)) / self.volume_ml

    @property
    def osmolarity_not_known_of(self) -> tuple[str, ...]:
        """The components whose osmolarity no source gave, in the order they were drawn."""
        return tuple(
            dict.fromkeys(draw.stock.component for draw in self.draws if draw.stock.osmolarity_mosm_per_l is None)
        )


def composition(draws: Iterable[Draw]) -> Composition:
    """I have drawn this: what is it? Raises BadInput when nothing was drawn."""
    return Composition(tuple(draws))
