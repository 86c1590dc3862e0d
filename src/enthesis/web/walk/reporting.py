"""Diary days and surveys entered by staff: told by phone, or filled in at the clinic."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from enthesis.clinic.diary import record_diary
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor
from enthesis.clinic.survey import read_questionnaire, record_survey, waves_open
from enthesis.knowledge import parse_site
from enthesis.recovery import diary_questions
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.forms import DayInput
from enthesis.web.walk.report_forms import DiaryForm, SurveyForm
from enthesis.web.walk.treating import visit_of

TOLD = [("by phone", "By phone"), ("in clinic", "In the clinic")]


class OnBehalf(forms.Form):
    """For which day, and how the answers were told."""

    on = forms.DateField(label="Day the answers are about", widget=DayInput)
    mode = forms.ChoiceField(label="How they were told", choices=TOLD, widget=forms.RadioSelect, initial="by phone")


@require_http_methods(["GET", "POST"])
@staff
def diary(request: HttpRequest, by: Actor, course: UUID, session: UUID) -> HttpResponse:
    """A diary day told to staff."""
    about, today = page.about(by, course), timezone.localdate()
    visit = visit_of(about, session)
    questions = diary_questions(
        site=parse_site(about.course.site, library()),
        day=_day(request.POST.get("on", ""), visit, today),
        library=library(),
    )
    form, told = (
        DiaryForm(request.POST or None, questions=questions),
        OnBehalf(request.POST or None, initial={"on": today}),
    )

    def act() -> HttpResponse:
        if not told.is_valid():
            return page.refused_with(request, "diary", about, form=form, told=told, visit=visit)
        record_diary(by=by, session=session, today=today, answers=form.answers(), **told.cleaned_data)
        return redirect("walk:session", course=course, session=session)

    return page.answer(request, "diary", about, form, act, told=told, visit=visit)


@require_GET
@staff
def choose(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """Which survey: every wave and instrument of the course, with what was answered."""
    about = page.about(by, course)
    return page.show(request, "surveys", about, waves=waves_open(by=by, course=course, on=timezone.localdate()))


@require_http_methods(["GET", "POST"])
@staff
def survey(request: HttpRequest, by: Actor, course: UUID, wave: str, instrument: str) -> HttpResponse:
    """One instrument at one wave, told to staff."""
    about, today = page.about(by, course), timezone.localdate()
    asked = read_questionnaire(by=by, course=course, instrument_id=instrument)
    form, told = (
        SurveyForm(request.POST or None, instrument=asked),
        OnBehalf(request.POST or None, initial={"on": today}),
    )

    def act() -> HttpResponse:
        if not told.is_valid():
            return page.refused_with(request, "survey", about, form=form, told=told, instrument=asked, wave=wave)
        record_survey(
            by=by,
            course=course,
            wave=wave,
            instrument_id=instrument,
            today=today,
            answers=form.answers(),
            **told.cleaned_data,
        )
        return redirect("walk:surveys", course=course)

    return page.answer(request, "survey", about, form, act, told=told, instrument=asked, wave=wave)


def _day(written: str, visit: Any, today: date) -> int:
    """The day after the session that decides which questions are asked; a strange one is left to the act to refuse."""
    try:
        on = date.fromisoformat(written)
    except ValueError:
        on = today
    return max(0, (on - visit["on"]).days)
