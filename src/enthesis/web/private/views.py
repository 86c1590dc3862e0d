"""A patient's form: shown by a link, answered once, judged at once."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enthesis.clinic.aid import FORM as AID
from enthesis.clinic.check_in import FORM as CHECK_IN
from enthesis.clinic.estimate import FORM as ESTIMATE
from enthesis.clinic.library import library
from enthesis.clinic.prepare import FORM as PREPARATION
from enthesis.clinic.private import SURVEYS, PrivateForm, answer_diary_link, private_form
from enthesis.knowledge import BadInput, parse_site
from enthesis.recovery import Urgency, days_after, diary_questions, expected_on, warning_signs_at
from enthesis.web.forms import blame
from enthesis.web.language import speaking
from enthesis.web.private import answering, checking_in, cost, deciding, preparation
from enthesis.web.walk.report_forms import DiaryForm


@require_http_methods(["GET", "HEAD", "POST"])  # whoever previews a link asks by HEAD
def form(request: HttpRequest, token: str) -> HttpResponse:
    """The diary, the survey or the preparation sheet of a link. Raises LinkSpent for one that cannot be used."""
    asked, today = private_form(token), timezone.localdate()
    with speaking(request, asked.language) as language:
        if asked.form == AID:
            return deciding.page(request, token, language)
        if asked.form == PREPARATION:
            return preparation.sheet(request, token)
        if asked.form == CHECK_IN:
            return checking_in.check_in(request, token)
        if asked.form == ESTIMATE:
            return cost.sheet(request, token)
        if asked.form in SURVEYS:
            return answering.survey(request, token, asked)
        return _asked(request, token, asked, today)


def _asked(request: HttpRequest, token: str, asked: PrivateForm, today: date) -> HttpResponse:
    """The diary of a day, or what came of it."""
    shown = _form(request, asked, today)
    if request.method == "POST" and shown.is_valid():
        try:
            return _answered(request, token, asked, shown, today)
        except BadInput as error:
            blame(shown, error)
    status = 422 if request.method == "POST" else 200
    return render(request, "private/diary.html", _context(asked, today) | {"form": shown}, status=status)


def _form(request: HttpRequest, asked: PrivateForm, today: date) -> DiaryForm:
    site, day = parse_site(asked.site, library()), _day(asked, today)
    return DiaryForm(
        request.POST if request.method == "POST" else None,
        questions=diary_questions(site=site, day=day, library=library()),
    )


def _answered(request: HttpRequest, token: str, asked: PrivateForm, shown: DiaryForm, today: date) -> HttpResponse:
    watch = answer_diary_link(token=token, answers=shown.answers(), today=today)
    grave = watch.urgency in (Urgency.CALL_TODAY, Urgency.EMERGENCY_NOW)
    told = {"watch": watch, "grave": grave, "emergency": watch.urgency is Urgency.EMERGENCY_NOW}
    return render(request, "private/judged.html", _context(asked, today) | told)


def _context(asked: PrivateForm, today: date) -> dict[str, object]:
    """Red-flag advice is on every page of the diary, whatever was answered."""
    site = parse_site(asked.site, library())
    context: dict[str, object] = {"asked": asked, "site": site, "simulated": asked.simulated}
    signs = [
        entry for entry in warning_signs_at(site, library=library()) if entry.body.urgency is Urgency.EMERGENCY_NOW
    ]
    return context | {
        "signs": signs,
        "day": _day(asked, today),
        "days": days_after(site=site, library=library(), choices=asked.advice),
        "expected": expected_on(site=site, day=_day(asked, today), library=library(), choices=asked.advice),
    }


def _day(asked: PrivateForm, today: date) -> int:
    """Days since the session of the link; 0 on the day itself."""
    return max(0, (today - asked.session_on).days) if asked.session_on else 0
