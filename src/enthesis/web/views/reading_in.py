"""Adding a patient: by hand, or from a FHIR bundle."""

from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enthesis.clinic.chart import Imported, import_chart
from enthesis.clinic.permissions import Actor
from enthesis.fhir import as_arguments, read_bundle
from enthesis.knowledge import BadInput
from enthesis.web.adding import BundleForm, PatientForm, places_to_add
from enthesis.web.forms import blame, refused
from enthesis.web.staff import staff

POSTED = ["GET", "POST"]


@require_http_methods(POSTED)
@staff
def new_patient(request: HttpRequest, by: Actor) -> HttpResponse:
    """A patient typed in by hand; the chart stays empty until one is read in."""
    form = PatientForm(request.POST or None, places=places_to_add(by), today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        made = import_chart(by=by, **form.arguments(), key=f"enthesis|{uuid4()}", items=())
        messages.success(request, "The patient was added.")
        return redirect("patient", patient=made.patient)
    return _form(request, "patient_new.html", form)


@require_http_methods(POSTED)
@staff
def import_bundle(request: HttpRequest, by: Actor) -> HttpResponse:
    """A patient with their chart from a file; what nobody understood is shown at once."""
    form = BundleForm(request.POST or None, request.FILES or None, places=places_to_add(by))
    if request.method == "POST" and form.is_valid():
        try:
            made = _read_in(by, form)
        except BadInput as error:
            blame(form, error, otherwise="bundle")
        else:
            return render(request, "patient_imported.html", {"made": made})
    return _form(request, "patient_import.html", form)


def _read_in(by: Actor, form: BundleForm) -> Imported:
    chart = read_bundle(form.cleaned_data["bundle"].read())
    _check_born(chart.person.born, timezone.localdate())
    return import_chart(by=by, clinic=form.place, **as_arguments(chart))


def _check_born(born: date | None, today: date) -> None:
    """The reader has no clock, so a birth in the future is noticed here."""
    if born is not None and born > today:
        raise BadInput(f"bundle: the patient's birth date {born.isoformat()} has not come yet")


def _form(request: HttpRequest, template: str, form: PatientForm | BundleForm) -> HttpResponse:
    return (
        refused(request, template, {"form": form})
        if request.method == "POST"
        else render(request, template, {"form": form})
    )
