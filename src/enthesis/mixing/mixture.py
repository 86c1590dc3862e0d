"""A recipe is the question (which strengths, in how much); a mixture is the answer (what to draw)."""

from dataclasses import dataclass
from fractions import Fraction

from enthesis.knowledge import BadInput
from enthesis.mixing.dose import Dose, require_weight, within_limits
from enthesis.mixing.quantities import require, shown
from enthesis.mixing.stock import ALL, Composition, Draw, Role, Stock, composition
from enthesis.mixing.syringes import READ_TO_ML

# The largest bag a stock comes in; a larger figure is a slip of the finger. Our judgement: sessions use 60 mL or less.
LARGEST_ML = Fraction(1000)


@dataclass(frozen=True)
class Wanted:
    """A stock, and the net strength that its component is to have in the mixture."""

    stock: Stock
    percent: Fraction

    def __post_init__(self) -> None:
        name = self.stock.component
        require(name, self.percent, low=Fraction(0), high=ALL, unit="percent")
        if self.percent > self.stock.percent:
            raise BadInput(
                f"{name}: {shown(self.percent)}% cannot be made from a weaker stock; "
                f"expected at most {shown(self.stock.percent)}%, or a stronger {name}-stock"
            )

    @property
    def share(self) -> Fraction:
        """The part of the total volume that this stock takes: target strength over stock strength."""
        return self.percent / self.stock.percent if self.percent else Fraction(0)


@dataclass(frozen=True)
class Recipe:
    """What is asked for. The diluent fills what the stocks leave; without a weight no ceiling is calculated."""

    wanted: tuple[Wanted, ...]
    diluent: Stock
    volume_ml: Fraction
    graduation_ml: Fraction = READ_TO_ML
    weight_kg: Fraction | None = None

    def __post_init__(self) -> None:
        require("volume-ml", self.volume_ml, low=self.graduation_ml, high=LARGEST_ML, unit="mL")
        if self.weight_kg is not None:
            require_weight(self.weight_kg)
        names = [stock.component for stock in self.stocks]
        for twice in (name for name in names if names.count(name) > 1):
            raise BadInput(f"{twice}: it is in the recipe twice; expected one stock of each component")
        if not any(wanted.percent for wanted in self.wanted):
            raise BadInput(f"{names[0]}: there is nothing to mix; expected a strength above 0 percent")

    @property
    def stocks(self) -> tuple[Stock, ...]:
        """Everything that may be drawn from, the diluent last."""
        return (*(wanted.stock for wanted in self.wanted), self.diluent)

    @property
    def needed(self) -> tuple[tuple[Wanted, Fraction], ...]:
        """Each stock wanted at all, with its volume in mL before rounding: target strength x total / stock strength."""
        return tuple((wanted, wanted.share * self.volume_ml) for wanted in self.wanted if wanted.percent)

    @property
    def fits(self) -> bool:
        """Do the stocks leave room for each other?"""
        return sum(wanted.share for wanted in self.wanted) <= 1


@dataclass(frozen=True)
class Alternative:
    """One option of the recipe and a value with which it could be made, all else unchanged."""

    option: str
    value: Fraction


@dataclass(frozen=True)
class Mixture:
    """What to draw and what results. No draws: it cannot be made, and `alternatives` are the nearest that can."""

    recipe: Recipe
    draws: tuple[Draw, ...]
    alternatives: tuple[Alternative, ...] = ()
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        drawn = sum(draw.volume_ml for draw in self.draws)
        if self.draws and drawn != self.recipe.volume_ml:
            raise BadInput(
                f"volume-ml: the draws add up to {shown(Fraction(drawn))} mL; "
                f"expected {shown(self.recipe.volume_ml)} mL"
            )

    @property
    def feasible(self) -> bool:
        """Can it be drawn up?"""
        return bool(self.draws)

    @property
    def made(self) -> Composition | None:
        """What is in the syringe after the volumes were rounded to the marks; None when it cannot be made."""
        return composition(self.draws) if self.draws else None

    @property
    def doses(self) -> tuple[Dose, ...]:
        """The dose of each anaesthetic, and of anything else with a ceiling, in the order of the recipe."""
        made, weight = self.made, self.recipe.weight_kg
        return tuple(
            Dose(stock.component, made.mg(stock.component) if made else None, stock.ceiling, weight)
            for stock in self.recipe.stocks
            if stock.ceiling or stock.role == Role.ANAESTHETIC
        )

    @property
    def within_dose_limit(self) -> bool | None:
        """Do the anaesthetics together stay within their ceilings? None without a weight, or when it cannot be made."""
        return within_limits(self.doses)
