"""Exact arithmetic on scores: a change of exactly 30% must count as 30%, whatever binary fractions make of it."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

LARGEST_DIVISOR = 1000  # scores are quotients of small whole numbers, or tables printed with three decimals
BINARY_NOISE = Fraction(1, 10**9)  # far below any difference between two scores, far above a rounding of floats


def exact(value: float) -> Fraction:
    """The fraction a score stands for, 19/3 for 6.333333333333333; the number as it is where it stands for none."""
    as_it_is = Fraction(value)
    simple = as_it_is.limit_denominator(LARGEST_DIVISOR)
    return simple if abs(simple - as_it_is) < BINARY_NOISE else as_it_is


def number(value: Fraction) -> float:
    """A fraction at full precision, as a whole number where it is one."""
    return value.numerator if value.denominator == 1 else float(value)


def plain(value: float) -> str:
    """A score as people read it: to one decimal, halves up, without a trailing nought."""
    tenths = Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(tenths.quantize(Decimal(1)) if tenths == tenths.to_integral_value() else tenths)
