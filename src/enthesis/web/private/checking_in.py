"""The weekly question of a private link: on how many days what was agreed was done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from enthesis.clinic.check_in import answer_check_in, asked_by_link
from enthesis.web.walk.week_form import CheckInForm


def check_in(request: HttpRequest, token: str) -> HttpResponse:
    """The form, and thanks after it. Raises LinkSpent for a link that cannot be used."""
    asked = asked_by_link(token)
    form = CheckInForm(request.POST if request.method == "POST" else None, lines=asked.lines)
    done = request.method == "POST" and form.is_valid()
    if done:
        answer_check_in(token=token, days=form.days(), note=form.cleaned_data["note"], today=timezone.localdate())
    context = {"asked": asked, "form": form, "done": done, "simulated": asked.simulated}
    return render(request, "private/check_in.html", context, status=422 if form.errors else 200)
