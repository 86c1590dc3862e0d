"""Whether somebody has left out long enough what they may stop alone, as far as anybody knows today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from enthesis.knowledge import Library
from enthesis.pathway.dates import moved
from enthesis.pathway.own_washouts import own_rules, title_of
from enthesis.screening.taken import TakenWithin


class Standing(StrEnum):
    """How a washout stands, worst first."""

    NOT_MET = "not met"
    NOT_KNOWN = "not known"
    STILL_TIME = "still time"
    TO_CONFIRM = "to confirm"
    MET = "met"


@dataclass(frozen=True)
class WashoutStanding:
    """One washout before one injection: the last day to take it, how it stands, why, and when somebody last asked."""

    rule: str
    what: str
    last_day: date
    standing: Standing
    because: str
    asked_on: date | None


@dataclass(frozen=True)
class Asked:
    """The kept screening for that very day: its JSON, the day of asking, and the day of each answer."""

    judgment: Mapping[str, Any]
    as_of: date
    answered: Mapping[str, str]


def washout_standings(on: date, *, asked: Asked | None, library: Library, today: date) -> tuple[WashoutStanding, ...]:
    """Every washout before an injection on a day; without a screening for that day nothing is known of any."""
    found = []
    for entry, kind in own_rules(library):
        last, asked_on = moved(on, -kind.days), _asked_on(kind, asked)
        how, because = (
            _read(entry.id, kind, last, asked, today) if asked else (Standing.NOT_KNOWN, "not screened for this day")
        )
        found.append(WashoutStanding(entry.id, title_of(kind, library), last, how, because, asked_on))
    return tuple(found)


def _asked_on(kind: TakenWithin, asked: Asked | None) -> date | None:
    """The day on which the question was answered; the day of the screening where the chart alone spoke."""
    if asked is None:
        return None
    return date.fromisoformat(asked.answered.get(kind.question, asked.as_of.isoformat()))


def _read(rule: str, kind: TakenWithin, last: date, asked: Asked, today: date) -> tuple[Standing, str]:
    found = next((one for one in asked.judgment["findings"] if one["rule"] == rule), None)
    if found and found["action"] == "postpone":
        return Standing.NOT_MET, found["because"]
    if found and found["action"] == "ask":
        return Standing.NOT_KNOWN, found["because"]
    if kind.question in asked.judgment["unknown"]:
        return Standing.NOT_KNOWN, "nobody has answered when it was last taken"
    if found:
        return _still_taken(found["because"], today <= last)
    return _not_taken((_asked_on(kind, asked) or asked.as_of) <= last, today <= last)


def _still_taken(because: str, allowed: bool) -> tuple[Standing, str]:
    return (
        (Standing.STILL_TIME, because) if allowed else (Standing.NOT_KNOWN, f"{because}; not asked since the last day")
    )


def _not_taken(was_allowed: bool, is_allowed: bool) -> tuple[Standing, str]:
    """Somebody who took nothing while it was allowed may have taken some since."""
    if is_allowed:
        return Standing.STILL_TIME, "not taken when asked; it is still allowed"
    if was_allowed:
        return Standing.TO_CONFIRM, "not taken when asked, while it was still allowed"
    return Standing.MET, "not taken when asked, after the last day"
