"""Numbers as people type them, kept exact: text in, a fraction out, and text again for reading."""

import math
import re
from decimal import Decimal
from fractions import Fraction

from enthesis.knowledge import BadInput

Quantity = str | int | Decimal | Fraction

TYPED = re.compile(r"[+-]?\d{1,6}(\.\d{1,6})?", re.ASCII)
TOO_LARGE = 10**6  # no dose, volume or weight here has seven digits before the point
PLACES = 3  # decimals shown: the weakest net strength met in a trial, 0.036% bupivacaine, needs three


def exact(field: str, value: Quantity) -> Fraction:
    """The number a person gave, exactly. Raises BadInput naming the field for anything but a plain decimal number."""
    if isinstance(value, Decimal):
        value = format(value, "f")
    if isinstance(value, str):
        return _typed(field, value.strip())
    if isinstance(value, bool | float):  # a float has already lost what was typed: 0.1 + 0.2 is not 0.3
        raise BadInput(f"{field}: a number must be given as text or as an exact value, not as a {type(value).__name__}")
    number = Fraction(value)
    if abs(number) >= TOO_LARGE:
        raise BadInput(f"{field}: the number is too large; expected at most six digits before the point")
    return number


def _typed(field: str, text: str) -> Fraction:
    if "," in text:
        raise BadInput(f"{field}: {text[:20]!r} has a comma; write a decimal point, as in 12.5")
    if not TYPED.fullmatch(text):
        raise BadInput(f"{field}: {text[:20]!r} is not a number that can be read; expected one such as 10 or 12.5")
    return Fraction(text)


def require(field: str, value: Fraction, *, low: Fraction, high: Fraction, unit: str) -> None:
    """Raises BadInput naming the field and the accepted range, which includes both ends."""
    if not low <= value <= high:
        raise BadInput(f"{field}: {shown(value)} {unit} is not accepted; expected {shown(low)} to {shown(high)} {unit}")


def shown(value: Fraction) -> str:
    """The number for reading: at most three decimals, never a trailing zero (5 mL, not 5.0, which reads as 50)."""
    return _decimal(round(value * 10**PLACES))


def shown_at_most(value: Fraction) -> str:
    """The number for reading, rounded down, so that "at most 0.666" still fits where 0.667 would not."""
    return _decimal(math.floor(value * 10**PLACES))


def shown_at_least(value: Fraction) -> str:
    """The number for reading, rounded up."""
    return _decimal(math.ceil(value * 10**PLACES))


def _decimal(thousandths: int) -> str:
    return format(Decimal(thousandths).scaleb(-PLACES).normalize(), "f")
