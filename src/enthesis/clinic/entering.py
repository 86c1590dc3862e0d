"""Answers entered by staff for a whole wave: from paper, told by phone, or given in the clinic."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace
from enthesis.clinic.answering import Asked, answers_of, asked_of, forget_given, given_so_far
from enthesis.clinic.paper import use_form, window_of
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.questionnaires import questionnaire_of
from enthesis.clinic.survey import left_at, record_survey, wave_called
from enthesis.knowledge import BadInput, Entry
from enthesis.outcomes import Instrument, Tick
from enthesis.registry.models import Course

PAPER, PHONE, CLINIC = "paper", "by phone", "in clinic"
MODES = (PAPER, PHONE, CLINIC)


@dataclass(frozen=True)
class ToEnter:
    """What is left of a wave: the forms, what the patient has answered already, and the days it may be of."""

    wave: str
    title: str
    forms: tuple[Asked, ...]
    entries: Mapping[str, Entry[Instrument]]
    given: Mapping[tuple[str, str], Any]
    window: tuple[date, date] | None


@dataclass(frozen=True)
class Entered:
    """Which forms were recorded, and which stay open."""

    recorded: tuple[str, ...]
    left: tuple[str, ...]


@act
def read_entry(*, by: Actor, course: UUID | str, wave: str) -> ToEnter:
    """What can be entered at a wave. Raises BadInput for an unknown wave."""
    record = course_of(by, course, May.SEE)
    about = wave_called(wave)
    left = left_at(record, wave)
    leave_trace(
        by, "read a survey", clinic=record.clinic, patient=record.patient, about=record.pk, after={"wave": wave}
    )
    return ToEnter(
        wave,
        about.title,
        asked_of(record.clinic_id, record, wave, left),
        {id: questionnaire_of(record.clinic_id, id) for id in left},
        given_so_far(record, wave),
        window_of(record, wave),
    )


@act
def enter_wave(
    *,
    by: Actor,
    course: UUID | str,
    wave: str,
    on: date,
    today: date,
    mode: str,
    given: Mapping[tuple[str, str], Any],
    blanks: bool = False,
    done: bool = False,
    code: str = "",
) -> Entered:
    """Record every form with an answer, by instrument and item. `blanks` says that what is blank was left blank.

    Forms without any answer stay open, unless `done` says that no more is to come. Raises BadInput naming the field.
    """
    record = course_of(by, course, May.REPORT, lock=True)
    if mode not in MODES:
        raise BadInput(f"mode: one of {', '.join(MODES)} was expected")
    _check_day(record, wave, on)
    forms = asked_of(record.clinic_id, record, wave, left_at(record, wave))
    filled = {form.instrument: answers_of(form, given) for form in forms}
    if not any(filled.values()):
        raise BadInput("given: no answer was entered")
    if not blanks and (open_ := _blank(forms, filled)):
        raise BadInput(
            f"blanks: {len(open_)} questions are blank ({_few(open_)}); answer them, or say that they were left"
        )
    ready = [form.instrument for form in forms if filled[form.instrument] or done]
    printed = use_form(record, wave, code) if code else {}
    for id in ready:
        record_survey(
            by=by, course=record.pk, wave=wave, instrument_id=id, on=on, today=today, answers=filled[id], mode=mode,
            printed=printed.get(id),
        )  # fmt: skip
    forget_given(record, wave)
    return Entered(tuple(ready), left_at(record, wave))


def _check_day(course: Course, wave: str, on: date) -> None:
    """A wave is answered within its window, whenever the paper arrives."""
    window = window_of(course, wave)
    if window and not window[0] <= on <= window[1]:
        raise BadInput(
            f"on: {wave_called(wave).title} could be answered from {window[0].isoformat()} to {window[1].isoformat()}"
        )


def _blank(forms: Sequence[Asked], filled: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Questions left out of forms that were begun; unticked sentences, further activities and optional ones are not."""
    return [
        item.text
        for form in forms
        if filled[form.instrument]
        for item in form.items
        if item.id not in filled[form.instrument]
        and not (item.optional or isinstance(item.format, Tick) or (item.named and item.id not in form.words))
    ]


def _few(texts: Iterable[str]) -> str:
    first, *others = texts
    return f"{first!r} first" if others else repr(first)
