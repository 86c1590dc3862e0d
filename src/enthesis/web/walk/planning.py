"""The dated plan, and its calendar file."""

from datetime import UTC, date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from enthesis.clinic.permissions import Actor
from enthesis.clinic.plan import plan_course, read_plan
from enthesis.pathway import plan_as_ics, plan_items
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.forms import PlanForm
from enthesis.web.walk.plan_lines import plan_lines


@require_http_methods(["GET", "POST"])
@staff
def plan(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """Plan from the day that was screened for; once planned, the plan itself."""
    about = page.about(by, course)
    screened_for = about.course.screening["on"] if about.course.screening else None
    form = PlanForm(request.POST or None, initial={"start": date.fromisoformat(screened_for) if screened_for else None})

    def act() -> HttpResponse:
        plan_course(by=by, course=course, start=form.cleaned_data["start"], today=timezone.localdate())
        return redirect("walk:plan", course=course)

    made = read_plan(by=by, course=course) if about.course.plan else None
    return page.answer(request, "plan", about, form, act, made=made, lines=plan_lines(plan_items(made)) if made else ())


@require_GET
@staff
def calendar(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """The plan as a calendar file; its titles are neutral and no name is in it."""
    made = read_plan(by=by, course=course)
    content = plan_as_ics(made, uid_prefix=str(course), now=datetime.now(tz=UTC))
    return HttpResponse(
        content, content_type="text/calendar", headers={"Content-Disposition": 'attachment; filename="plan.ics"'}
    )
