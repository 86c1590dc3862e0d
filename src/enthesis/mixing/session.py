"""All local anaesthetic of one session: mixtures, skin, and what the patient had elsewhere that day, as one sum.

Each dose is held against its own ceiling, and the parts of the ceilings are added up: toxic effects are additive (label,
section 7.1); that the sum may reach 1 is our judgement.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from enthesis.knowledge import BadInput, Library
from enthesis.mixing.dose import Ceiling, Dose, require_weight
from enthesis.mixing.quantities import Quantity, exact, require, shown
from enthesis.mixing.shelf import anaesthetics, either
from enthesis.mixing.stock import Composition, Draw, Role

SKIN, ELSEWHERE = "skin", "elsewhere that day"
MOST_MG = Fraction(2000)  # four times the highest ceiling of lidocaine; more is a slip of the finger. Our judgement.


class Limits(StrEnum):
    """Which ceilings count: the label's, or the stricter practice limits a clinic may keep to."""

    LABEL = "label"
    STRICT = "strict"


@dataclass(frozen=True)
class Given:
    """An amount of one local anaesthetic in a session, and how it gets there: a mixture, the skin, elsewhere that day."""

    component: str
    mg: Fraction
    ceiling: Ceiling | None
    form: str = ""
    where: str = ""

    def __post_init__(self) -> None:
        if self.mg < 0:
            raise BadInput(f"{self.component}: {shown(self.mg)} mg cannot have been given; expected 0 mg or more")


@dataclass(frozen=True)
class SessionDose:
    """The sum of a session. Without a weight nothing is calculated; what cannot be judged is never within a limit."""

    given: tuple[Given, ...]
    weight_kg: Fraction | None = None
    limits: Limits = Limits.LABEL

    def __post_init__(self) -> None:
        if self.weight_kg is not None:
            require_weight(self.weight_kg)

    @property
    def doses(self) -> tuple[Dose, ...]:
        """One dose for each drug in each of its forms, over the whole session, beside the ceiling that counts."""
        kinds = dict.fromkeys((one.component, one.form) for one in self.given)
        return tuple(self._dose(*kind) for kind in kinds)

    @property
    def shares(self) -> tuple[Fraction | None, ...]:
        """The part of a ceiling that each dose uses up, in the order of `doses`; None for what cannot be known.

        The stricter practice counts every drug as the most toxic of those given (Williams 2014): each is then held
        against the lowest ceiling of all.
        """
        most = [dose.max_mg for dose in self.doses if dose.mg and dose.max_mg is not None]
        if not self.as_one or not most:
            return tuple(dose.share for dose in self.doses)
        return tuple(None if dose.share is None or dose.mg is None else dose.mg / min(most) for dose in self.doses)

    @property
    def as_one(self) -> bool:
        """Are all drugs counted as the most toxic of them?"""
        return self.limits is Limits.STRICT and len(self.drugs) > 1

    @property
    def share(self) -> Fraction | None:
        """The part of the ceilings used up in all; None as soon as one part cannot be known."""
        known = [share for share in self.shares if share is not None]
        return sum(known, Fraction(0)) if len(known) == len(self.shares) else None

    @property
    def within(self) -> bool | None:
        """Does the session stay at or below the ceiling? None when something in it cannot be judged."""
        return None if self.share is None else self.share <= 1

    @property
    def drugs(self) -> tuple[str, ...]:
        """The different local anaesthetics given at all; one drug in two forms is one."""
        return tuple(dict.fromkeys(one.component for one in self.given if one.mg))

    def _dose(self, component: str, form: str) -> Dose:
        parts = [one for one in self.given if (one.component, one.form) == (component, form)]
        ceiling = parts[0].ceiling
        if ceiling is not None and self.limits is Limits.STRICT:
            ceiling = ceiling.strict()
        return Dose(component, sum((part.mg for part in parts), Fraction(0)), ceiling, self.weight_kg, form)


def session_dose(given: Iterable[Given], *, weight_kg: Fraction | None, limits: Limits = Limits.LABEL) -> SessionDose:
    """The sum of everything given. Raises BadInput for a weight no adult is likely to have."""
    return SessionDose(tuple(given), weight_kg, limits)


def anaesthetics_in(made: Composition, *, where: str, given_ml: Fraction | None = None) -> tuple[Given, ...]:
    """The anaesthetics of a mixture: all of it, or the volume in mL that was really injected.

    Raises BadInput when more is said to have been injected than there is.
    """
    ml = made.volume_ml if given_ml is None else given_ml
    require("given-ml", ml, low=Fraction(0), high=made.volume_ml, unit="mL")
    return tuple(
        _given(draw, part=ml / made.volume_ml, where=where)
        for draw in made.draws
        if draw.stock.ceiling or draw.stock.role is Role.ANAESTHETIC
    )


def into_the_skin(draw: Draw) -> Given:
    """Local anaesthetic put into the skin first, straight from its vial. Raises BadInput for what is no anaesthetic."""
    if draw.stock.role is not Role.ANAESTHETIC:
        raise BadInput(f"skin: {draw.stock.component} is no local anaesthetic; expected one, such as lidocaine")
    return _given(draw, part=Fraction(1), where=SKIN)


def had(library: Library, component: str, *, mg: Quantity, form: str = "", where: str = ELSEWHERE) -> Given:
    """An amount in mg by whatever way: a patch, the dentist's, a record of the session.

    Raises BadInput for an anaesthetic or a form that is not known, and for an amount nobody can mean.
    """
    known = anaesthetics(library)
    if component not in known:
        raise BadInput(f"{where}: {component[:20]!r} is no local anaesthetic known here; expected {either(known)}")
    chosen, amount = known[component].form(form), exact(f"{component} {where}", mg)
    require(f"{component} {where}", amount, low=Fraction(0), high=MOST_MG, unit="mg")
    return Given(component, amount, chosen.ceiling, chosen.name, where)


def _given(draw: Draw, *, part: Fraction, where: str) -> Given:
    return Given(draw.stock.component, draw.mg * part, draw.stock.ceiling, draw.stock.form, where)
