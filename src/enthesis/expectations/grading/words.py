"""Size and certainty in GRADE's words (Santesso 2020, doi 10.1016/j.jclinepi.2019.10.014); very low certainty gets no size.

Sizes of a difference of pain, 0 to 10, are the authors': below half a point trivial, below one small, below two moderate.
"""

from enum import StrEnum

from enthesis.evidence.certainty import Rating


class Size(StrEnum):
    """How large a difference between groups is."""

    TRIVIAL = "trivial"
    SMALL = "small"
    MODERATE = "moderate"
    LARGE = "large"


LIMITS = ((0.5, Size.TRIVIAL), (1.0, Size.SMALL), (2.0, Size.MODERATE))
VERBS = {Rating.HIGH: ("", "s"), Rating.MODERATE: ("probably ", "s"), Rating.LOW: ("may ", "")}
VERY_UNCERTAIN = "The evidence is very uncertain."


def size(points: float) -> Size:
    """The size of a difference in points of 0 to 10, whatever its sign; an exact limit is the larger size."""
    return next((name for limit, name in LIMITS if round(abs(points), 9) < limit), Size.LARGE)


def verdict(points: float, rating: Rating) -> str:
    """One sentence on pain. `points` negative is less pain with the treatment."""
    if rating is Rating.VERY_LOW:
        return VERY_UNCERTAIN
    before, s = VERBS[rating]
    how, large = size(points), "reduction" if points < 0 else "increase"
    verb = "reduce" if points < 0 else "increase"
    if how is Size.TRIVIAL:
        return f"It {before}make{s} little or no difference to pain."
    if how is Size.LARGE:
        return f"It {before}bring{s} a large {large} of pain."
    slightly = " slightly" if how is Size.SMALL else ""
    return f"It {before}{verb}{s} pain{slightly}."
