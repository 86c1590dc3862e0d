"""The patient list with its search, one patient's page, and the patient's own curve as a picture."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from enthesis.clinic.curve import read_scores
from enthesis.clinic.patients import find_patients, read_patient
from enthesis.clinic.permissions import Actor
from enthesis.web.charts import chart_sections
from enthesis.web.curves import curve_from, drawn, tracked
from enthesis.web.forms import page_number
from enthesis.web.staff import staff
from enthesis.web.timelines import told_lines
from enthesis.web.walk.next_step import next_step, progress


@require_http_methods(["GET", "POST"])
@staff
def patient_list(request: HttpRequest, by: Actor) -> HttpResponse:
    """Patients by name; what is searched for is posted, so that no name stands in an address or a log."""
    words = request.POST.get("words", "")[:200].replace("\x00", "")
    found = find_patients(by=by, words=words, page=page_number(request.POST.get("page", "")))
    template = "parts/patients_found.html" if request.htmx else "patients.html"  # type: ignore[attr-defined]
    return render(request, template, {"found": found, "words": words})


@require_GET
@staff
def patient(request: HttpRequest, by: Actor, patient: UUID) -> HttpResponse:
    """The whole record of one patient."""
    page = read_patient(by=by, patient=patient)
    courses = [
        {
            "row": row,
            "progress": progress(row),
            "next": next_step(row, today=timezone.localdate()),
            "tracks": tracked(row),
        }
        for row in page.courses
    ]
    context = {
        "page": page,
        "courses": courses,
        "chart": chart_sections(page.chart),
        "timeline": told_lines(page.timeline),
    }
    return render(request, "patient.html", context)


@require_GET
@staff
def curve(request: HttpRequest, by: Actor, course: UUID, instrument: str) -> HttpResponse:
    """A patient's own scores on one instrument, drawn."""
    scores = read_scores(by=by, course=course, instrument=instrument)
    return HttpResponse(drawn(curve_from(instrument, scores.answers, scores.injections)), content_type="image/svg+xml")
