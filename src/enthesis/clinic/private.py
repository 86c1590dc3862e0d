"""What a patient sees and does through a private link."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django_scopes import scope

from enthesis.clinic.acting import now
from enthesis.clinic.correcting import current
from enthesis.clinic.library import advice_chosen
from enthesis.clinic.links import USED, open_link, refusal, spend
from enthesis.clinic.messages.tokens import token_of
from enthesis.clinic.permissions import Actor
from enthesis.clinic.rows import ScorePoint
from enthesis.clinic.survey import left_at, record_survey
from enthesis.outcomes import Score
from enthesis.pathway import FINISHED
from enthesis.registry.models import Message, PatientLink, Session, SurveyResponse

MODE = "private link"
FIRST_SHOWN = "pain-nrs"  # the curve at the end is of the pain, which every wave asks for
WAVE = "wave"  # a link to everything asked at one wave, on any device, until all is answered
SURVEYS = ("survey", WAVE)


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
    instrument: str
    points: tuple[ScorePoint, ...]
    injections: tuple[date, ...]
    also: str = ""  # the token of the same patient's other questions that are open today


def private_form(token: str) -> PrivateForm:
    """The form a link opens; looking does not use it up. Raises LinkSpent."""
    link = open_link(token)
    with scope(clinic=[link.clinic_id]):
        visit, advice = _visit(link), advice_chosen(link.clinic_id)
        left = left_of(link) if link.form in SURVEYS else ()
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
        left=len(left),
    )


@transaction.atomic
def answer_wave_link(*, token: str, answers: Mapping[str, Any], today: date) -> Thanks | None:
    """The next short form of a wave, whole: kept at once; thanks after the last, None while others are left.

    For whoever answers in place of the pages, such as a simulation of many patients. Raises LinkSpent.
    """
    link = open_link(token)
    with scope(clinic=[link.clinic_id]):
        left = left_of(link)
    if not left:
        raise refusal(link, USED)
    by, wave = Actor.of_link(link), link.about["wave"]
    result = record_survey(
        by=by,
        course=link.course_id,
        wave=wave,
        instrument_id=left[0],
        on=today,
        today=today,
        answers=answers,
        mode=MODE,
    )
    if len(left) > 1:
        return None
    spend(link)
    with scope(clinic=[link.clinic_id]):
        return thanks_of(link, result)


def left_of(link: PatientLink) -> tuple[str, ...]:
    """What a link asks and nobody has recorded yet, in order."""
    wave = link.about["wave"]
    if link.form == WAVE:
        return left_at(link.course, wave)
    done = current(SurveyResponse.objects.filter(course=link.course_id, wave=wave, instrument=link.about["instrument"]))
    return () if done.exists() else (link.about["instrument"],)


def thanks_of(link: PatientLink, score: Score) -> Thanks:
    """The patient's own earlier answers; for a whole wave those on pain, which every wave asks for."""
    shown = FIRST_SHOWN if link.form == WAVE else link.about["instrument"]
    return Thanks(score, shown, _points(link, shown), _injections(link), _also(link))


def _also(link: PatientLink) -> str:
    """Where the questions of another course wait for the same patient; a message of today was about one of them only."""
    still = {"due__met_at__isnull": True, "due__dropped": False, "link__used_at__isnull": True}
    others = Message.objects.filter(
        course__patient=link.course.patient_id, link__form=WAVE, link__expires_at__gt=now(), **still
    )
    found = others.exclude(course=link.course_id).exclude(course__stage__in=FINISHED).order_by("-made_at", "pk").first()
    return token_of(found.pk) if found else ""


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
