"""What a patient sees and does through a private link."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django_scopes import scope

from enthesis.clinic.correcting import current
from enthesis.clinic.diary import record_diary
from enthesis.clinic.errors import LinkSpent
from enthesis.clinic.library import advice_chosen
from enthesis.clinic.links import USED, open_link, spend
from enthesis.clinic.permissions import Actor
from enthesis.clinic.rows import ScorePoint
from enthesis.clinic.survey import instruments_at, record_survey
from enthesis.outcomes import Score
from enthesis.recovery import Watch
from enthesis.registry.models import PatientLink, Session, SurveyResponse

MODE = "private link"
FIRST_SHOWN = "pain-nrs"  # the curve at the end is of the pain, which every wave asks for
WAVE = "wave"  # a link to everything asked at one wave, form after form, on any device, until all is answered


@dataclass(frozen=True)
class PrivateForm:
    """What the page of a link needs, and no more: no name, no chart, no way to anything else."""

    form: str
    clinic: str
    clinic_phone: str
    simulated: bool
    site: str
    session_on: date | None
    wave: str
    instrument: str
    advice: Mapping[str, str]
    language: str
    left: int = 0  # of a wave: how many short forms are still to be answered, this one included


@dataclass(frozen=True)
class Thanks:
    """What a patient gets for a survey: the score, and their own earlier ones."""

    score: Score
    points: tuple[ScorePoint, ...]
    injections: tuple[date, ...]


def private_form(token: str) -> PrivateForm:
    """The form a link opens; looking does not use it up. Raises LinkSpent."""
    link = open_link(token)
    with scope(clinic=[link.clinic_id]):
        visit, advice = _visit(link), advice_chosen(link.clinic_id)
        left = left_of_wave(link) if link.form == WAVE else ()
    return PrivateForm(
        link.form,
        link.clinic.name,
        link.clinic.phone,
        link.clinic.simulated,
        link.course.site,
        visit.on if visit else None,
        link.about.get("wave", ""),
        left[0] if left else link.about.get("instrument", ""),
        advice,
        link.course.patient.language,
        len(left),
    )


@transaction.atomic
def answer_diary_link(*, token: str, answers: Mapping[str, Any], today: date) -> Watch:
    """Today's diary through a link: kept, judged, and the link used up. Raises LinkSpent."""
    link = open_link(token)
    watch = record_diary(
        by=Actor.of_link(link), session=link.about["session"], on=today, today=today, answers=answers, mode=MODE
    )
    spend(link)
    return watch


@transaction.atomic
def answer_survey_link(*, token: str, answers: Mapping[str, Any], today: date, language: str = "en") -> Thanks:
    """One instrument through a link: kept, scored, and the link used up. Raises LinkSpent."""
    link = open_link(token)
    asked = link.about["instrument"]
    result = record_survey(
        by=Actor.of_link(link),
        course=link.course_id,
        wave=link.about["wave"],
        instrument_id=asked,
        on=today,
        today=today,
        answers=answers,
        mode=MODE,
        language=language,
    )
    spend(link)
    with scope(clinic=[link.clinic_id]):
        return Thanks(result, _points(link, asked), _injections(link))


@transaction.atomic
def answer_wave_link(*, token: str, answers: Mapping[str, Any], today: date, language: str = "en") -> Thanks | None:
    """The next short form of a wave: kept at once; thanks after the last, None while others are left. Raises LinkSpent."""
    link = open_link(token)
    with scope(clinic=[link.clinic_id]):
        left = left_of_wave(link)
    if not left:
        raise LinkSpent(USED)
    result = record_survey(
        by=Actor.of_link(link),
        course=link.course_id,
        wave=link.about["wave"],
        instrument_id=left[0],
        on=today,
        today=today,
        answers=answers,
        mode=MODE,
        language=language,
        whole_wave=len(left) == 1,
    )
    if len(left) > 1:
        return None
    spend(link)
    with scope(clinic=[link.clinic_id]):
        return Thanks(result, _points(link, FIRST_SHOWN), _injections(link))


def left_of_wave(link: PatientLink) -> tuple[str, ...]:
    """The instruments of the link's wave that nobody has answered yet, in their order."""
    wave = link.about["wave"]
    done = set(
        current(SurveyResponse.objects.filter(course_id=link.course_id, wave=wave)).values_list("instrument", flat=True)
    )
    return tuple(id for id in instruments_at(wave, link.course.condition) if id not in done)


def _injections(link: PatientLink) -> tuple[date, ...]:
    return tuple(Session.objects.filter(course_id=link.course_id).values_list("on", flat=True))


def _visit(link: PatientLink) -> Session | None:
    return (
        Session.objects.filter(pk=link.about["session"], course_id=link.course_id).first()
        if "session" in link.about
        else None
    )


def _points(link: PatientLink, instrument: str) -> tuple[ScorePoint, ...]:
    rows = SurveyResponse.objects.filter(
        course_id=link.course_id, instrument=instrument, score__isnull=False, corrected_by__isnull=True
    )
    return tuple(ScorePoint(row.instrument, row.wave, row.on, float(row.score or 0)) for row in rows.order_by("on"))
