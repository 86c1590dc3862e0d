"""The shelf of vials, and who received a lot."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from enthesis.clinic.lots import add_vial, read_shelf, take_off
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.places import own_clinics
from enthesis.clinic.recall import recall_lot
from enthesis.knowledge import BadInput
from enthesis.web.forms import blame, refused
from enthesis.web.staff import staff
from enthesis.web.walk.forms import DayInput


class RecallForm(forms.Form):
    """The lot of a recall notice."""

    lot = forms.CharField(
        label="Lot", max_length=60, help_text="As printed. Case, spaces and marks between do not matter."
    )


class VialForm(forms.Form):
    """A vial that comes onto the shelf."""

    clinic = forms.TypedChoiceField(label="Clinic", coerce=int)
    what = forms.CharField(label="What it is", max_length=80, help_text="With its strength, such as dextrose 50%.")
    lot = forms.CharField(label="Lot", max_length=60)
    expires_on = forms.DateField(label="Expiry date", widget=DayInput)
    maker = forms.CharField(label="Maker", required=False, max_length=80)

    def __init__(self, *args: object, by: Actor, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        places = [place for place in own_clinics(by=by) if May.SHELF in place.may]
        field = self.fields["clinic"]
        field.choices = [(place.id, place.name) for place in places]  # type: ignore[attr-defined]
        if len(places) == 1:
            field.initial, field.widget = places[0].id, forms.HiddenInput()


@require_http_methods(["GET", "POST"])
@staff
def lots(request: HttpRequest, by: Actor) -> HttpResponse:
    """The shelf; a new vial is sent here."""
    form = VialForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            add_vial(by=by, clinic=given.pop("clinic"), details=given, today=timezone.localdate())
            return redirect("lots")
        except BadInput as error:
            blame(form, error)
    context = {"form": form, "recall": RecallForm(), **_shelf(by)}
    return refused(request, "lots.html", context) if request.method == "POST" else render(request, "lots.html", context)


@require_POST
@staff
def off(request: HttpRequest, by: Actor, vial: UUID) -> HttpResponse:
    """Take a vial off the shelf."""
    take_off(by=by, vial=vial, reason=request.POST.get("reason", ""))
    return redirect("lots")


@require_http_methods(["GET", "POST"])
@staff
def recall(request: HttpRequest, by: Actor) -> HttpResponse:
    """Who received a lot. The lot is posted, so that no address names it."""
    if not any(by.can(May.RECALL, clinic) for clinic in by.clinics):
        recall_lot(by=by, lot="any")  # says that this role may not
    form = RecallForm(request.POST or None)
    rows = None
    if request.method == "POST" and form.is_valid():
        try:
            rows = recall_lot(by=by, lot=form.cleaned_data["lot"])
        except BadInput as error:
            blame(form, error)
    people = len({row.patient for row in rows or ()})
    context: dict[str, object] = {"form": form, "rows": rows, "people": people}
    return refused(request, "recall.html", context) if form.errors else render(request, "recall.html", context)


def _shelf(by: Actor) -> dict[str, object]:
    today = timezone.localdate()
    rows = read_shelf(by=by)
    return {
        "good": [one for one in rows if one.good_on(today)],
        "expired": [one for one in rows if not one.good_on(today)],
        "may_shelve": any(by.can(May.SHELF, clinic) for clinic in by.clinics),
        "may_recall": any(by.can(May.RECALL, clinic) for clinic in by.clinics),
    }
