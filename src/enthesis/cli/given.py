"""What is typed or named on a command line, read and checked."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from enthesis.knowledge import BadInput


def a_date(option: str, text: str | None, *, default: date | None = None) -> date:
    """A date from an option. Raises BadInput naming the option."""
    if text is None and default is not None:
        return default
    try:
        return date.fromisoformat((text or "").strip())
    except ValueError as error:
        raise BadInput(f"--{option}: a date such as 2026-11-23 was expected, not {text!r}") from error


def a_file(path: Path) -> bytes:
    """The content of a file. Raises BadInput naming it."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror or error}") from error


def a_text(path: Path) -> str:
    """The text of a file. Raises BadInput naming it."""
    try:
        return a_file(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: not readable as UTF-8 text") from error


def an_object(path: Path) -> dict[str, Any]:
    """A JSON object from a file. Raises BadInput naming the file and, where known, the line."""
    text = a_text(path)
    try:
        data = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise BadInput(
            f"{path}: not readable as JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        ) from error
    except ValueError as error:  # a number of thousands of digits, or a name that stands twice
        raise BadInput(f"{path}: {str(error).partition(';')[0]}") from error
    except RecursionError as error:
        raise BadInput(f"{path}: nested too deeply") from error
    if not isinstance(data, dict):
        raise BadInput(f"{path}: a JSON object with answers by id was expected")
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which each name stands once: of two answers to one question nobody knows which is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice[:80]!r} stands twice in one object, and once was expected")
    return found


def printed(value: object) -> None:
    """JSON on standard output, numbers at full precision, dates in ISO form."""
    print(json.dumps(value, indent=2, ensure_ascii=False, default=str))
