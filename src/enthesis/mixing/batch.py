"""A whole session's worth: one recipe in as many syringes as it takes, with everything else the patient is given.

Each syringe is drawn up by itself and rounded to its own marks, so its strengths are known by themselves and in all.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from enthesis.knowledge import BadInput
from enthesis.mixing.cautions import drawing_cautions, stock_cautions
from enthesis.mixing.dose_cautions import session_cautions
from enthesis.mixing.making import make
from enthesis.mixing.mixture import MIXTURE, Alternative, Mixture, Recipe
from enthesis.mixing.quantities import shown
from enthesis.mixing.session import Given, Limits, SessionDose, anaesthetics_in, session_dose
from enthesis.mixing.split import Syringe
from enthesis.mixing.stock import Composition, Draw, Stock, composition


@dataclass(frozen=True)
class Fill:
    """One syringe and what is drawn into it. No syringe: the volume as a whole, read to a tenth of a millilitre."""

    mixture: Mixture
    syringe: Syringe | None = None

    @property
    def name(self) -> str:
        """The name of the syringe; empty where the volume is not split."""
        return self.syringe.name if self.syringe else ""


@dataclass(frozen=True)
class Batch:
    """The syringes of one recipe and, with what else is given, the session's anaesthetic."""

    recipe: Recipe
    fills: tuple[Fill, ...]
    also: tuple[Given, ...] = ()
    limits: Limits = Limits.LABEL

    @property
    def feasible(self) -> bool:
        """Can every syringe be drawn up?"""
        return all(fill.mixture.feasible for fill in self.fills)

    @property
    def made(self) -> Composition | None:
        """What is in all syringes together, after rounding; None when one of them cannot be made."""
        return composition(self.draws) if self.feasible else None

    @property
    def draws(self) -> tuple[Draw, ...]:
        """How much of each stock is needed in all, in the order of the recipe; none when it cannot be made."""
        totals: dict[Stock, Fraction] = {}
        for draw in (draw for fill in self.fills for draw in fill.mixture.draws if self.feasible):
            totals[draw.stock] = totals.get(draw.stock, Fraction(0)) + draw.volume_ml
        return tuple(Draw(stock, totals[stock]) for stock in self.recipe.stocks if stock in totals)

    @property
    def session(self) -> SessionDose:
        """All local anaesthetic of the session: the syringes in full, and what is given besides."""
        mixed = anaesthetics_in(self.made, where=MIXTURE) if self.made else ()
        return session_dose((*mixed, *self.also), weight_kg=self.recipe.weight_kg, limits=self.limits)

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """The nearest that could be made where this cannot."""
        return tuple(dict.fromkeys(nearest for fill in self.fills for nearest in fill.mixture.alternatives))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to know before drawing up; what is true of some syringes only names them."""
        stocks = stock_cautions(self.draws, into=self.recipe.into)
        return (*self._of_syringes(), *stocks, *session_cautions(self.session))

    def _of_syringes(self) -> tuple[str, ...]:
        said: dict[str, list[str]] = {}
        for fill in self.fills:
            for text in drawing_cautions(fill.mixture):
                said.setdefault(text, []).append(fill.name)
        return tuple(
            text if len(names) == len(self.fills) else f"Syringe {' and '.join(names)}: {text}"
            for text, names in said.items()
        )


def make_batch(
    recipe: Recipe, *, syringes: Iterable[Syringe] = (), also: Iterable[Given] = (), limits: Limits = Limits.LABEL
) -> Batch:
    """Every syringe of a recipe. Raises BadInput when the syringes do not hold the recipe's volume between them."""
    filled = tuple(syringes)
    held = sum((syringe.fill_ml for syringe in filled), Fraction(0))
    if filled and held != recipe.volume_ml:
        raise BadInput(
            f"syringes: together they hold {shown(held)} mL; expected the {shown(recipe.volume_ml)} mL asked for"
        )
    fills = tuple(Fill(make(_of_one(recipe, syringe)), syringe) for syringe in filled)
    return Batch(recipe, fills or (Fill(make(recipe)),), tuple(also), limits)


def _of_one(recipe: Recipe, syringe: Syringe) -> Recipe:
    return replace(recipe, volume_ml=syringe.fill_ml, graduation_ml=syringe.read_to_ml)
