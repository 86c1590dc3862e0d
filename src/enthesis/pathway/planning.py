"""Dating a course: its sessions, and everything that is counted from them."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

from enthesis.knowledge import BadInput, Entry, Library
from enthesis.outcomes import free_for_all
from enthesis.pathway.conditions import Condition, conditions
from enthesis.pathway.dates import checked_day, moved
from enthesis.pathway.planned import DiaryDay, Plan, PlannedReview, PlannedWave, Visit
from enthesis.pathway.protocols import Protocol, protocols_for
from enthesis.pathway.statement import ReviewRule
from enthesis.pathway.treatments import Treatment, treatments
from enthesis.pathway.washouts import Washout, pauses
from enthesis.pathway.waves import DiarySpan, Schedule, Wave, asked_at, schedules

Body = TypeVar("Body")


def plan(
    *,
    treatment: str,
    condition: str,
    start: date,
    library: Library,
    protocol: str | None = None,
    washouts: Sequence[Washout] = (),
    sessions: int | None = None,
    given: Sequence[date] = (),
    first: date | None = None,
    today: date | None = None,
) -> Plan:
    """The plan of a course whose next session is on `start`, made on the day `today`.

    `given` are the days of the sessions already given: numbers go on from there. The clock of the waves stays at the
    first of them, or at `first`, the day of the first injection. What is left out is the pair's first choice and the
    protocol's usual number. Raises BadInput for what is not there, a start in the past, or a number out of bounds.
    """
    check_start(start, given=given, today=today)
    what = _named(treatments(library), treatment, "treatment")
    hurts = _named(conditions(library), condition, "condition")
    how = _protocol(library, treatment, condition, protocol)
    schedule = _named(schedules(library), what.body.waves, "waves").body
    days = session_days(how.body, start=start, sessions=sessions, given=given)
    asked, done = _still_asked(schedule, first or days[0], start, today), len(given)
    left_out, diary = (washouts, _diary(days, schedule.diary)) if what.body.injected else ((), ())
    return Plan(
        treatment=treatment,
        condition=condition,
        protocol=how.id,
        start=start,
        sessions=_visits(days, what.body, today)[done:],
        washouts=tuple(pause for pause in pauses(left_out, days, today=today) if pause.last_session > done),
        diary=tuple(entry for entry in diary if entry.session > done),
        waves=_waves(asked, first or days[0], schedule, hurts.body, library, today),
        reviews=_reviews(days, (*what.body.reviews, *how.body.reviews), how.body.interval.days, done),
        notes=tuple(filter(None, (hurts.body.must_say, how.body.why))),
        library=library.fingerprint,
    )


def session_days(
    protocol: Protocol, *, start: date, sessions: int | None = None, given: Sequence[date] = ()
) -> tuple[date, ...]:
    """The days of all sessions: those given, then from `start` on. Raises BadInput for a number not in the protocol."""
    allowed, done = protocol.sessions, len(given)
    number = max(allowed.usual, done + 1) if sessions is None else sessions
    if not allowed.fewest <= number <= allowed.most:
        raise BadInput(f"sessions: the protocol has {allowed.fewest} to {allowed.most} sessions, not {number}")
    if number <= done:
        raise BadInput(f"sessions: {done} were given already, so a plan for {number} in all has none left")
    return (*given, *(moved(start, index * protocol.interval.days) for index in range(number - done)))


def check_start(start: date, *, given: Sequence[date], today: date | None) -> None:
    """Raises BadInput unless the start is a day, not in the past, and after all sessions given, which are in order."""
    checked_day(start, field="start")
    if today is not None and start < today:
        raise BadInput(f"start: {start.isoformat()} lies in the past; today is {today.isoformat()}")
    in_order = (*given, start)
    if any(later <= earlier for earlier, later in pairwise(in_order)):
        raise BadInput("given: the sessions given must be in order of their days, and all before the start")


def _named(entries: Sequence[Entry[Body]], id: str, field: str) -> Entry[Body]:
    for entry in entries:
        if entry.id == id:
            return entry
    there = ", ".join(entry.id for entry in entries) or "none"
    raise BadInput(f"{field}: there is no {field} {id!r}; there are: {there}")


def _protocol(library: Library, treatment: str, condition: str, id: str | None) -> Entry[Protocol]:
    found = protocols_for(library, treatment=treatment, condition=condition)
    if not found:
        raise BadInput(f"condition: there is no protocol of {treatment} for {condition}")
    return found[0] if id is None else _named(found, id, "protocol")


def _visits(days: Sequence[date], treatment: Treatment, today: date | None) -> tuple[Visit, ...]:
    """The visits; preparing for one starts no earlier than the day the plan is made."""
    starts = [moved(day, -treatment.prepare.days) for day in days]
    return tuple(Visit(n, day, max(s, today or s)) for n, (day, s) in enumerate(zip(days, starts, strict=True), 1))


def _diary(days: Sequence[date], span: DiarySpan) -> tuple[DiaryDay, ...]:
    """The diary of a session ends on the day before the next one."""
    ends = (*days[1:], date.max)
    return tuple(
        DiaryDay(number, count, moved(day, count))
        for number, (day, end) in enumerate(zip(days, ends, strict=True), 1)
        for count in range(span.first_day, span.last_day + 1)
        if moved(day, count) < end
    )


def _still_asked(schedule: Schedule, first: date, start: date, today: date | None) -> tuple[Wave, ...]:
    """The waves that can be answered: no baseline once somebody was injected, or once its window is over.

    A wave after the first injection always stays, answered or not, overdue or not: silence is counted, not dropped.
    """
    return tuple(
        wave
        for wave in schedule.waves
        if wave.closes_day > 0 or not (first < start or (today and today > moved(first, wave.closes_day)))
    )


def _waves(
    waves: Sequence[Wave], first: date, schedule: Schedule, condition: Condition, library: Library, today: date | None
) -> tuple[PlannedWave, ...]:
    return tuple(_wave(wave, first, _asked(wave, schedule, condition, library), today) for wave in waves)


def _asked(wave: Wave, schedule: Schedule, condition: Condition, library: Library) -> tuple[str, ...]:
    """What everybody can be asked; a clinic that has accepted terms or brought a licence asks more."""
    free = free_for_all(library)
    return tuple(id for id in asked_at(wave, schedule=schedule, condition=condition) if id in free)


def _wave(wave: Wave, first: date, asked: tuple[str, ...], today: date | None) -> PlannedWave:
    """One wave with its dates; a baseline is due no earlier than the day the plan is made."""
    due, opens, closes = (moved(first, day) for day in (wave.due_day, wave.opens_day, wave.closes_day))
    due = max(due, today or due) if wave.closes_day <= 0 else due
    return PlannedWave(wave.id, wave.title, due, opens, closes, asked)


def _reviews(days: Sequence[date], rules: Sequence[ReviewRule], interval: int, done: int) -> tuple[PlannedReview, ...]:
    """The clinician looks again on the day of the next session, or where that would be."""
    return tuple(
        PlannedReview(moved(days[rule.after_session - 1], interval), rule.after_session, rule.why)
        for rule in sorted(rules, key=lambda rule: rule.after_session)
        if done < rule.after_session <= len(days)
    )
