"""What a syringe can be read to, and volumes that can be drawn with it."""

import math
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from enthesis.knowledge import BadInput
from enthesis.mixing.quantities import Quantity, exact, shown

HALF = Fraction(1, 2)

# The marks of common disposable syringes, by size in mL. No source gives one list for all makers: our judgement.
MARKS_ML: Mapping[Fraction, Fraction] = MappingProxyType(
    {
        Fraction(1): Fraction(1, 100),
        Fraction(3): Fraction(1, 10),
        Fraction(5): Fraction(1, 5),
        Fraction(10): Fraction(1, 5),
        Fraction(20): Fraction(1),
        Fraction(60): Fraction(1),
    }
)

# With no syringe named: a mark of a 3 mL syringe, and half a mark of a 5 or 10 mL one, which a careful eye can read.
READ_TO_ML = Fraction(1, 10)


def graduation(syringe_ml: Quantity | None) -> Fraction:
    """The finest volume in mL read on a syringe of this size. Raises BadInput naming the sizes there are."""
    if syringe_ml is None:
        return READ_TO_ML
    size = exact("syringe-ml", syringe_ml)
    if size not in MARKS_ML:
        sizes = ", ".join(map(shown, MARKS_ML))
        raise BadInput(f"syringe-ml: the marks of a {shown(size)} mL syringe are not known; expected one of {sizes}")
    return MARKS_ML[size]


def readable(volumes_ml: tuple[Fraction, ...], *, total_ml: Fraction, graduation_ml: Fraction) -> tuple[Fraction, ...]:
    """Each volume at its nearest mark; all at the mark below when the nearest marks together overflow the total.

    A volume halfway between two marks goes to the lower one: never more of a drug than was asked for by a tie.
    """
    nearest = tuple(math.ceil(volume / graduation_ml - HALF) * graduation_ml for volume in volumes_ml)
    if sum(nearest) <= total_ml:
        return nearest
    return tuple(math.floor(volume / graduation_ml) * graduation_ml for volume in volumes_ml)
