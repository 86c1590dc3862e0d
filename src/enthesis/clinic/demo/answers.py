"""Simulated answers: to the screening's questions, to instruments, and to the diary."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from enthesis.knowledge import Library, Site
from enthesis.outcomes import instrument
from enthesis.recovery import diary_questions, nothing_else

SOFT_SIGNS = ("bruise", "swelling")  # what many report in the first days
NAMED = ("lifting a shopping bag", "walking for half an hour")  # the activities everybody in the demo names
ALARMS = ("fever", "redness", "headache")  # what a few report, and the clinic must hear of


def instrument_answers(library: Library, id: str, *, pain: int, baseline: int, dice: Random) -> Mapping[str, Any]:
    """A filled-in form that hangs together with the pain of the day."""
    filled: dict[str, Callable[[], Mapping[str, Any]]] = {
        "pain-nrs": lambda: {"nrs_avg_7d": pain},
        "peg": lambda: {"peg_p": pain, "peg_e": _near(pain, dice), "peg_g": _near(pain, dice)},
        "pgic": lambda: {
            "pgic": min(7, max(1, round(4 - 3 * (baseline - pain) / max(baseline, 1) + dice.gauss(0, 0.6))))
        },
        "rmdq-24": lambda: {item.id: int(dice.random() < pain / 11) for item in instrument(library, id).body.scored},
        "koos-jr": lambda: {item.id: _part(pain, 4, dice) for item in instrument(library, id).body.scored},
        "phq-4": lambda: {item.id: _part(pain / 2, 3, dice) for item in instrument(library, id).body.scored},
        "psfs": lambda: {
            f"act_{place}": {"text": text, "rating": 10 - _near(pain, dice)} for place, text in enumerate(NAMED, 1)
        },
        "satisfaction": lambda: {"satisfaction": 5 - _part(pain, 4, dice)},
        "life-changing": lambda: {"life_changing": int(pain <= baseline / 2 and dice.random() < 0.6)},
    }
    return filled[id]()


def diary_answers(library: Library, site: Site, *, day: int, pain: int, alarmed: bool, dice: Random) -> dict[str, Any]:
    """One day after an injection: a flare in the first days, seldom something that needs a person."""
    asked = diary_questions(site=site, day=day, library=library)
    there = {question.id for question in asked}
    flare = max(0, 3 - day) * dice.choice((0, 0.5, 1))
    report = dict(nothing_else(asked, pain=min(10, round(pain + flare))))
    signs = [sign for sign in SOFT_SIGNS if day <= 3 and dice.random() < 0.2]
    signs += [dice.choice(ALARMS)] if alarmed else []
    return report | {sign: True for sign in signs if sign in there}


def _near(pain: int, dice: Random) -> int:
    return min(10, max(0, round(pain + dice.gauss(-0.4, 1.2))))


def _part(pain: float, most: int, dice: Random) -> int:
    """An answer on a short scale that hangs together with the pain, 0 being none."""
    return min(most, max(0, round(pain / 10 * most + dice.gauss(0, 0.5))))
