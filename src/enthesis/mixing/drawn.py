"""The reverse question: I have drawn this, what is it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from enthesis.mixing.cautions import stock_cautions
from enthesis.mixing.dose import require_weight
from enthesis.mixing.dose_cautions import session_cautions
from enthesis.mixing.mixture import MIXTURE, Into
from enthesis.mixing.session import Given, Limits, SessionDose, anaesthetics_in, session_dose
from enthesis.mixing.stock import Composition, Draw, composition


@dataclass(frozen=True)
class Drawn:
    """What was drawn into one syringe, with what else the patient is given in the session."""

    made: Composition
    also: tuple[Given, ...] = ()
    weight_kg: Fraction | None = None
    limits: Limits = Limits.LABEL
    into: Into = Into.NOT_SAID

    def __post_init__(self) -> None:
        if self.weight_kg is not None:
            require_weight(self.weight_kg)

    @property
    def session(self) -> SessionDose:
        """All local anaesthetic of the session."""
        given = (*anaesthetics_in(self.made, where=MIXTURE), *self.also)
        return session_dose(given, weight_kg=self.weight_kg, limits=self.limits)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to know before it is injected."""
        return (*stock_cautions(self.made.draws, into=self.into), *session_cautions(self.session))


def drawn(
    draws: Iterable[Draw],
    *,
    also: Iterable[Given] = (),
    weight_kg: Fraction | None = None,
    limits: Limits = Limits.LABEL,
    into: Into = Into.NOT_SAID,
) -> Drawn:
    """What these draws are together. Raises BadInput when nothing was drawn, or for a weight nobody has."""
    return Drawn(composition(draws), tuple(also), weight_kg, limits, into)
