"""How much local anaesthetic is too much: the label's ceiling for a weight, and doses held against it.

The ceilings are for healthy adults and are not targets. Without a weight nothing is calculated.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from enthesis.mixing.quantities import require

# An adult outside these weights is far more likely a slip of the finger (7 or 700 for 70) or a weight in another unit.
# The range is our judgement. The ceilings were read for healthy adults, so no weight of a small child is accepted.
LIGHTEST_KG = Fraction(30)
HEAVIEST_KG = Fraction(300)

# The stricter practice limits (Williams 2014, aliem-last-card) are counted on ideal weight and on never more than this.
STRICT_KG = Fraction(70)


@dataclass(frozen=True)
class Ceiling:
    """The most of an anaesthetic that may be given in one session: by weight, and for any weight.

    `from_label` is False for figures that nobody here could read on a label; they are held to, and said to be unverified.
    """

    mg_per_kg: Fraction
    mg: Fraction
    from_label: bool = True
    strict_mg_per_kg: Fraction | None = None

    def max_mg(self, weight_kg: Fraction) -> Fraction:
        """The lesser of the two, in mg. Raises BadInput for a weight outside the accepted range."""
        require_weight(weight_kg)
        return min(self.mg_per_kg * weight_kg, self.mg)

    def strict(self) -> "Ceiling":
        """The ceiling of a clinic that keeps to the stricter practice limit, never above this one.

        The stricter limit counts at most 70 kg, so it has a fixed part too: 3 mg/kg is never above 210 mg.
        """
        if self.strict_mg_per_kg is None:
            return self
        by_weight = min(self.mg_per_kg, self.strict_mg_per_kg)
        return replace(self, mg_per_kg=by_weight, mg=min(self.mg, self.strict_mg_per_kg * STRICT_KG))


@dataclass(frozen=True)
class Dose:
    """An amount of one anaesthetic beside its ceiling; None for what is not known: never taken to be within a limit."""

    component: str
    mg: Fraction | None
    ceiling: Ceiling | None
    weight_kg: Fraction | None
    form: str = ""

    @property
    def max_mg(self) -> Fraction | None:
        """The most this patient may have, in mg; None without a weight, or without a known ceiling."""
        return None if self.weight_kg is None or self.ceiling is None else self.ceiling.max_mg(self.weight_kg)

    @property
    def share(self) -> Fraction | None:
        """The part of the ceiling that the dose uses up; None when it cannot be known."""
        return None if self.mg is None or self.max_mg is None else self.mg / self.max_mg


def within_limits(doses: Iterable[Dose]) -> bool | None:
    """Do the doses together stay at or below the ceiling? None when one of them cannot be judged.

    Toxic effects of local anaesthetics add up (label, section 7.1), so the shares
    are summed, and their sum may reach 1 (judgement).
    """
    shares = [dose.share for dose in doses]
    known = [share for share in shares if share is not None]
    return sum(known) <= 1 if len(known) == len(shares) else None


def require_weight(weight_kg: Fraction) -> None:
    """Raises BadInput for a weight no adult is likely to have."""
    require("weight-kg", weight_kg, low=LIGHTEST_KG, high=HEAVIEST_KG, unit="kg")
