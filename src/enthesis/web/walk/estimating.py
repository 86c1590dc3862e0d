"""The written estimate: made here, shown and printed in the patient's language, and given by a private link."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enthesis.clinic.errors import NotFound
from enthesis.clinic.estimate import diagnoses, link_to_estimate, make_estimate, read_estimates
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor
from enthesis.pathway import protocols
from enthesis.web.language import spoken
from enthesis.web.sheets import code_of
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.forms import DayInput

VALID = timedelta(days=90)  # a suggestion; the clinic states the day


class EstimateForm(forms.Form):
    """How many sessions, until when it holds, and which code of the condition."""

    sessions = forms.IntegerField(label="Sessions expected", min_value=1, max_value=60)
    valid_until = forms.DateField(label="Valid until", widget=DayInput)
    diagnosis = forms.ChoiceField(label="Code of the condition (ICD-10-CM)", required=False)

    def __init__(self, *args: Any, condition: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [(one.code, f"{one.code} {one.title}") for one in diagnoses(condition)]
        field = self.fields["diagnosis"]
        field.choices = [("", "Not stated"), *codes]  # type: ignore[attr-defined]  # a field of choices, as declared


@require_http_methods(["GET", "POST"])
@staff
def estimates(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """Every estimate of a course, and a form for the next one."""
    about, today = page.about(by, course), timezone.localdate()
    protocol = next((entry.body for entry in protocols(library()) if entry.id == about.course.protocol), None)
    usual = protocol.sessions.usual if protocol else 1
    form = EstimateForm(
        request.POST or None,
        condition=about.course.condition,
        initial={"sessions": usual, "valid_until": today + VALID},
    )

    def act() -> HttpResponse:
        made = make_estimate(by=by, course=course, on=today, **form.cleaned_data)
        return redirect("walk:estimate", course=course, number=made.number)

    return page.answer(request, "estimates", about, form, act, made=read_estimates(by=by, course=course))


@require_http_methods(["GET", "POST"])
@staff
def estimate(request: HttpRequest, by: Actor, course: UUID, number: int) -> HttpResponse:
    """One estimate, to print; asking for a link shows it with the link on it, once."""
    about = page.about(by, course)
    found = next((one for one in read_estimates(by=by, course=course) if one.number == number), None)
    if found is None:
        raise NotFound("there is no such estimate")
    shown: dict[str, Any] = {"sheet": found, "spoken": spoken(request, found.language)}
    if request.method == "POST":
        made = link_to_estimate(by=by, course=course, number=number)
        address = request.build_absolute_uri(reverse("private:form", kwargs={"token": made.token}))
        shown |= {"address": address, "code": code_of(address), "expires_at": made.expires_at}
    return page.show(request, "estimate", about, **shown)
