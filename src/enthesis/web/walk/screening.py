"""Asking the questions, and the judgment with its reasons."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.rejudge import rejudge
from enthesis.clinic.screen import decide_screening, screen_course
from enthesis.knowledge import parse_site
from enthesis.screening import questions_for, rules
from enthesis.web.language import code_of
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.findings import findings_of, questions_left
from enthesis.web.walk.forms import DecideScreeningForm
from enthesis.web.walk.on_record import on_record
from enthesis.web.walk.question_form import ScreenForm


@require_http_methods(["GET", "POST"])
@staff
def ask(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """The questions that matter for this site and person."""
    about = page.about(by, course)
    asked = questions_for(rules(library()), parse_site(about.course.site, library()), sex=about.sex)
    form = ScreenForm(request.POST or None, questions=asked, today=timezone.localdate())

    def act() -> HttpResponse:
        screen_course(by=by, course=course, **form.arguments())
        return redirect("walk:screening", course=course)

    return page.answer(request, "screen", about, form, act, spoken=code_of(about.language), on_record=on_record(about))


@require_http_methods(["GET", "POST"])
@staff
def show(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """The latest judgment; where it asks, a clinician decides here."""
    about = page.about(by, course)
    judged = about.course.screening
    if judged is None:
        return redirect("walk:screen", course=course)
    form = DecideScreeningForm(request.POST or None)

    def act() -> HttpResponse:
        decide_screening(
            by=by, course=course, go_ahead=form.cleaned_data["go_ahead"] == "yes", because=form.cleaned_data["because"]
        )
        return redirect("walk:course", course=course)

    may_decide = any(by.can(May.DECIDE, clinic) for clinic in by.clinics)
    return page.answer(
        request,
        "screening",
        about,
        form,
        act,
        judged=judged,
        findings=findings_of(judged),
        questions=questions_left(judged),
        may_decide=may_decide,
        again=rejudge(by=by, screening=judged["id"]),
    )
