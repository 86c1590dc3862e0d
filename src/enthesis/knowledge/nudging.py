"""Every number of an entry, moved by one: if no example notices, the number is not really known.

A washout of 7 days with examples at 1 and 8 days would pass with any washout from 2 to 8.
"""

import copy
from collections.abc import Iterator
from typing import Any

from enthesis.knowledge.library import FRAME

Path = tuple[str | int, ...]


def nudged(data: dict[str, Any], exempt: frozenset[str] = frozenset()) -> Iterator[tuple[str, dict[str, Any]]]:
    """Copies of an entry's data, each with one number of its body one higher or one lower, and a name for the change.

    `exempt` names top-level keys whose numbers are descriptive (prices, years) and decide nothing.
    """
    body = {key: value for key, value in data.items() if key not in FRAME and key not in exempt}
    for path, number in _numbers(body, ()):
        for step in (-1, 1):
            changed = copy.deepcopy(data)
            _put(changed, path, number + step)
            yield f"{'.'.join(map(str, path))} = {number + step} instead of {number}", changed


def _numbers(value: object, path: Path) -> Iterator[tuple[Path, int | float]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _numbers(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _numbers(inner, (*path, index))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield path, value


def _put(data: Any, path: Path, value: int | float) -> None:
    for key in path[:-1]:
        data = data[key]
    data[path[-1]] = value
