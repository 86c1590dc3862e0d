"""A week's answer told to staff, by phone or in the clinic: the same question as by the private link."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enthesis.clinic.alongside import Unanswered, read_alongside
from enthesis.clinic.check_in import MODES, record_check_in
from enthesis.clinic.errors import NotFound, OutOfOrder
from enthesis.clinic.permissions import Actor
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.forms import DayInput
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
    found = read_alongside(by=by, course=course)
    asked = next((one for one in found.unanswered if one.key == key), None)
    if asked is None or found.agreed is None:
        raise NotFound("this week was answered already, or is not asked about")
    posted = request.POST if request.method == "POST" else None
    form = CheckInForm(posted, lines=found.agreed.lines)
    heard = HeardForm(posted, asked=asked.on, today=timezone.localdate())
    if posted is not None and all([form.is_valid(), heard.is_valid()]):
        return _kept(request, by, course, asked, form, heard)
    show = page.refused_with if posted is not None else page.show
    return show(request, "week", page.about(by, course), form=form, heard=heard, asked=asked)


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
