"""Dates as FHIR writes them: whole, or only a month or a year, and then read to the safe side.

When something began, the first possible day is meant; when it ended or was done, the last possible day, so that a
washout counted from "2026-11" never ends too early. A time of day is checked and left out: the day as written counts.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from enthesis.fhir.node import Node, shown

TIME = r"T([01]\d|2[0-3]):[0-5]\d(:([0-5]\d|60)(\.\d+)?)?(Z|[+-]\d\d:\d\d)?"
WRITTEN = re.compile(rf"(\d{{4}})(?:-(\d\d)(?:-(\d\d)(?:{TIME})?)?)?", re.ASCII)
ZONED = re.compile(r"T.*(Z|[+-]\d\d:\d\d)$")
NO_DATE = (1, 9999)  # years that systems write when they mean "no date" (0001-01-01, 9999-12-31)
MOST_KNOWN = 50_000  # ways of writing a day or a time; charts of a clinic repeat them
Days = tuple[date, date]  # the first and the last day that may be meant
_KNOWN: dict[str, Days] = {}
LIVED = range(1800, 2200)  # any other year is a slip of the pen


def first_day(node: Node, key: str) -> date | None:
    """The first day a written date may mean; None when there is none. Raises BadInput for an impossible date."""
    found = _range(node, key)
    return found[0] if found else None


def last_day(node: Node, key: str) -> date | None:
    """The last day a written date may mean; None when there is none. Raises BadInput for an impossible date."""
    found = _range(node, key)
    return found[1] if found else None


def began(node: Node, moment: str, period: str) -> date | None:
    """The first possible day of what is written as a moment, or else as a period. Raises BadInput for an impossible date."""
    found = first_day(node, moment) if moment in node.fields else None
    return first_day(node.child(period), "start") if found is None and period in node.fields else found


def ended(node: Node, moment: str, period: str) -> date | None:
    """The last possible day of what is written as a moment, or else as a period. Raises BadInput for an impossible date."""
    found = last_day(node, moment) if moment in node.fields else None
    return last_day(node.child(period), "end") if found is None and period in node.fields else found


def whole_day(node: Node, key: str) -> date | None:
    """The day, when the whole of it is written; None for a year or a month. Raises BadInput for an impossible date."""
    found = _range(node, key)
    return found[0] if found and found[0] == found[1] else None


def earliest_day(node: Node, key: str) -> date | None:
    """The first day it may have been where the clinic is: a time written in one zone may be the day before in another."""
    found = first_day(node, key)
    return found - timedelta(days=1) if found and ZONED.search(node.text(key)) else found


def _range(node: Node, key: str) -> Days | None:
    value = node.fields.get(key)
    known = _KNOWN.get(value) if type(value) is str else None
    if known:
        return known
    written = node.text(key)
    if not written:
        return None
    try:
        return _remembered(value, _read(written))
    except _NoDateError:
        raise node.wrong(key, f"is {shown(written)}; a date such as 2026-11-23, 2026-11 or 2026 was expected") from None
    except ValueError:
        raise node.wrong(key, f"is {shown(written)}, and there is no such day") from None


class _NoDateError(Exception):
    """Not written as a date at all."""


def _remembered(written: object, found: Days | None) -> Days | None:
    """The same, and known from now on by how it is written: one visit writes its time on everything it leaves."""
    if found and type(written) is str:
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[written] = found
    return found


def _read(written: str) -> Days | None:
    """The days a text may mean. Raises _NoDateError, or ValueError when there is no such day."""
    found = WRITTEN.fullmatch(written)
    if not found:
        raise _NoDateError
    year, *rest = (int(part) for part in found.groups()[:3] if part)
    return None if year in NO_DATE else _days(year, *rest)


def _days(year: int, month: int | None = None, day: int | None = None) -> Days:
    if year not in LIVED:
        raise ValueError(year)
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)
