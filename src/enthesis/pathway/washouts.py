"""Medicines a patient takes on their own, and the days around each session on which they leave them out.

Only what a patient may stop alone belongs here. A prescribed blood thinner, steroid or immunosuppressant never does:
its prescriber is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from enthesis.knowledge import BadInput
from enthesis.pathway.dates import moved

DAY_GONE = "That day has passed: if any was taken since, ask the clinic for a later visit."


@dataclass(frozen=True)
class Washout:
    """A kind of medicine: whole days to leave out before an injection, and after it (None where nobody has said).

    Raises BadInput when it has no name or a number of days is negative.
    """

    title: str
    days_before: int
    days_after: int | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if not slug(self.title):
            raise BadInput("washouts: each needs the name of the medicine")
        if self.days_before < 0 or (self.days_after or 0) < 0:
            raise BadInput(f"washouts: days to leave out {self.title!r} are counted from 0, not less")


@dataclass(frozen=True)
class Pause:
    """One stretch without a medicine: it may be taken up to and on `stop_by`, and again from `restart_from`.

    Taken last on day x it is free on day x + d, so a session on day s asks for `stop_by` = s - d. The stretch spans the
    sessions from `session` to `last_session`.
    """

    drug_class: str
    stop_by: date
    restart_from: date | None
    note: str
    session: int
    last_session: int


def pauses(washouts: Sequence[Washout], sessions: Sequence[date], *, today: date | None = None) -> tuple[Pause, ...]:
    """The stretches without each medicine over the sessions of a course. Raises BadInput outside the calendar."""
    return tuple(pause for washout in strictest(washouts) for pause in _stretches(washout, sessions, today))


def strictest(washouts: Sequence[Washout]) -> tuple[Washout, ...]:
    """One washout for each medicine: where several speak of it, the longest days of each side and every note."""
    found: dict[str, Washout] = {}
    for washout in washouts:
        name = slug(washout.title)
        found[name] = _stricter(found[name], washout) if name in found else washout
    return tuple(found.values())


def slug(text: str) -> str:
    """The letters and digits of a text in lower case, its words joined by hyphens: a name for keys."""
    return "-".join("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())


def _stricter(one: Washout, other: Washout) -> Washout:
    after = [days for days in (one.days_after, other.days_after) if days is not None]
    notes = dict.fromkeys(note for note in (one.note, other.note) if note)
    return Washout(one.title, max(one.days_before, other.days_before), max(after, default=None), " ".join(notes))


def _stretches(washout: Washout, sessions: Sequence[date], today: date | None) -> list[Pause]:
    """One stretch for each session; a stretch that reaches the next one's beginning becomes one with it."""
    found: list[Pause] = []
    for number, day in enumerate(sessions, 1):
        pause = _stretch(washout, day, number, today)
        if found and (found[-1].restart_from or sessions[number - 2]) >= pause.stop_by:
            pause = replace(found.pop(), restart_from=pause.restart_from, last_session=number)
        found.append(pause)
    return found


def _stretch(washout: Washout, day: date, number: int, today: date | None) -> Pause:
    stop_by = moved(day, -washout.days_before)
    restart = None if washout.days_after is None else moved(day, washout.days_after)
    gone = DAY_GONE if today and stop_by < today else ""
    return Pause(washout.title, stop_by, restart, " ".join(filter(None, (washout.note, gone))), number, number)
