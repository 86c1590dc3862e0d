"""Values a clinic has chosen where sources disagree: which entry, which place in it, and what stands there instead."""

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from enthesis.knowledge.errors import LibraryError

Value = int | float | str


@dataclass(frozen=True, order=True)
class Chosen:
    """One value of one entry. `of` is the dotted way to it: "when.taken_within.days", "when.measured.limits.0.above"."""

    kind: str
    entry: str
    of: str
    value: Value


def changed(data: Mapping[str, Any], chosen: Iterable[Chosen]) -> dict[str, Any]:
    """An entry's data with the chosen values in it. Raises LibraryError where there is no such place."""
    found = copy.deepcopy(dict(data))
    for one in sorted(chosen):
        *way, last = one.of.split(".")
        place = found
        for key in way:
            place = _step(place, key, one.of)
        _step(place, last, one.of)
        place[_key(place, last)] = one.value
    return found


def value_at(data: Mapping[str, Any], of: str) -> Any:
    """What stands at a dotted way in an entry's data. Raises LibraryError where there is no such place."""
    found: Any = data
    for key in of.split("."):
        found = _step(found, key, of)
    return found


def _step(place: Any, key: str, of: str) -> Any:
    try:
        return place[_key(place, key)]
    except (KeyError, IndexError, TypeError, ValueError):
        raise LibraryError(f"there is nothing at {of!r} to choose") from None


def _key(place: Any, key: str) -> Any:
    return int(key) if isinstance(place, list) else key
