"""The session's four steps, one short page each, and the session's record."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from enthesis.clinic import treat
from enthesis.clinic.course_page import CoursePage
from enthesis.clinic.errors import NotFound
from enthesis.clinic.permissions import Actor
from enthesis.web.bodymap import asks_for_view, drawn, marked_map, unjudged
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.findings import questions_to_confirm
from enthesis.web.walk.placements import given, injected_sites, marked_at_first, marked_sites, targets
from enthesis.web.walk.products import product_lines
from enthesis.web.walk.session_forms import ROWS, AnaesthetiseForm, AssessForm, ObserveForm, injection_forms


@require_http_methods(["GET", "POST"])
@staff
def assess(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """Step 1."""
    about = page.about(by, course)
    initial = {"on": timezone.localdate(), "marked": marked_at_first(about.course)}
    offered = targets(about.course.site)
    form = AssessForm(request.POST or None, sites=offered, initial=initial)
    more = {"title": "Assess and mark", "number": 1, "to_confirm": questions_to_confirm(about.course.screening)}
    more |= drawn(form["marked"], offered, request.POST)
    if asks_for_view(request.POST):
        return page.show(request, "step", about, form=unjudged(form, request.POST), **more)

    def act() -> HttpResponse:
        details = dict(form.cleaned_data)
        treat.assess(by=by, course=course, on=details.pop("on"), details=details)
        return redirect("walk:course", course=course)

    return page.answer(request, "step", about, form, act, **more)


@require_http_methods(["GET", "POST"])
@staff
def anaesthetise(request: HttpRequest, by: Actor, course: UUID, session: UUID) -> HttpResponse:
    """Step 2."""
    form = AnaesthetiseForm(request.POST or None)

    def act() -> HttpResponse:
        treat.anaesthetise(by=by, session=session, details=form.cleaned_data)
        return redirect("walk:course", course=course)

    return page.answer(request, "step", page.about(by, course), form, act, title="Anaesthetise", number=2)


@require_http_methods(["GET", "POST"])
@staff
def inject(request: HttpRequest, by: Actor, course: UUID, session: UUID) -> HttpResponse:
    """Step 3. "More rows" shows as many again and keeps what was typed."""
    about = page.about(by, course)
    sites = marked_sites(visit_of(about, session))
    if "more" in request.POST:
        more = request.POST.copy()
        more["form-TOTAL_FORMS"] = str(int(more.get("form-TOTAL_FORMS", ROWS)) + ROWS)
        return page.show(request, "inject", about, form=injection_forms(sites, more), title="Inject", number=3)
    form = injection_forms(sites, request.POST or None)

    def act() -> HttpResponse:
        treat.inject(by=by, session=session, given=given(form.cleaned_data))
        return redirect("walk:course", course=course)

    return page.answer(request, "inject", about, form, act, title="Inject", number=3)


@require_http_methods(["GET", "POST"])
@staff
def observe(request: HttpRequest, by: Actor, course: UUID, session: UUID) -> HttpResponse:
    """Step 4."""
    form = ObserveForm(request.POST or None)

    def act() -> HttpResponse:
        treat.observe(by=by, session=session, details=form.cleaned_data)
        return redirect("walk:session", course=course, session=session)

    return page.answer(request, "step", page.about(by, course), form, act, title="Observe", number=4)


@require_GET
@staff
def show(request: HttpRequest, by: Actor, course: UUID, session: UUID) -> HttpResponse:
    """The record of a session, for reading and printing."""
    about = page.about(by, course)
    visit = visit_of(about, session)
    diary = [entry for entry in about.course.diary if entry["session"] == session]
    product = product_lines(about.course.treatment, visit)
    marked = marked_map(injected_sites(visit))
    return page.show(request, "session", about, visit=visit, diary=diary, marked=marked, product=product)


def visit_of(about: CoursePage, session: UUID) -> Any:
    """A session of this course. Raises NotFound."""
    for visit in about.course.sessions:
        if visit["id"] == session:
            return visit
    raise NotFound("there is no such session in this course")
