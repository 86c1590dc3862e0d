"""Days as people say them: "3 days ago", "yesterday", "last week". Always the latest day that may be meant.

A number of days is taken at its word; weeks, months and years are round numbers, and half of one may be missing (our
own reasoning). "Last week" and "recently" may be yesterday.
"""

import re
from datetime import date, timedelta

COUNTED = (
    "a|an|one",
    "two|a couple of|couple of|a couple|a few|few|several",
    *("three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
)
NUMBERS = {word: number for number, words in enumerate(COUNTED, 1) for word in words.split("|")}
DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
JUST = {"today": 0, "this morning": 0, "tonight": 0, "just now": 0}
LONGEST_AGO = 36_500  # days; nobody remembers further back, and the calendar ends somewhere
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
SAID = re.compile(
    rf"\b(?:(\d{{1,3}}|{'|'.join(NUMBERS)}) ({'|'.join(DAYS)})s? ago"
    rf"|({'|'.join(JUST)})|yesterday|last night|(?:last|this|past|on) {WEEKDAY}"
    r"|(?:last|this|past) (?:week(?:end)?|month|year)|recently|lately|the other day)\b",
    re.IGNORECASE,
)


def days_said(text: str, as_of: date) -> list[date]:
    """The latest day that each such phrase may mean, in order."""
    return [as_of - timedelta(days=_back(*found.groups())) for found in SAID.finditer(text)]


def _back(number: str | None, unit: str | None, just: str | None) -> int:
    """How many days back, at the least."""
    if number and unit:
        count, days = int(number) if number.isdigit() else NUMBERS[number.lower()], DAYS[unit.lower()]
        return min(max(count * days - days // 2, 0), LONGEST_AGO)
    return JUST[just.lower()] if just else 1
