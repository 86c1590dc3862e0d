"""A question as a person types it, whether at a command line or on a page, and the core's answer to it."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from enthesis.knowledge import BadInput, Library
from enthesis.mixing.batch import Batch, make_batch
from enthesis.mixing.drawn import Drawn, drawn
from enthesis.mixing.mixture import Into, Recipe
from enthesis.mixing.quantities import exact
from enthesis.mixing.reading import read_diluent, read_draw, read_elsewhere, read_ml, read_skin, read_wanted
from enthesis.mixing.session import Given, Limits
from enthesis.mixing.shelf import either
from enthesis.mixing.split import Syringe, split

Option = TypeVar("Option", bound=StrEnum)


@dataclass(frozen=True)
class Patient:
    """Whom it is for, as typed: weight in kg, what else is given, which limits count, and where the mixture goes."""

    weight_kg: str = ""
    skin: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    limits: str = Limits.LABEL.value
    into: str = Into.NOT_SAID.value

    @property
    def kg(self) -> Fraction | None:
        """The weight, or None when it was left out: nothing is assumed. Raises BadInput."""
        return exact("weight-kg", self.weight_kg) if self.weight_kg.strip() else None

    def also(self, library: Library) -> tuple[Given, ...]:
        """What is given besides the mixture. Raises BadInput naming the line."""
        return (
            *(read_skin(library, text) for text in self.skin),
            *(read_elsewhere(library, text) for text in self.elsewhere),
        )


NOBODY = Patient()


def what_to_draw(
    library: Library,
    *,
    parts: tuple[str, ...],
    diluent: str = "saline",
    volume_ml: str = "",
    syringes: str = "",
    patient: Patient = NOBODY,
) -> Batch:
    """What to draw for these parts, in these syringes. The volume may be left out where the syringes say it.

    Raises BadInput, naming the field, for whatever cannot be meant.
    """
    filled = split(syringes) if syringes.strip() else ()
    if not filled and not volume_ml.strip():
        raise BadInput("volume-ml: neither a volume nor syringes were given; expected such as 10, or syringes 3x10")
    recipe = Recipe(
        wanted=tuple(read_wanted(library, text) for text in parts),
        diluent=read_diluent(library, diluent),
        volume_ml=read_ml("volume-ml", volume_ml) if volume_ml.strip() else _held(filled),
        weight_kg=patient.kg,
        into=_option("into", Into, patient.into),
    )
    limits = _option("limits", Limits, patient.limits)
    return make_batch(recipe, syringes=filled, also=patient.also(library), limits=limits)


def what_is_it(library: Library, *, draws: tuple[str, ...], patient: Patient = NOBODY) -> Drawn:
    """What these draws are together. Raises BadInput, naming the field, for whatever cannot be meant."""
    return drawn(
        [read_draw(library, text) for text in draws],
        also=patient.also(library),
        weight_kg=patient.kg,
        limits=_option("limits", Limits, patient.limits),
        into=_option("into", Into, patient.into),
    )


def _held(filled: tuple[Syringe, ...]) -> Fraction:
    return sum((syringe.fill_ml for syringe in filled), Fraction(0))


def _option(field: str, options: type[Option], typed: str) -> Option:
    try:
        return options(typed.strip().lower())
    except ValueError:
        there = either(option.value for option in options if option.value)
        raise BadInput(f"{field}: {typed[:20]!r} is not one of them; expected {there}") from None
