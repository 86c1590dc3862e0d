"""How a patient prepares for the next visit, dated: what to leave out, what to keep, what to bring, when to call.

What to leave out comes from the screening rules with the clinic's own days, never from the advice text, so that the
dates on this sheet and those of the judgment cannot differ.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from enthesis.knowledge import Library, Site
from enthesis.pathway.dates import moved
from enthesis.pathway.own_washouts import washouts_of
from enthesis.pathway.planned import Plan
from enthesis.pathway.washouts import Pause
from enthesis.recovery import Choices, Line, Topic, preparation
from enthesis.recovery.advice import NO_CHOICES

TALK = ("ask", "postpone")  # actions of a finding that a patient can do something about: talk with the clinic


@dataclass(frozen=True)
class LeftOut:
    """A kind of medicine a patient may stop alone: taken last on `last_day`, and again from `again_from`.

    `running` says that it is left out since an earlier visit and stays so; `too_late` that the last day has passed;
    `over_visits` that the next visits come before it may be taken again.
    """

    what: str
    last_day: date
    again_from: date | None
    why: str
    running: bool
    too_late: bool
    over_visits: bool


@dataclass(frozen=True)
class Task:
    """One line of advice with the days it holds."""

    text: str
    begins: date
    ends: date


@dataclass(frozen=True)
class Preparation:
    """The sheet for one visit. `talk_first` are the findings of the screening that a patient should speak about."""

    on: date
    leave_out: tuple[LeftOut, ...]
    keep: tuple[Task, ...]
    talk_first: tuple[str, ...]
    before: tuple[Task, ...]
    on_the_day: tuple[Task, ...]
    call: tuple[Task, ...]


def prepare(
    plan: Plan,
    *,
    site: Site,
    library: Library,
    today: date,
    judgment: Mapping[str, Any] | None = None,
    choices: Choices = NO_CHOICES,
) -> Preparation:
    """What to do before the next visit of a plan. `judgment` is the kept screening for that day in the form of its JSON.

    Raises BadInput for a choice that does not exist.
    """
    lines, on = preparation(site=site, library=library, choices=choices), plan.start
    return Preparation(
        on=on,
        leave_out=tuple(_left_out(pause, plan.sessions[0].number, today) for pause in _for_next(plan)),
        keep=_about(lines, on, Topic.KEEP),
        talk_first=_to_talk_about(judgment, library),
        before=_about(lines, on, Topic.PREPARE),
        on_the_day=_about(lines, on, Topic.THE_DAY),
        call=_about(lines, on, Topic.CALL),
    )


def _for_next(plan: Plan) -> tuple[Pause, ...]:
    """The stretches that span the next visit."""
    number = plan.sessions[0].number
    return tuple(pause for pause in plan.washouts if pause.session <= number <= pause.last_session)


def _left_out(pause: Pause, visit: int, today: date) -> LeftOut:
    running = pause.session < visit
    late = pause.stop_by < today and not running
    return LeftOut(
        pause.drug_class, pause.stop_by, pause.restart_from, pause.note, running, late, pause.last_session > visit
    )


def _about(lines: Iterable[Line], on: date, topic: Topic) -> tuple[Task, ...]:
    return tuple(
        Task(line.text, moved(on, line.from_day), moved(on, line.until_day)) for line in lines if line.topic is topic
    )


def _to_talk_about(judgment: Mapping[str, Any] | None, library: Library) -> tuple[str, ...]:
    """The patient's text of each finding that has one, without those that speak of what is left out: it has dates."""
    said = {washout.note for washout in washouts_of(library)}
    findings = judgment["findings"] if judgment else ()
    texts = [one["to_patient"] for one in findings if one["action"] in TALK and one["to_patient"]]
    return tuple(text for text in dict.fromkeys(texts) if text not in said)
