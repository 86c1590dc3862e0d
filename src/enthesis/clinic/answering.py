"""A survey while it is being filled in: each answer is kept at once, and each form recorded when its end was passed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.correcting import current
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.questionnaires import questionnaire_of
from enthesis.clinic.survey import record_survey
from enthesis.knowledge import BadInput
from enthesis.outcomes import Item, Tick
from enthesis.outcomes.items import LONGEST_NAME
from enthesis.registry.models import Course, GivenAnswer, SurveyResponse

CHANGED = "changed by the patient before the survey was sent"
MOST_AT_ONCE = 400  # answers in one message; the longest survey is far shorter


@dataclass(frozen=True)
class Given:
    """One answer and when it was given. `value` is what the item allows; words without a rating wait for the rating."""

    instrument: str
    item: str
    value: Any
    at: datetime


@dataclass(frozen=True)
class Asked:
    """A form as somebody is asked it: which questions, and the words they themselves gave some of them before.

    `same` names, for a question that stands word for word in an earlier form, where it is asked: once is enough.
    """

    instrument: str
    items: tuple[Item, ...]
    words: Mapping[str, str]
    same: Mapping[str, tuple[str, str]]


@act
def keep_answers(
    *, by: Actor, course: UUID | str, wave: str, asked: Sequence[Asked], given: Sequence[Given]
) -> dict[tuple[str, str], Any]:
    """Keep answers, the newer of two to the same question; all that stand now. Raises BadInput for an impossible one."""
    record = course_of(by, course, May.REPORT, lock=True)
    if len(given) > MOST_AT_ONCE:
        raise BadInput(f"given: at most {MOST_AT_ONCE} answers at once were expected")
    for one in given:
        _check(one, asked)
    kept = {(row.instrument, row.item): row for row in _rows(record, wave)}
    fresh = [one for one in given if _is_newer(one, kept.get((one.instrument, one.item)))]
    for one in fresh:
        GivenAnswer.objects.update_or_create(
            clinic_id=record.clinic_id, course=record, wave=wave, instrument=one.instrument, item=one.item,
            defaults={"value": one.value, "at": one.at},
        )  # fmt: skip
    if fresh:
        told = {"wave": wave, "answers": {f"{one.instrument} {one.item}": one.value for one in fresh}}
        leave_trace(by, "kept answers", clinic=record.clinic, patient=record.patient, about=record.pk, after=told)
    return {key: row.value for key, row in kept.items()} | {(one.instrument, one.item): one.value for one in fresh}


@act
def settle(
    *, by: Actor, course: UUID | str, wave: str, asked: Sequence[Asked], passed: Iterable[str], mode: str, today: date
) -> None:
    """Record the forms whose end was passed, and correct those recorded before whose answers have changed since."""
    record = course_of(by, course, May.REPORT, lock=True)
    ended = set(passed)
    if strangers := ended - {form.instrument for form in asked}:
        raise BadInput(f"passed: {sorted(strangers)[0]!r} is not asked here")
    old = {row.instrument: row for row in current(SurveyResponse.objects.filter(course=record, wave=wave))}
    rows = {(row.instrument, row.item): row for row in _rows(record, wave)}
    for form in asked:
        before, these = old.get(form.instrument), _rows_of(form, rows)
        answers = answers_of(form, {key: row.value for key, row in rows.items()})
        if (before is None and form.instrument in ended) or (before and these and before.answers != answers):
            _record(by, record, wave, form.instrument, answers, these, before, mode, today)


def forget_given(course: Course, wave: str) -> None:
    """What was recorded needs no second copy. For use inside an act."""
    GivenAnswer.objects.filter(course=course, wave=wave).delete()


def given_so_far(course: Course, wave: str) -> dict[tuple[str, str], Any]:
    """Every answer kept and not yet sent, by instrument and item."""
    return {(row.instrument, row.item): row.value for row in _rows(course, wave)}


def answers_of(form: Asked, given: Mapping[tuple[str, str], Any]) -> dict[str, Any]:
    """What is scored: words without a rating are no answer, and a rating keeps the words it was given for."""
    places = {item.id: (form.instrument, item.id) for item in form.items} | dict(form.same)
    found = {id: _complete(given.get(place), form.words.get(id, "")) for id, place in places.items()}
    return {id: value for id, value in found.items() if value is not None}


def _rows_of(form: Asked, rows: Mapping[tuple[str, str], GivenAnswer]) -> dict[str, GivenAnswer]:
    """The answers kept to the questions of a form, by its own ids."""
    places = {item.id: (form.instrument, item.id) for item in form.items} | dict(form.same)
    return {id: rows[place] for id, place in places.items() if place in rows}


def not_passed(form: Asked, given: Mapping[tuple[str, str], Any]) -> bool:
    """Was a form of sentences to tick never gone through? Then its blanks are no answers."""
    return any(isinstance(item.format, Tick) and (form.instrument, item.id) not in given for item in form.items)


def _complete(value: Any, words: str) -> Any:
    if not isinstance(value, Mapping):
        return {"text": words, "rating": value} if words and value is not None else value
    text = words or str(value.get("text", "")).strip()
    rating = value.get("rating")
    return {"text": text, "rating": rating} if text and rating is not None else rating


def _rows(course: Course, wave: str) -> list[GivenAnswer]:
    return list(GivenAnswer.objects.filter(course=course, wave=wave))


def _is_newer(one: Given, kept: GivenAnswer | None) -> bool:
    return kept is None or (one.at >= kept.at and one.value != kept.value)


def _check(one: Given, asked: Sequence[Asked]) -> None:
    items = {(form.instrument, item.id): item for form in asked for item in form.items}
    item = items.get((one.instrument, one.item))
    if item is None:
        raise BadInput(f"given: {one.instrument[:40]} {one.item[:40]} is not asked here")
    possible = _words_and_rating(item, one.value) if isinstance(one.value, Mapping) else item.allows(one.value)
    if not possible:
        raise BadInput(f"{one.item}: {item.expected} was expected")


def _words_and_rating(item: Item, value: Mapping[str, Any]) -> bool:
    """Are these the words of a named question with its rating, of which either may still be missing?"""
    text, rating = value.get("text"), value.get("rating")
    fits = (
        isinstance(text, str)
        and len(text) <= LONGEST_NAME
        and text.isprintable()
        and value.keys() == {"text", "rating"}
    )
    return item.named and fits and (rating is None or item.format.allows(rating))


def _record(
    by: Actor, course: Course, wave: str, instrument: str, answers: dict[str, Any], rows: Mapping[str, GivenAnswer],
    before: SurveyResponse | None, mode: str, today: date,
) -> None:  # fmt: skip
    """One form, on the day of its last answer."""
    at = max((row.at for row in rows.values()), default=now())
    record_survey(
        by=by,
        course=course.pk,
        wave=wave,
        instrument_id=instrument,
        on=min(at.date(), today),
        today=today,
        answers=answers,
        mode=mode,
        times={id: row.at.isoformat(timespec="seconds") for id, row in rows.items() if id in answers},
        corrects=before.pk if before else None,
        reason=CHANGED if before else "",
    )


def asked_of(clinic: int, course: Course, wave: str, instruments: Iterable[str]) -> tuple[Asked, ...]:
    """The forms of some instruments for one patient, each question once; activities named before are rated again."""
    found: list[Asked] = []
    places: dict[tuple[str, ...], tuple[str, str]] = {}
    for id in instruments:
        items = questionnaire_of(clinic, id).body.items
        words = _words_before(course, wave, id) if any(item.named for item in items) else {}
        rated = tuple(item for item in items if item.id in words) or items
        same = {item.id: places[_spelled(item)] for item in rated if _spelled(item) in places}
        found.append(Asked(id, tuple(item for item in rated if item.id not in same), words, same))
        places = {_spelled(item): (id, item.id) for item in rated if not item.named} | places
    return tuple(found)


def _spelled(item: Item) -> tuple[str, ...]:
    """Question and answers as they read, by which the same question of two forms is known."""
    return (item.text.casefold(), *(f"{option.value} {option.label.casefold()}" for option in item.options))


def _words_before(course: Course, wave: str, instrument: str) -> dict[str, str]:
    """What the patient named at the first wave at which they named anything."""
    rows = current(SurveyResponse.objects.filter(course=course, instrument=instrument).exclude(wave=wave))
    for row in rows.order_by("on", "recorded_at"):
        named = {id: value["text"] for id, value in row.answers.items() if isinstance(value, Mapping)}
        if named:
            return named
    return {}
