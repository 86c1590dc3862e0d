"""A survey by a private link: looked at, answered question by question on any device, and sent once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django_scopes import scope

from enthesis.clinic.answering import (
    Asked,
    Given,
    answers_of,
    asked_of,
    forget_given,
    given_so_far,
    keep_answers,
    not_passed,
    settle,
)
from enthesis.clinic.links import OVER, USED, moment_told, open_link, refusal, spend, still_asked
from enthesis.clinic.permissions import Actor
from enthesis.clinic.private import MODE, WAVE, Thanks, left_of, thanks_of
from enthesis.clinic.questionnaires import askable, questionnaire_of
from enthesis.clinic.survey import every_at, instruments_at
from enthesis.knowledge import BadInput, Entry
from enthesis.outcomes import Instrument, Score, score
from enthesis.registry.models import PatientLink


@dataclass(frozen=True)
class Survey:
    """What a page of questions needs: the forms, what was answered so far, and no more of the patient than their own words."""

    forms: tuple[Asked, ...]
    entries: Mapping[str, Entry[Instrument]]
    given: Mapping[tuple[str, str], Any]


@dataclass(frozen=True)
class Told:
    """An answer as a device sends it: its value, and how many seconds ago it was given by that device's own clock."""

    instrument: str
    item: str
    value: Any
    seconds_ago: float = 0


def survey_of(token: str) -> Survey:
    """The survey of a link; looking does not use it up. Raises LinkSpent."""
    link = open_link(token)
    with scope(clinic=[link.clinic_id]):
        return _survey(link)


@transaction.atomic
def keep_by_link(*, token: str, told: Sequence[Told], passed: Sequence[str], today: date) -> None:
    """Keep answers at once, and record the forms whose end was passed. Raises LinkSpent, BadInput."""
    link = open_link(token)
    _keep(link, told, passed, today)


@transaction.atomic
def finish_by_link(*, token: str, told: Sequence[Told], today: date) -> Thanks:
    """Record everything and use the link up. Raises LinkSpent, and BadInput where nothing was answered."""
    link = open_link(token)
    with scope(clinic=[link.clinic_id]):
        forms = _survey(link).forms
    given = _keep(link, told, [form.instrument for form in forms], today)
    if not given or any(not_passed(form, given) for form in forms):
        raise BadInput("given: answer the questions first")
    spend(link)
    with scope(clinic=[link.clinic_id]):
        forget_given(link.course, link.about["wave"])
        return thanks_of(link, _last(link, forms, given))


def _keep(link: PatientLink, told: Sequence[Told], passed: Sequence[str], today: date) -> Mapping[tuple[str, str], Any]:
    by, wave = Actor.of_link(link), link.about["wave"]
    with scope(clinic=[link.clinic_id]):
        forms = _survey(link).forms
    over = _over(link, forms)
    still = [_given(link, one) for one in told if one.instrument not in over]
    given = keep_answers(by=by, course=link.course_id, wave=wave, asked=forms, given=still)
    early = {form.instrument for form in forms if not given or not_passed(form, given)}
    ended = [id for id in passed if id not in early | over]
    settle(by=by, course=link.course_id, wave=wave, asked=forms, passed=ended, mode=MODE, today=today)
    return given


def _over(link: PatientLink, forms: Sequence[Asked]) -> set[str]:
    """The forms a device may still send answers of and that are asked no more: staff entered them meanwhile, or their
    pack was turned off. They take none of the other answers with them.
    """
    every = every_at(link.about["wave"], link.course.condition) if link.form == WAVE else (link.about["instrument"],)
    return set(every) - {form.instrument for form in forms}


def _given(link: PatientLink, told: Told) -> Given:
    return Given(told.instrument, told.item, told.value, moment_told(link, told.seconds_ago))


def _survey(link: PatientLink) -> Survey:
    """What is left, and what this survey has recorded already and may still be changed."""
    still_asked(link)
    wave, given = link.about["wave"], given_so_far(link.course, link.about["wave"])
    every = (
        instruments_at(wave, link.course.condition, link.clinic_id)
        if link.form == WAVE
        else askable(link.clinic_id, (link.about["instrument"],))
    )
    if not every:
        raise refusal(link, OVER)
    open_ = set(left_of(link)) | {instrument for instrument, _ in given}
    ids = [id for id in every if id in open_]
    if not ids:
        raise refusal(link, USED)
    forms = asked_of(link.clinic_id, link.course, wave, ids)
    return Survey(forms, {id: questionnaire_of(link.clinic_id, id) for id in ids}, given)


def _last(link: PatientLink, forms: Sequence[Asked], given: Mapping[tuple[str, str], Any]) -> Score:
    """The score told at the end: of the first form, which for a whole wave is pain."""
    first = forms[0]
    return score(questionnaire_of(link.clinic_id, first.instrument), answers_of(first, given))
