"""The coordinator's week ahead: whose washout is not yet met."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from enthesis.clinic.permissions import Actor
from enthesis.clinic.washouts import LONGEST, read_washouts
from enthesis.web.staff import staff

WEEK = 7


class AheadForm(forms.Form):
    """How many days ahead."""

    days = forms.IntegerField(
        label="Days ahead",
        min_value=1,
        max_value=LONGEST,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"A number from 1 to {LONGEST} was expected."
        ),
    )


@require_GET
@staff
def washouts(request: HttpRequest, by: Actor) -> HttpResponse:
    """Every visit of the days ahead with its washouts, what is not met first."""
    form, today = AheadForm(request.GET or None, initial={"days": WEEK}), timezone.localdate()
    good = form.is_valid()
    days = (form.cleaned_data["days"] or WEEK) if good else WEEK
    rows = read_washouts(by=by, today=today, days=days)
    context = {
        "form": form,
        "today": today,
        "days": days,
        "open": [row for row in rows if not row.met],
        "met": [row for row in rows if row.met],
    }
    return render(request, "washouts.html", context, status=422 if form.errors else 200)
