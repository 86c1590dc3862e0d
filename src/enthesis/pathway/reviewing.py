"""When a clinician must look again: the review rules of treatment and protocol, held against what was recorded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from enthesis.knowledge import Entry, Library
from enthesis.outcomes import Instrument
from enthesis.pathway.dates import moved
from enthesis.pathway.improving import Improved, Reading, progress
from enthesis.pathway.protocols import protocols
from enthesis.pathway.statement import ReviewRule
from enthesis.pathway.treatments import treatments


@dataclass(frozen=True)
class Review:
    """A review that is due: after which session, from which day it waits, why, by whom, and on what ground."""

    after_session: int
    on: date
    why: str
    cite: str
    improved: Improved
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Waiting:
    """The rules of a course's treatment and protocol, and the days from one session to the next."""

    rules: tuple[ReviewRule, ...]
    interval_days: int


def review_rules(library: Library, *, treatment: str, protocol: str) -> Waiting:
    """The review rules of a treatment given by a protocol. What the library has lost has none."""
    how = {entry.id: entry.body for entry in protocols(library)}.get(protocol)
    what = {entry.id: entry.body for entry in treatments(library)}.get(treatment)
    rules = (*(what.reviews if what else ()), *(how.reviews if how else ()))
    return Waiting(rules, how.interval.days if how else 0)


def reviews_due(
    waiting: Waiting,
    *,
    sessions: Sequence[date],
    decided_after: Sequence[int],
    readings: Sequence[Reading],
    instruments: Mapping[str, Entry[Instrument]],
) -> tuple[Review, ...]:
    """The reviews that wait for a decision, earliest rule first.

    `sessions` are the days of the sessions given; `decided_after` says for each decision made after how many of them.
    A plain rule is due from its session until a decision is made at or after it. A rule that holds unless improved is
    due again after each further session, until a decision is made after that one or improvement is shown.
    """
    decided = max(decided_after, default=0)
    due = (
        _due(rule, waiting.interval_days, sessions, decided, readings, instruments)
        for rule in sorted(waiting.rules, key=lambda rule: rule.after_session)
    )
    return tuple(review for review in due if review is not None)


def _due(
    rule: ReviewRule,
    interval_days: int,
    sessions: Sequence[date],
    decided: int,
    readings: Sequence[Reading],
    instruments: Mapping[str, Entry[Instrument]],
) -> Review | None:
    given = len(sessions)
    reached = given if rule.unless_improved else rule.after_session
    if given < rule.after_session or decided >= reached:
        return None
    since = sessions[rule.after_session - 1]
    found = progress(readings, first=sessions[0], since=since, instruments=instruments)
    if rule.unless_improved and found.improved is Improved.YES:
        return None
    on = moved(sessions[reached - 1], interval_days)
    return Review(reached, on, rule.why, rule.cite, found.improved, found.because)
