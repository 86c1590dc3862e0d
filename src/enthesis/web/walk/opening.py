"""Opening a course, and the page of a course."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from enthesis.clinic.courses import open_course
from enthesis.clinic.patients import read_patient
from enthesis.clinic.permissions import Actor
from enthesis.knowledge import BadInput
from enthesis.web.bodymap import marked_map
from enthesis.web.forms import blame, refused
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.forms import OpenForm
from enthesis.web.walk.statements import said_of_treatments, statements_for


@require_http_methods(["GET", "POST"])
@staff
def open_(request: HttpRequest, by: Actor, patient: UUID) -> HttpResponse:
    """Choose condition, protocol and site."""
    person = read_patient(by=by, patient=patient)
    form = OpenForm(request.POST or None)
    context = {"person": person, "form": form, "statements": statements_for(), "treatments": said_of_treatments()}
    if request.method == "POST" and form.is_valid():
        try:
            course = open_course(by=by, patient=patient, **form.arguments())
        except BadInput as error:
            blame(form, error)
        else:
            return redirect("walk:course", course=course.pk)
    return (
        refused(request, "walk/open.html", context)
        if request.method == "POST"
        else render(request, "walk/open.html", context)
    )


@require_GET
@staff
def show(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """Where a course stands, what comes next, and all that was recorded in it."""
    about = page.about(by, course)
    planned = (about.course.planned_sites or {}).get("sites", ())
    return page.show(request, "course", about, marked=marked_map(planned))
