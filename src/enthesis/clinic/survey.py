"""A survey at a wave: scored from the instrument's own entry; raw answers are kept."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.correcting import current, frame, to_correct
from enthesis.clinic.dues import meet
from enthesis.clinic.errors import OutOfOrder
from enthesis.clinic.library import library
from enthesis.clinic.mood import raise_mood
from enthesis.clinic.moving import check_reported
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.questionnaires import askable, may_ask_any, questionnaire_of, shown_of
from enthesis.knowledge import BadInput, Entry
from enthesis.outcomes import Instrument, Score, instruments, score, score_as_json, without_wording
from enthesis.pathway import Report, Wave, asked_at, conditions, schedules
from enthesis.registry.models import Course, Due, SurveyResponse


@dataclass(frozen=True)
class AskedIn:
    """The version of a form, with the mark of a clinic's own wording, and the language it was asked in."""

    version: str
    language: str


@act
def record_survey(
    *,
    by: Actor,
    course: UUID | str,
    wave: str,
    instrument_id: str,
    on: date,
    today: date,
    answers: Mapping[str, Any],
    mode: str,
    times: Mapping[str, str] | None = None,
    printed: AskedIn | None = None,
    corrects: UUID | str | None = None,
    reason: str = "",
) -> Score:
    """Score one instrument at one wave and keep it. A second answer to the same wave must be a correction.

    `times` says when each question was answered, `printed` what stood on the paper. The wave stays due until everything
    asked at it was answered.
    """
    record = course_of(by, course, May.REPORT, lock=True)
    when = wave_called(wave)
    check_reported(record, Report.BASELINE if when.closes_day <= 0 else Report.SURVEY, on)
    if on > today:
        raise BadInput(f"on: {on.isoformat()} has not come yet")
    old = to_correct(SurveyResponse, corrects, reason)
    done = _answered_with(record, wave, instrument_id, old)
    asked = (shown_of if old else questionnaire_of)(record.clinic_id, instrument_id)
    result = score(asked, answers)
    columns = frame(by.name, record.clinic_id, now(), old, reason)
    before = AskedIn(old.version, old.language) if old else printed
    when_given = dict(times or {}) or _times_kept(old, answers)
    said = _Said(dict(answers), mode, _asked_in(asked, before), when_given, columns)
    kept = _kept(record, wave, on, instrument_id, result, said)
    raise_mood(kept, result)
    if all_answered(record, when, done):
        meet(record, f"wave-{wave}")
    _trace(by, kept, old)
    return result


@dataclass(frozen=True)
class _Said:
    """Raw answers and how they came."""

    answers: dict[str, Any]
    mode: str
    asked_in: AskedIn
    times: dict[str, str]
    columns: Mapping[str, Any]


def _kept(course: Course, wave: str, on: date, instrument_id: str, result: Score, said: _Said) -> SurveyResponse:
    return SurveyResponse.objects.create(
        course=course,
        wave=wave,
        instrument=instrument_id,
        version=said.asked_in.version,
        on=on,
        answers=said.answers,
        score=result.score,
        result=score_as_json(result),
        language=said.asked_in.language,
        mode=said.mode,
        times=said.times,
        **said.columns,
    )


def _asked_in(asked: Entry[Instrument], before: AskedIn | None) -> AskedIn:
    """The wording that was answered, not a newer one brought since; both are scored alike."""
    now_asked = AskedIn(asked.body.version, asked.body.language)
    alike = before and without_wording(before.version) == without_wording(now_asked.version)
    return before if before and alike else now_asked


def _times_kept(old: SurveyResponse | None, answers: Mapping[str, Any]) -> dict[str, str]:
    """When the answers were given that a correction leaves as they were."""
    times = old.times if old else {}
    return {id: at for id, at in times.items() if id in answers and old and old.answers.get(id) == answers[id]}


def _answered_with(course: Course, wave: str, id: str, old: SurveyResponse | None) -> AbstractSet[str]:
    """What is answered at a wave with this answer: once, and after that it is corrected. Raises OutOfOrder."""
    answered = _answered_at(course, wave)
    if old is None and id in answered:
        raise OutOfOrder(f"{id} was answered already at {wave}; correct that answer instead")
    return (answered - {old.instrument} if old else answered) | {id}


def _trace(by: Actor, kept: SurveyResponse, old: SurveyResponse | None) -> None:
    verb, course = "answered a survey" if old is None else "corrected a survey", kept.course
    told = {"wave": kept.wave, **kept.result, "answers": kept.answers}
    leave_trace(
        by,
        verb,
        clinic=course.clinic,
        patient=course.patient,
        about=kept.pk,
        before=old.result if old else None,
        after=told,
    )


@act
def read_questionnaire(
    *, by: Actor, course: UUID | str, instrument_id: str, answered: bool = False
) -> Entry[Instrument]:
    """An instrument as the clinic of a course may ask it, or, `answered`, as it shows what was answered once.

    Raises BadInput where terms or wording are missing.
    """
    record = course_of(by, course, May.SEE)
    return (shown_of if answered else questionnaire_of)(record.clinic_id, instrument_id)


def wave_called(id: str) -> Wave:
    """A wave of the schedules by its id. Raises BadInput naming those there are."""
    waves = {wave.id: wave for entry in schedules(library()) for wave in entry.body.waves}
    if id not in waves:
        raise BadInput(f"wave: there is no wave {id!r}; there are: {', '.join(waves)}")
    return waves[id]


def instruments_at(wave: str, condition: str, clinic: int) -> tuple[str, ...]:
    """The instruments a patient with this condition answers at a wave, as far as the clinic may ask them.

    Raises BadInput for an unknown wave.
    """
    return askable(clinic, every_at(wave, condition))


def every_at(wave: str, condition: str) -> tuple[str, ...]:
    """The same whether or not a clinic may ask it. Raises BadInput for an unknown wave."""
    return _asked_at(wave_called(wave), condition)


def meet_what_is_answered(clinic: int) -> None:
    """Nobody waits for waves of which all that is left may be asked no more. For use inside an act."""
    waiting = Due.objects.filter(clinic=clinic, kind="wave", met_at__isnull=True, dropped=False)
    rows = current(SurveyResponse.objects.filter(clinic=clinic, course__in=waiting.values("course")))
    begun = set(rows.values_list("course", "wave"))
    for due in waiting.select_related("course"):
        wave = due.key.removeprefix("wave-")
        if (due.course_id, wave) in begun and not left_at(due.course, wave):
            meet(due.course, due.key)


def left_at(course: Course, wave: str) -> tuple[str, ...]:
    """What is asked at a wave of a course and nobody has answered yet, in order."""
    return askable(course.clinic_id, _unanswered(course, wave_called(wave), _answered_at(course, wave)))


def all_answered(course: Course, wave: Wave, done: AbstractSet[str]) -> bool:
    """Is nothing more to be asked at a wave once these instruments were answered?"""
    return not may_ask_any(course.clinic_id, _unanswered(course, wave, done))


def _answered_at(course: Course, wave: str) -> AbstractSet[str]:
    rows = current(SurveyResponse.objects.filter(course=course, wave=wave))
    return set(rows.values_list("instrument", flat=True))


def _unanswered(course: Course, wave: Wave, done: AbstractSet[str]) -> list[str]:
    """Everything asked at a wave of the course and not among the instruments done, whether or not the clinic may ask it."""
    return [id for id in _asked_at(wave, course.condition) if id not in done]


@dataclass(frozen=True)
class Asked:
    """One instrument of a wave, and whether it was answered."""

    id: str
    title: str
    answered: bool


@dataclass(frozen=True)
class WaveRow:
    """One wave of a course with its instruments; `is_open` while the plan's window for it is open."""

    id: str
    title: str
    is_open: bool
    instruments: tuple[Asked, ...]

    @property
    def left(self) -> int:
        """How many of its instruments nobody has answered yet."""
        return sum(not asked.answered for asked in self.instruments)


@act
def waves_open(*, by: Actor, course: UUID | str, on: date) -> tuple[WaveRow, ...]:
    """Every wave of a course, with what was answered and what can be answered on a day."""
    record = course_of(by, course, May.SEE)
    answered = set(current(SurveyResponse.objects.filter(course=record)).values_list("wave", "instrument"))
    windows = {
        due.key: (due.opens, due.closes) for due in Due.objects.filter(course=record, kind="wave", dropped=False)
    }
    titles = {entry.id: entry.title for entry in instruments(library())}
    leave_trace(by, "read the surveys", clinic=record.clinic, patient=record.patient, about=record.pk)
    usable = askable(record.clinic_id, titles)
    return tuple(
        WaveRow(
            wave.id,
            wave.title,
            _is_open(
                windows.get(f"wave-{wave.id}"),
                on,
                begun=record.first_injection_on is not None,
                baseline=wave.closes_day <= 0,
            ),
            tuple(
                Asked(id, titles[id], (wave.id, id) in answered)
                for id in _asked_at(wave, record.condition)
                if id in usable
            ),
        )
        for entry in schedules(library())[:1]
        for wave in entry.body.waves
    )


def _asked_at(wave: Wave, condition: str) -> tuple[str, ...]:
    """Everything asked at a wave of people with a condition, whether or not the clinic may ask it."""
    found = {entry.id: entry.body for entry in conditions(library())}
    schedule = next(entry.body for entry in schedules(library()) if wave in entry.body.waves)
    return asked_at(wave, schedule=schedule, condition=found[condition])


def _is_open(window: tuple[date, date] | None, on: date, *, begun: bool, baseline: bool) -> bool:
    """The window of the plan; a baseline can be told before there is a plan, until the first injection."""
    if window is None:
        return baseline and not begun
    return window[0] <= on <= window[1]
