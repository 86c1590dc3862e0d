"""How much of a substance one unit holds, where a medicine's written name says so."""

import re

MILLIGRAMS = {"mg": 1.0, "milligram": 1.0, "milligrams": 1.0, "g": 1000.0, "gram": 1000.0, "grams": 1000.0}
ONE_EACH = "1"  # "1 tablet of 81 mg" is still 81 mg; any other count makes the dose unclear
UNCLEAR = float("inf")

_DOSE = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]+)?")


def parts(name: str) -> tuple[str, ...]:
    """A written name cut where one substance ends and the next begins: "naproxen 500 MG / esomeprazole 20 MG"."""
    pieces = re.split(r"[/+,;&\[\]()]|\band\b|\bwith\b", name.casefold())
    return tuple(piece.strip() for piece in pieces if piece.strip())


def dose_mg(part: str) -> float | None:
    """The dose a part of a name states, in milligrams: None when it states none, infinite when it is not clear."""
    numbers = [
        (number, unit) for number, unit in _DOSE.findall(part) if (number, unit in MILLIGRAMS) != (ONE_EACH, False)
    ]
    if not numbers:
        return None
    [(number, unit), *more] = numbers
    return UNCLEAR if more or unit not in MILLIGRAMS else float(number) * MILLIGRAMS[unit]
