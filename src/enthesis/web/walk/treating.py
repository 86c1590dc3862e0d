"""The session's four steps and the time-out, one short page each; every page has the emergency cards one tap away."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enthesis.clinic import treat
from enthesis.clinic.course_page import CoursePage
from enthesis.clinic.errors import NotFound
from enthesis.clinic.permissions import Actor
from enthesis.clinic.time_out import time_out as hold_time_out
from enthesis.clinic.time_out_page import read_time_out
from enthesis.web.bodymap import asks_for_view, drawn, unjudged
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.cards import cards
from enthesis.web.walk.findings import questions_to_confirm
from enthesis.web.walk.placements import given, marked_at_first, marked_sites, targets
from enthesis.web.walk.session_forms import ROWS, AnaesthetiseForm, AssessForm, ObserveForm, injection_forms
from enthesis.web.walk.time_out_form import TimeOutForm


def weight_on_record(about: CoursePage, session: UUID | None = None) -> str:
    """The weight that doses are counted for: of the time-out, else of the recipe; empty when nobody weighed."""
    if session is not None:
        checked = [step for step in visit_of(about, session)["steps"] if step["step"] == "time-out"]
        if checked:
            return str(checked[0]["details"]["weight_kg"])
    weight = about.course.recipe["weight_kg"] if about.course.recipe else None
    return "" if weight is None else str(weight)


@require_http_methods(["GET", "POST"])
@staff
def assess(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """Step 1."""
    about = page.about(by, course)
    initial = {"on": timezone.localdate(), "marked": marked_at_first(about.course)}
    offered = targets(about.course.site)
    form = AssessForm(request.POST or None, sites=offered, initial=initial)
    more = {"title": "Assess and mark", "number": 1, "to_confirm": questions_to_confirm(about.course.screening)}
    more |= {"cards": cards(weight_on_record(about)), **drawn(form["marked"], offered, request.POST)}
    if asks_for_view(request.POST):
        return page.show(request, "step", about, form=unjudged(form, request.POST), **more)

    def act() -> HttpResponse:
        details = dict(form.cleaned_data)
        session = treat.assess(by=by, course=course, on=details.pop("on"), details=details).pk
        return redirect("walk:time-out", course=course, session=session)

    return page.answer(request, "step", about, form, act, **more)


@require_http_methods(["GET", "POST"])
@staff
def time_out(request: HttpRequest, by: Actor, course: UUID, session: UUID) -> HttpResponse:
    """Before the first needle."""
    about = page.about(by, course)
    visit_of(about, session)
    form = TimeOutForm(request.POST or None, about=read_time_out(by=by, session=session))

    def act() -> HttpResponse:
        hold_time_out(by=by, session=session, details=form.details())
        return redirect("walk:anaesthetise", course=course, session=session)

    return page.answer(request, "time_out", about, form, act, cards=cards(weight_on_record(about, session)))


@require_http_methods(["GET", "POST"])
@staff
def anaesthetise(request: HttpRequest, by: Actor, course: UUID, session: UUID) -> HttpResponse:
    """Step 2."""
    about = page.about(by, course)
    visit_of(about, session)
    form = AnaesthetiseForm(request.POST or None, vials=read_time_out(by=by, session=session).anaesthetics)

    def act() -> HttpResponse:
        treat.anaesthetise(by=by, session=session, details=form.details())
        return redirect("walk:inject", course=course, session=session)

    shown = {"title": "Anaesthetise", "number": 2, "cards": cards(weight_on_record(about, session))}
    return page.answer(request, "step", about, form, act, **shown)


@require_http_methods(["GET", "POST"])
@staff
def inject(request: HttpRequest, by: Actor, course: UUID, session: UUID) -> HttpResponse:
    """Step 3. "More rows" shows as many again and keeps what was typed."""
    about = page.about(by, course)
    sites = marked_sites(visit_of(about, session))
    shown = {"title": "Inject", "number": 3, "cards": cards(weight_on_record(about, session))}
    if "more" in request.POST:
        more = request.POST.copy()
        more["form-TOTAL_FORMS"] = str(int(more.get("form-TOTAL_FORMS", ROWS)) + ROWS)
        return page.show(request, "inject", about, form=injection_forms(sites, more), **shown)
    form = injection_forms(sites, request.POST or None)

    def act() -> HttpResponse:
        treat.inject(by=by, session=session, given=given(form.cleaned_data))
        return redirect("walk:observe", course=course, session=session)

    return page.answer(request, "inject", about, form, act, **shown)


@require_http_methods(["GET", "POST"])
@staff
def observe(request: HttpRequest, by: Actor, course: UUID, session: UUID) -> HttpResponse:
    """Step 4."""
    about = page.about(by, course)
    visit_of(about, session)
    form = ObserveForm(request.POST or None)

    def act() -> HttpResponse:
        treat.observe(by=by, session=session, details=form.cleaned_data)
        return redirect("walk:session", course=course, session=session)

    shown = {"title": "Observe", "number": 4, "cards": cards(weight_on_record(about, session))}
    return page.answer(request, "step", about, form, act, **shown)


def visit_of(about: CoursePage, session: UUID) -> Any:
    """A session of this course. Raises NotFound."""
    for visit in about.course.sessions:
        if visit["id"] == session:
            return visit
    raise NotFound("there is no such session in this course")
