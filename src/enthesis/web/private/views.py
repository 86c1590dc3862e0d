"""A patient's form: shown by a link, answered once, judged at once."""

from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enthesis.clinic.estimate import FORM as ESTIMATE
from enthesis.clinic.library import library
from enthesis.clinic.prepare import FORM as PREPARATION
from enthesis.clinic.private import (
    FIRST_SHOWN,
    WAVE,
    PrivateForm,
    Thanks,
    answer_diary_link,
    answer_survey_link,
    answer_wave_link,
    private_form,
)
from enthesis.knowledge import BadInput, parse_site
from enthesis.outcomes import Curve, Point, curve, instrument
from enthesis.recovery import Urgency, days_after, diary_questions, expected_on, warning_signs_at
from enthesis.web.forms import blame
from enthesis.web.language import speaking
from enthesis.web.private import cost, preparation
from enthesis.web.walk.report_forms import DiaryForm, SurveyForm


@require_http_methods(["GET", "HEAD", "POST"])  # whoever previews a link asks by HEAD
def form(request: HttpRequest, token: str) -> HttpResponse:
    """The diary, the survey or the preparation sheet of a link. Raises LinkSpent for one that cannot be used."""
    asked, today = private_form(token), timezone.localdate()
    with speaking(request, asked.language):
        if asked.form == PREPARATION:
            return preparation.sheet(request, token)
        if asked.form == ESTIMATE:
            return cost.sheet(request, token)
        return _asked(request, token, asked, today)


def _asked(request: HttpRequest, token: str, asked: PrivateForm, today: date) -> HttpResponse:
    """The form, or what came of it."""
    shown = _form(request, asked, today)
    if request.method == "POST" and shown.is_valid():
        try:
            return _answered(request, token, asked, shown, today)
        except BadInput as error:
            blame(shown, error)
    return render(
        request,
        "private/survey.html" if asked.form == WAVE else f"private/{asked.form}.html",
        _context(asked, today) | {"form": shown},
        status=422 if request.method == "POST" else 200,
    )


def _form(request: HttpRequest, asked: PrivateForm, today: date) -> DiaryForm | SurveyForm:
    posted = request.POST if request.method == "POST" else None
    if asked.form == "diary":
        return DiaryForm(
            posted,
            questions=diary_questions(
                site=parse_site(asked.site, library()), day=_day(asked, today), library=library()
            ),
        )
    return SurveyForm(posted, instrument=instrument(library(), asked.instrument))


def _answered(request: HttpRequest, token: str, asked: PrivateForm, shown: forms.Form, today: date) -> HttpResponse:
    if isinstance(shown, DiaryForm):
        watch = answer_diary_link(token=token, answers=shown.answers(), today=today)
        grave = watch.urgency in (Urgency.CALL_TODAY, Urgency.EMERGENCY_NOW)
        return render(
            request,
            "private/judged.html",
            _context(asked, today)
            | {"watch": watch, "grave": grave, "emergency": watch.urgency is Urgency.EMERGENCY_NOW},
        )
    if not isinstance(shown, SurveyForm):
        raise TypeError("a link opens a diary or a survey")
    answer = answer_wave_link if asked.form == WAVE else answer_survey_link
    thanks = answer(token=token, answers=shown.answers(), today=today)
    if thanks is None:
        return redirect("private:form", token=token)  # the next short form of the wave
    return render(
        request, "private/thanks.html", _context(asked, today) | {"thanks": thanks, "curve": _own_curve(asked, thanks)}
    )


def _context(asked: PrivateForm, today: date) -> dict[str, object]:
    """Red-flag advice is on every page of the diary, whatever was answered."""
    site = parse_site(asked.site, library())
    context: dict[str, object] = {"asked": asked, "site": site, "simulated": asked.simulated}
    if asked.form in ("survey", WAVE):
        return context | {"instrument": instrument(library(), asked.instrument)}
    signs = [
        entry for entry in warning_signs_at(site, library=library()) if entry.body.urgency is Urgency.EMERGENCY_NOW
    ]
    return context | {
        "signs": signs,
        "day": _day(asked, today),
        "days": days_after(site=site, library=library(), choices=asked.advice),
        "expected": expected_on(site=site, day=_day(asked, today), library=library(), choices=asked.advice),
    }


def _own_curve(asked: PrivateForm, thanks: Thanks) -> Curve:
    points = [Point(point.on, point.score, point.wave.replace("-", " ")) for point in thanks.points]
    shown = FIRST_SHOWN if asked.form == WAVE else asked.instrument
    return curve(points=points, injections=thanks.injections, instrument=instrument(library(), shown))


def _day(asked: PrivateForm, today: date) -> int:
    """Days since the session of the link; 0 on the day itself."""
    return max(0, (today - asked.session_on).days) if asked.session_on else 0
