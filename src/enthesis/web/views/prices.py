"""A clinic's price list: what stands, what stood before, and a new version by the director."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enthesis.clinic.errors import NotAllowed
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.places import Place, own_clinics
from enthesis.clinic.prices import PriceVersion, read_prices, set_prices
from enthesis.knowledge import BadInput
from enthesis.pathway import CURRENCIES, treatments
from enthesis.web.errors import sentence
from enthesis.web.forms import refused
from enthesis.web.staff import staff
from enthesis.web.walk.forms import DayInput

ROWS = 3  # empty lines offered at once; a version with more is set in steps
MOST_ROWS = 40


class HeadForm(forms.Form):
    """From when, and in which currency."""

    valid_from = forms.DateField(label="Valid from", widget=DayInput)
    currency = forms.ChoiceField(label="Currency", choices=[(one, one) for one in CURRENCIES])


class PriceForm(forms.Form):
    """One price. A row that says nothing is left out."""

    what = forms.CharField(label="What for", required=False, max_length=120)
    spanish = forms.CharField(
        label="The same in Spanish", required=False, max_length=120, help_text="For patients who read Spanish."
    )
    treatment = forms.ChoiceField(label="Treatment", required=False)
    per = forms.ChoiceField(
        label="Paid for", required=False, choices=[("session", "each session"), ("course", "the course, once")]
    )
    amount = forms.CharField(
        label="Amount", required=False, max_length=10, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    code = forms.ChoiceField(label="Procedure code", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = treatments(library())
        codes = {code.code: f"{code.code} {code.title}" for entry in every for code in entry.body.codes}
        self._choose("treatment", [("", "any treatment"), *((entry.id, entry.title) for entry in every)])
        self._choose("code", [("", "none"), *codes.items()])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a field of choices, as declared above


@require_http_methods(["GET", "POST"])
@staff
def prices(request: HttpRequest, by: Actor) -> HttpResponse:
    """The price lists of the clinics somebody directs; a new version is kept beside the old ones."""
    places = _places(by)
    place = _chosen(request, places)
    versions = read_prices(by=by, clinic=place.id, on=timezone.localdate())
    head, lines = _forms(request, versions)
    context = {"places": places, "place": place, "versions": versions, "head": head, "lines": lines}
    context["titles"] = {entry.id: entry.title for entry in treatments(library())}
    if request.method != "POST":
        return render(request, "prices.html", context)
    if head.is_valid() and lines.is_valid():
        try:
            given = [
                form.cleaned_data for form in lines if form.cleaned_data.get("what") or form.cleaned_data.get("amount")
            ]
            set_prices(by=by, clinic=place.id, today=timezone.localdate(), lines=given, **head.cleaned_data)
        except BadInput as error:
            head.add_error("valid_from" if str(error).startswith("valid_from") else None, sentence(error))
        else:
            messages.success(
                request, f"The prices of {place.name} are set. Estimates already written stay as they were."
            )
            return redirect("prices")
    return refused(request, "prices.html", context)


def _places(by: Actor) -> tuple[Place, ...]:
    found = tuple(place for place in own_clinics(by=by) if May.PRICE in place.may)
    if not found:
        raise NotAllowed(f"you may not {May.PRICE}: they are for its director")
    return found


def _chosen(request: HttpRequest, places: Sequence[Place]) -> Place:
    asked = request.POST.get("clinic") or request.GET.get("clinic") or ""
    return next((place for place in places if str(place.id) == asked), places[0])


def _forms(request: HttpRequest, versions: Sequence[PriceVersion]) -> tuple[HeadForm, Any]:
    """The forms as posted, or the version that stands to start from."""
    stands = next((one for one in versions if one.stands), versions[0] if versions else None)
    made = forms.formset_factory(PriceForm, extra=ROWS, max_num=MOST_ROWS, validate_max=True)
    if request.method == "POST":
        return HeadForm(request.POST), made(request.POST)
    head = {"valid_from": timezone.localdate(), "currency": stands.prices.currency if stands else CURRENCIES[0]}
    lines = [vars(line) | {"per": line.per.value} for line in stands.prices.lines] if stands else []
    return HeadForm(initial=head), made(initial=lines)
