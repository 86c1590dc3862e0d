"""Go on, stop, close or withdraw."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enthesis.clinic.courses import DECISIONS, decide_course
from enthesis.clinic.permissions import Actor
from enthesis.pathway import Stage, moves_from
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.forms import DecideForm

WORDS = {
    "go-on": "Go on to another session",
    "stop": "Stop treating and follow up",
    "break-off": "Break this visit off without an injection",
    "close": "Close the course",
    "withdraw": "The patient withdraws",
}


@require_http_methods(["GET", "POST"])
@staff
def decide(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """Only what the stage allows is offered."""
    about = page.about(by, course)
    allowed = moves_from(Stage(about.course.stage))
    choices = [(name, WORDS[name]) for name, move in DECISIONS.items() if move in allowed]
    form = DecideForm(request.POST or None, choices=choices, initial={"on": timezone.localdate()})

    def act() -> HttpResponse:
        given = form.cleaned_data
        decide_course(by=by, course=course, decided=given["decided"], on=given["on"], why=given["why"])
        return redirect("walk:course", course=course)

    return page.answer(request, "decide", about, form, act, choices=choices)
