"""What a registry may be watched for: clinics side by side, a clinic over time, treatments side by side. Floors hold in each."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np

from enthesis.outcomes.cohort.floors import FEWEST_PEOPLE, LEAST_RESPONSE
from enthesis.outcomes.cohort.funnel import Funnel, funnel
from enthesis.outcomes.cohort.measures import Measure
from enthesis.outcomes.cohort.models import independent
from enthesis.outcomes.cohort.over_time import BETTER, WORSE, Cusum, Period, cusum, p_chart
from enthesis.outcomes.cohort.people import People
from enthesis.outcomes.cohort.target_trial import Emulated, emulate
from enthesis.outcomes.cohort.weighting import NoWeights, logistic

MOST_PAIRS = 10


@dataclass(frozen=True)
class Watched:
    """At one instrument and week. What could not be made is absent, with its reason in `reasons`.

    response  how many of those due answered, by quarter of the first injection; the first chart to look at
    reached   how many of those who answered were better by at least 30%, by quarter
    """

    instrument: str
    week: float
    funnel: Funnel | None
    response: tuple[Period, ...]
    reached: tuple[Period, ...]
    cusums: tuple[Cusum, ...]
    treatments: tuple[Emulated, ...]
    reasons: tuple[str, ...]


def watched(everybody: People, week: float, scale: Measure) -> Watched:
    """All of it."""
    reasons: list[str] = []
    answered = everybody.where(everybody.answered)
    return Watched(
        scale.id,
        week,
        _funnel(everybody, reasons),
        _by_quarter(everybody, everybody.answered.tolist()),
        _by_quarter(answered, answered.reached.tolist()),
        _cusums(answered, reasons),
        tuple(_treatments(answered, reasons)),
        tuple(reasons),
    )


def _funnel(everybody: People, reasons: list[str]) -> Funnel | None:
    """Clinics that pass the floors; the others are left out, and their number is said."""
    due, there = Counter(everybody.clinic), Counter(everybody.where(everybody.answered).clinic)
    able = {name for name, n in due.items() if n >= FEWEST_PEOPLE and there[name] >= LEAST_RESPONSE * n}
    if len(able) < len(due):
        reasons.append(f"clinics: {len(due) - len(able)} of {len(due)} are below the floors and left out")
    chosen = everybody.where(everybody.answered & np.array([name in able for name in everybody.clinic], dtype=bool))
    try:
        design, names = independent(chosen.known, chosen.names)
        return funnel(chosen.clinic, chosen.reached, design, names)
    except (NoWeights, np.linalg.LinAlgError) as error:
        reasons.append(f"clinics side by side: {error}")
        return None


def quarter(day: date) -> str:
    """ "2026 Q4"."""
    return f"{day.year} Q{(day.month - 1) // 3 + 1}"


def _by_quarter(these: People, events: list[bool]) -> tuple[Period, ...]:
    """Quarters of at least 20 people; a smaller one waits and is counted with the next."""
    found: dict[str, list[bool]] = defaultdict(list)
    for day, event in zip(these.started, events, strict=True):
        if day is not None:
            found[quarter(day)].append(event)
    names, counts, happened, waiting = [], [], [], []
    for name in sorted(found):
        waiting += found[name]
        if len(waiting) >= FEWEST_PEOPLE:
            names.append(name)
            counts.append(len(waiting))
            happened.append(sum(waiting))
            waiting = []
    return p_chart(names, happened, counts)


def _cusums(answered: People, reasons: list[str]) -> tuple[Cusum, ...]:
    """In order of the first injection, against what everybody's own description leads one to expect."""
    dated = np.array([day is not None for day in answered.started], dtype=bool)
    these = answered.where(dated)
    if dated.sum() < FEWEST_PEOPLE:
        reasons.append("over time: fewer than 20 people with a date answered")
        return ()
    try:
        design, _ = independent(these.known, these.names)
        chances = logistic(these.reached.astype(np.float64), design).chances
    except (NoWeights, np.linalg.LinAlgError) as error:
        reasons.append(f"over time: {error}")
        return ()
    order = np.argsort(np.array([day.toordinal() for day in these.started if day is not None]), kind="stable")
    return tuple(cusum(these.reached[order], chances[order], ratio=ratio) for ratio in (WORSE, BETTER))


def _treatments(answered: People, reasons: list[str]) -> list[Emulated]:
    """Every two treatments with enough people, those of one condition where conditions differ between them."""
    made = []
    for one, other in list(combinations(sorted(set(answered.treatment)), 2))[:MOST_PAIRS]:
        both = answered.where(np.isin(np.array(answered.treatment), (one, other)))
        treated = np.array(both.treatment) == one
        try:
            design, names = independent(both.known, both.names)
            made.append(emulate(treated, both.change, design, names, treatment=one, versus=other))
        except (NoWeights, np.linalg.LinAlgError) as error:
            reasons.append(f"{one} and {other}: {error}")
    return made
