"""A fingerprint of a text: change a number and it is another text, which nobody has signed."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

LENGTH = 16  # hexadecimal digits kept: 64 bits, far more than any library needs to tell its texts apart


def fingerprint(data: Mapping[str, Any]) -> str:
    """The fingerprint of an entry's data without its review table, independent of key order and layout."""
    text = json.dumps(
        {key: value for key, value in data.items() if key != "review"},
        sort_keys=True,
        ensure_ascii=False,
        default=_plain,
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def combined(parts: Iterable[tuple[str, str]]) -> str:
    """One fingerprint for many named texts, whatever order they come in."""
    text = "\n".join(f"{name} {digest}" for name, digest in sorted(parts))
    return hashlib.sha256(text.encode()).hexdigest()[:LENGTH]


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"an entry holds text, numbers, dates, lists and tables, not {type(value).__name__}")
