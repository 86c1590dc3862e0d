"""A recipe is the question (which strengths, in how much); a mixture is the answer (what to draw)."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from enthesis.knowledge import BadInput
from enthesis.mixing.dose import Dose, require_weight, within_limits
from enthesis.mixing.quantities import require, shown
from enthesis.mixing.session import SessionDose, anaesthetics_in, session_dose
from enthesis.mixing.stock import ALL, Composition, Draw, Role, Stock, composition
from enthesis.mixing.syringes import READ_TO_ML

# The largest bag a stock comes in; a larger figure is a slip of the finger. Our judgement: sessions use 60 mL or less.
LARGEST_ML = Fraction(1000)
MIXTURE = "in the mixture"


class Into(StrEnum):
    """Where a mixture goes. Not said counts as a joint: what may harm cartilage is then mentioned."""

    NOT_SAID = ""
    JOINT = "joint"
    SOFT_TISSUE = "soft-tissue"


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
        """The part of the total volume that this stock takes when nothing else holds its component."""
        return self.percent / self.stock.percent if self.percent else Fraction(0)


@dataclass(frozen=True)
class Recipe:
    """What is asked for. The diluent fills what the stocks leave; without a weight no ceiling is calculated.

    The diluent may hold a component that is wanted too, at another strength: 50% dextrose brought down with 5%.
    """

    wanted: tuple[Wanted, ...]
    diluent: Stock
    volume_ml: Fraction
    graduation_ml: Fraction = READ_TO_ML
    weight_kg: Fraction | None = None
    into: Into = Into.NOT_SAID

    def __post_init__(self) -> None:
        require("volume-ml", self.volume_ml, low=self.graduation_ml, high=LARGEST_ML, unit="mL")
        if self.weight_kg is not None:
            require_weight(self.weight_kg)
        names = [wanted.stock.component for wanted in self.wanted]
        for twice in (name for name in names if names.count(name) > 1):
            raise BadInput(
                f"{twice}: it is in the recipe twice; expected one net strength for each component "
                "(a second, weaker stock of it can be the diluent)"
            )
        if not any(wanted.percent for wanted in self.wanted):
            raise BadInput(f"{(*names, 'part')[0]}: there is nothing to mix; expected a strength above 0 percent")
        if self.topped_up and self.topped_up.stock.percent == self.diluent.percent:
            raise BadInput(
                f"diluent: {self.diluent.name} is the stock itself; expected a weaker one, or another diluent"
            )
        if self.topped_up and self.topped_up.stock.form != self.diluent.form:
            raise BadInput(
                f"diluent: {self.diluent.name} is another form than {self.topped_up.stock.name}, so their percents "
                "do not add up; expected the same form"
            )

    @property
    def stocks(self) -> tuple[Stock, ...]:
        """Everything that may be drawn from, the diluent last."""
        return (*(wanted.stock for wanted in self.wanted), self.diluent)

    @property
    def topped_up(self) -> Wanted | None:
        """The component that the diluent holds as well; None when the diluent is saline, water or the like."""
        return next((wanted for wanted in self.wanted if wanted.stock.component == self.diluent.component), None)

    def room(self, wanted: Wanted) -> Fraction:
        """The part of the volume that the other stocks leave to this one."""
        return 1 - sum((other.share for other in self.wanted if other is not wanted), Fraction(0))

    def share(self, wanted: Wanted) -> Fraction:
        """The part of the total volume that a stock takes: target strength over stock strength.

        Where the diluent holds the component too, both fill the room the others leave, and together hold the target:
        (target - room x diluent strength) / (stock strength - diluent strength). Below 0: the diluent alone is too strong.
        """
        if wanted is not self.topped_up:
            return wanted.share
        weak = self.diluent.percent
        return (wanted.percent - self.room(wanted) * weak) / (wanted.stock.percent - weak)

    @property
    def needed(self) -> tuple[tuple[Wanted, Fraction], ...]:
        """Each stock that is drawn at all, with its volume in mL before rounding."""
        shares = ((wanted, self.share(wanted)) for wanted in self.wanted)
        return tuple((wanted, share * self.volume_ml) for wanted, share in shares if share)

    @property
    def overfull(self) -> bool:
        """Do the stocks take more room than there is, even without a drop of diluent?"""
        return sum(wanted.share for wanted in self.wanted) > 1

    @property
    def fits(self) -> bool:
        """Do the stocks leave room for each other, and does the diluent not bring too much of anything?"""
        return not self.overfull and (self.topped_up is None or self.share(self.topped_up) >= 0)


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
    def session(self) -> SessionDose:
        """The mixture's own anaesthetic, as if it were all of the session's."""
        given = anaesthetics_in(self.made, where=MIXTURE) if self.made else ()
        return session_dose(given, weight_kg=self.recipe.weight_kg)

    @property
    def doses(self) -> tuple[Dose, ...]:
        """The dose of each anaesthetic, and of anything else with a ceiling, in the order of the recipe."""
        drawn = {(dose.component, dose.form): dose.mg for dose in self.session.doses}
        nothing = Fraction(0) if self.draws else None
        counted = dict.fromkeys(
            (stock.component, stock.form, stock.ceiling)
            for stock in self.recipe.stocks
            if stock.ceiling or stock.role == Role.ANAESTHETIC
        )
        return tuple(
            Dose(component, drawn.get((component, form), nothing), ceiling, self.recipe.weight_kg, form)
            for component, form, ceiling in counted
        )

    @property
    def within_dose_limit(self) -> bool | None:
        """Do the anaesthetics together stay within their ceilings? None without a weight, or when it cannot be made."""
        return within_limits(self.doses)
