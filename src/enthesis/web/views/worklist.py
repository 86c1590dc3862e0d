"""Today's worklist, in one clinic or in all of somebody's, and signing an alert from it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from enthesis.clinic.alerts import sign_alert
from enthesis.clinic.errors import OutOfOrder
from enthesis.clinic.mood import sign_mood
from enthesis.clinic.permissions import Actor
from enthesis.clinic.worklist import read_worklist
from enthesis.knowledge import BadInput
from enthesis.web.forms import blame
from enthesis.web.staff import staff
from enthesis.web.worklists import Answering, SignForm, sections


@require_GET
@staff
def worklist(request: HttpRequest, by: Actor) -> HttpResponse:
    """Who needs somebody today. Whoever sees no record is shown the outcomes of everybody together."""
    if by.works_in and not by.clinics:
        return redirect("outcomes")
    return _page(request, by, None, status=200)


@require_POST
@staff
def sign(request: HttpRequest, by: Actor, alert: UUID) -> HttpResponse:
    """Close an alert of the diary by saying what was done."""
    return _signed(request, by, alert, sign_alert)


@require_POST
@staff
def sign_moods(request: HttpRequest, by: Actor, mood: UUID) -> HttpResponse:
    """Say what was done about answers of worry or low mood."""
    return _signed(request, by, mood, sign_mood)


def _signed(request: HttpRequest, by: Actor, alert: UUID, act: Callable[..., object]) -> HttpResponse:
    form = SignForm(request.POST, alert=alert)
    if form.is_valid():
        try:
            act(by=by, alert=alert, done=form.cleaned_data["done"])
        except OutOfOrder:
            raise
        except BadInput as error:
            blame(form, error)
        else:
            messages.success(request, "The alert is signed.")
            return redirect("worklist")
    return _page(request, by, form, status=422)


def _page(request: HttpRequest, by: Actor, form: SignForm | None, *, status: int) -> HttpResponse:
    asked = request.GET.get("clinic", "")
    clinic = int(asked) if asked.isdecimal() and len(asked) < 10 else None
    work = read_worklist(by=by, on=timezone.localdate(), clinic=clinic)
    shown = sections(work, form, by, timezone.now())
    context = {
        "on": work.on,
        "sections": shown,
        "work": work,
        "answering": Answering(work.responses),
        "form": form,
        "clinic": clinic,
    }
    return render(request, "worklist.html", context, status=status)
