"""A snapshot without what points at people: other numbers, shifted days, bands of age, and nobody alone in a small group."""

import hmac
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from enthesis.outcomes.cohort.floors import SMALLEST_CELL
from enthesis.outcomes.snapshot.frequent import with_frequent
from enthesis.outcomes.snapshot.row import Row

BAND = 5  # years of one band of age; its lower end is given
OLDEST_BAND = 85  # everybody from here on is one band
MOST_SHIFT = 182  # days a person's dates are moved at most, either way
DATES = ("enrolled_on", "first_injection_on", "due_on", "answered_on")
WHO = ("clinic", "condition", "treatment", "site", "sex", "age")  # what somebody may know of a person
UNSAID: Mapping[str, Any] = {
    "site": "",
    "sex": "",
    "age": None,
    "clinic": "other",
}  # coarsened in this order, first first


@dataclass(frozen=True)
class Anonymity:
    """k-anonymity over `who`: of how many people the smallest group is that shares all of it, before and after.

    coarsened  people of whom something was left unsaid; left_out people who were still too few, and are not in the table
    """

    who: tuple[str, ...]
    people: int
    k_before: int
    k_after: int
    coarsened: int
    left_out: int


def deidentified(rows: Sequence[Row], *, key: bytes, k: int = SMALLEST_CELL) -> tuple[tuple[Row, ...], Anonymity]:
    """Rows that may leave the clinic, and how anonymous they are. `key` is thrown away by whoever calls: nothing leads back.

    Intervals between a person's days are kept, and scores are as they were. Other treatments stay, since results cannot be read
    without them, but a kind that fewer than `k` people had is called "something rare", and nothing where rare kinds are that few
    together. Of further columns those of what went on before treatment stay where `k` people had it and `k` had not.
    """
    people = sorted({_person(row) for row in rows}, key=lambda one: hmac.digest(key, one.encode(), "sha256"))
    named = {person: number for number, person in enumerate(people, start=1)}
    courses = sorted({row.course for row in rows}, key=lambda one: hmac.digest(key, f"course {one}".encode(), "sha256"))
    numbered = {course: number for number, course in enumerate(courses, start=1)}
    moved = [_moved(row, named, numbered, key) for row in rows]
    kept, anonymity = _grouped(moved, k)
    return with_frequent(kept, k), anonymity


def _person(row: Row) -> str:
    return row.patient or row.course


def _moved(row: Row, named: Mapping[str, int], numbered: Mapping[str, int], key: bytes) -> Row:
    person = _person(row)
    digest = int.from_bytes(hmac.digest(key, f"days {person}".encode(), "sha256")[:8], "big")
    shift = timedelta(days=digest % (2 * MOST_SHIFT + 1) - MOST_SHIFT)
    days: dict[str, date | None] = {name: _shifted(getattr(row, name), shift) for name in DATES}
    age = None if row.age is None else float(min(int(row.age) // BAND * BAND, OLDEST_BAND))
    plain: dict[str, Any] = {"patient": f"P{named[person]:05}", "course": f"C{numbered[row.course]:05}", "age": age}
    return replace(row, **plain | days)


def _shifted(day: date | None, shift: timedelta) -> date | None:
    return None if day is None else day + shift


def _grouped(rows: Sequence[Row], k: int) -> tuple[tuple[Row, ...], Anonymity]:
    """Leave unsaid, one thing after another, what makes a group smaller than k; who is still alone is left out."""
    before = _smallest(rows)
    everybody = {row.patient for row in rows}
    made, touched = list(rows), set[str]()
    for name, unsaid in UNSAID.items():
        few = _few(made, k)
        touched |= {row.patient for row in made if row.patient in few}
        made = [replace(row, **{name: unsaid}) if row.patient in few else row for row in made]
    kept, alone = tuple(made), set[str]()
    while fewer := _few(kept, k):  # who leaves with two courses may leave others too few behind
        alone |= fewer
        kept = tuple(row for row in kept if row.patient not in fewer)
    after = _smallest(kept)
    return kept, Anonymity(WHO, len(everybody), before, after, len(touched - alone), len(alone))


def _who(row: Row) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in WHO)


def _sizes(rows: Iterable[Row], of: Callable[[Row], object] = _who) -> Counter[object]:
    """How many people share each combination; somebody with two courses counts in each of theirs."""
    return Counter(group for group, _ in {(of(row), row.patient) for row in rows})


def _smallest(rows: Sequence[Row]) -> int:
    return min(_sizes(rows).values(), default=0)


def _few(rows: Sequence[Row], k: int) -> set[str]:
    sizes = _sizes(rows)
    return {row.patient for row in rows if sizes[_who(row)] < k}
