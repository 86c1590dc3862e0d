"""A week's answer told to staff, by phone or in the clinic: the same question as by the private link, in the patient's language."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from enthesis.clinic.alongside import Unanswered, read_alongside
from enthesis.clinic.check_in import MODES, correct_check_in, record_check_in
from enthesis.clinic.course_page import CoursePage
from enthesis.clinic.errors import NotFound, OutOfOrder
from enthesis.clinic.permissions import Actor
from enthesis.web.language import code_of
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.forms import DayInput
from enthesis.web.walk.session_forms import Reason
from enthesis.web.walk.week_form import CheckInForm


class HeardForm(forms.Form):
    """How and when it was told."""

    mode = forms.ChoiceField(
        label="How it was told", choices=[(mode, mode.capitalize()) for mode in MODES], widget=forms.RadioSelect
    )
    on = forms.DateField(label="Day it was told", widget=DayInput)

    def __init__(self, *args: Any, asked: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **({"initial": {"mode": MODES[0], "on": today}} | kwargs))
        self.asked, self.today = asked, today

    def clean_on(self) -> date:
        """Between the day the week was asked about and today."""
        on: date = self.cleaned_data["on"]
        if not self.asked <= on <= self.today:
            raise forms.ValidationError(f"A day from {self.asked:%d %B %Y} to today was expected.")
        return on


@require_http_methods(["GET", "POST"])
@staff
def week(request: HttpRequest, by: Actor, course: UUID, key: str) -> HttpResponse:
    """Ask about one week, and keep what was said. Raises NotFound for a week that is not asked about."""
    found, about = read_alongside(by=by, course=course), page.about(by, course)
    asked = next((one for one in found.unanswered if one.key == key), None)
    if asked is None or found.agreed is None:
        raise NotFound("this week was answered already, or is not asked about")
    posted = request.POST if request.method == "POST" else None
    form = _spoken(about, posted, found.agreed.lines)
    heard = HeardForm(posted, asked=asked.on, today=timezone.localdate())
    if posted is not None and all([form.is_valid(), heard.is_valid()]):
        return _kept(request, by, course, asked, form, heard)
    show = page.refused_with if posted is not None else page.show
    return show(request, "week", about, form=form, heard=heard, asked=asked, speaks=code_of(about.language))


@require_http_methods(["GET", "POST"])
@staff
def correct(request: HttpRequest, by: Actor, course: UUID, answer: UUID) -> HttpResponse:
    """Another answer in place of one on record. Raises NotFound for a record that is not, or no longer, this course's."""
    about, weeks = page.about(by, course), read_alongside(by=by, course=course).weeks
    old = next((one for one in weeks if one.id == answer), None)
    if old is None:
        raise NotFound("there is no such weekly answer in this course that still stands")
    posted = request.POST if request.method == "POST" else None
    form, reason = _spoken(about, posted, old.lines, initial={**old.days, "note": old.note}), Reason(posted)
    if posted is not None and all([form.is_valid(), reason.is_valid()]):
        correct_check_in(
            by=by, course=course, corrects=answer, days=form.days(), note=form.cleaned_data["note"],
            reason=reason.cleaned_data["reason"],
        )  # fmt: skip
        messages.success(request, "The week is corrected. The answer before it stays on record.")
        return redirect("walk:beside", course=course)
    show = page.refused_with if posted is not None else page.show
    return show(request, "week", about, form=form, heard=reason, old=old, speaks=code_of(about.language))


def _spoken(about: CoursePage, posted: Any, lines: Any, **more: Any) -> CheckInForm:
    """The questions in the patient's language: they are read aloud."""
    with translation.override(code_of(about.language)):
        return CheckInForm(posted, lines=lines, **more)


def _kept(
    request: HttpRequest, by: Actor, course: UUID, asked: Unanswered, form: CheckInForm, heard: HeardForm
) -> HttpResponse:
    try:
        record_check_in(
            by=by, course=course, key=asked.key, days=form.days(), note=form.cleaned_data["note"], **heard.cleaned_data
        )
    except OutOfOrder:  # somebody was faster, perhaps the patient
        messages.error(request, "This week was answered in the meantime.")
    else:
        messages.success(request, "The week is kept.")
    return redirect("walk:beside", course=course)
