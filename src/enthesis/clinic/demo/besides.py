"""What simulated people were also treated with after their first injection, so that a report has something to tell."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

Other = tuple[str, date, date | None]  # kind, from, until (None while it goes on)
# Kind, chance, first and last day after the first injection on which it begins, and how long it goes on (None: on and on).
# The chances are made up, and large enough for a demo of a few hundred people to show counts.
LIKELY: tuple[tuple[str, float, int, int, int | None], ...] = (
    ("physiotherapy", 0.30, 14, 60, 60),
    ("anti-inflammatory", 0.15, 20, 150, None),
    ("steroid-injection", 0.12, 60, 170, 0),
    ("opioid", 0.04, 10, 100, 30),
    ("operation", 0.03, 100, 300, 0),
)


def others(dice: Random, first: date, today: date) -> Iterator[Other]:
    """What one person had by today, in the order of the list; the same dice give the same."""
    for kind, chance, soonest, latest, days in LIKELY:
        happens, since = dice.random() < chance, first + timedelta(days=dice.randint(soonest, latest))
        if happens and since <= today:
            until = None if days is None else since + timedelta(days=days)
            yield kind, since, until if until is None or until <= today else None
