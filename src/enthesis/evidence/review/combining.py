"""Two arms of one trial with the same treatment become one arm."""

import math
from collections.abc import Sequence

from enthesis.evidence.review.values import Side


def combined(sides: Sequence[Side], names: Sequence[str]) -> tuple[tuple[str, ...], list[Side]]:
    """The sides with same-treatment arms joined, and a note for each joining, in the order they came.

    Sizes and events add up; mean and SD are those of both groups of people together (Cochrane Handbook, 6.5.2.10).
    """
    joined: dict[str, Side] = {}
    called: dict[str, list[str]] = {}
    for side, name in zip(sides, names, strict=True):
        joined[side.node] = _together(joined[side.node], side) if side.node in joined else side
        called.setdefault(side.node, []).append(name)
    notes = tuple(f"arms joined as one: {' and '.join(group)}" for group in called.values() if len(group) > 1)
    return notes, list(joined.values())


def _together(one: Side, other: Side) -> Side:
    n = one.n + other.n
    mean = (one.n * one.mean + other.n * other.mean) / n
    within = (one.n - 1) * one.sd**2 + (other.n - 1) * other.sd**2
    between = one.n * other.n / n * (one.mean - other.mean) ** 2
    return type(one)(one.trial, one.node, n, mean, math.sqrt((within + between) / (n - 1)), one.events + other.events)
