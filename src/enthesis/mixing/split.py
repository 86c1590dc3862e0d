"""How a volume is split into syringes: `3x10`, `5+5+2`, `2x8in10`, each read to the marks of its own size."""

import re
from dataclasses import dataclass
from fractions import Fraction

from enthesis.knowledge import BadInput
from enthesis.mixing.quantities import exact, shown
from enthesis.mixing.syringes import MARKS_ML, graduation

MOST_SYRINGES = 40  # a neck takes 40 to 70 small injections, from a few syringes; more is a slip. Our judgement.
GROUP = re.compile(
    r"(?:(?P<name>[^:+]{1,20}):\s*)?(?:(?P<times>\d{1,2})\s*[x×*]\s*)?"
    r"(?P<fill>[\d.]+)\s*(?:ml)?(?:\s*in\s*(?P<size>[\d.]+)\s*(?:ml)?)?",
    re.IGNORECASE | re.ASCII,
)
EXPECTED = "expected such as 3x10 (three of 10 mL), 5+5+2, or 2x8in10 (8 mL in a syringe of 10)"


@dataclass(frozen=True)
class Syringe:
    """One syringe: its name, its size, and how much goes into it, in mL."""

    name: str
    size_ml: Fraction
    fill_ml: Fraction

    def __post_init__(self) -> None:
        if not 0 < self.fill_ml <= self.size_ml:
            raise BadInput(
                f"syringes: {shown(self.fill_ml)} mL does not go into a syringe of {shown(self.size_ml)} mL; "
                f"expected more than 0 and at most {shown(self.size_ml)} mL"
            )

    @property
    def read_to_ml(self) -> Fraction:
        """The finest volume that is read on it, in mL."""
        return graduation(self.size_ml)


def split(text: str) -> tuple[Syringe, ...]:
    """The syringes in the order given; without a size, the smallest that holds the volume.

    A name before a colon is kept ("left: 5 + right: 5"); others are numbered. Raises BadInput for what cannot be read.
    """
    if "," in text:
        raise BadInput(f"syringes: {text[:20]!r} has a comma; write 5+5+2 for several, and a decimal point, as in 2.5")
    groups = [_group(part.strip()) for part in text.split("+")]
    wanted = [one for group in groups for one in group]
    if len(wanted) > MOST_SYRINGES:
        raise BadInput(f"syringes: {len(wanted)} syringes are not accepted; expected at most {MOST_SYRINGES}")
    return tuple(
        Syringe(name or f"{number} of {len(wanted)}", size, fill)
        for number, (name, size, fill) in enumerate(wanted, start=1)
    )


def _group(text: str) -> list[tuple[str, Fraction, Fraction]]:
    found = GROUP.fullmatch(text)
    if not found or found["times"] in ("0", "00"):
        raise BadInput(f"syringes: {text[:20]!r} cannot be read; {EXPECTED}")
    fill = exact("syringes", found["fill"])
    size = exact("syringes", found["size"]) if found["size"] else _smallest(fill)
    if size not in MARKS_ML:
        raise BadInput(
            f"syringes: a syringe of {shown(size)} mL is not known; expected one of {', '.join(map(shown, MARKS_ML))}"
        )
    times, name = int(found["times"] or 1), (found["name"] or "").strip()
    return [(f"{name} {number}" if name and times > 1 else name, size, fill) for number in range(1, times + 1)]


def _smallest(fill_ml: Fraction) -> Fraction:
    for size in MARKS_ML:
        if fill_ml <= size:
            return size
    raise BadInput(
        f"syringes: {shown(fill_ml)} mL does not go into any syringe known here; expected at most {shown(size)} mL"
    )
