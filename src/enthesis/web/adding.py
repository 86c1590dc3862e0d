"""The forms by which a patient is added to a clinic."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings

from enthesis.clinic.errors import NotAllowed
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.places import Place, own_clinics
from enthesis.fhir import LIMIT_BYTES

SEXES = (("unknown", "Not known"), ("female", "Female"), ("male", "Male"), ("other", "Other"))
PERSON = ("family", "given", "born", "sex", "language", "phone", "email")
EARLIEST = date(1900, 1, 1)  # older birth dates are slips of the finger


def places_to_add(by: Actor) -> tuple[Place, ...]:
    """The clinics in which somebody may add patients. Raises NotAllowed when there is none."""
    found = tuple(place for place in own_clinics(by=by) if May.REGISTER in place.may)
    if not found:
        raise NotAllowed(f"you may not {May.REGISTER}: your role does not include it")
    return found


class InClinic(forms.Form):
    """A form that acts in one clinic; somebody who works in one only is not asked which."""

    clinic = forms.TypedChoiceField(label="Clinic", coerce=int)

    def __init__(self, *args: Any, places: Sequence[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = places[0].id if len(places) == 1 else None
        self.fields["clinic"].choices = [(place.id, place.name) for place in places]  # type: ignore[attr-defined]
        if self.only is not None:
            del self.fields["clinic"]

    @property
    def place(self) -> int:
        """The clinic to act in."""
        return self.only if self.only is not None else int(self.cleaned_data["clinic"])


class BundleForm(InClinic):
    """A FHIR bundle as a file."""

    bundle = forms.FileField(
        label="FHIR bundle",
        help_text=f"One patient, FHIR R4, JSON, at most {LIMIT_BYTES // 1_000_000} MB.",
        widget=forms.FileInput(attrs={"accept": ".json,application/json,application/fhir+json"}),
    )
    field_order = ("bundle", "clinic")

    def clean_bundle(self) -> Any:
        """Refuse a file nobody should read into memory."""
        file = self.cleaned_data["bundle"]
        if file.size > LIMIT_BYTES:
            raise forms.ValidationError(
                f"The file has {file.size / 1e6:.1f} MB, and at most {LIMIT_BYTES / 1e6:g} MB are read."
            )
        return file


class PatientForm(InClinic):
    """A person, typed in."""

    given = forms.CharField(label="Given name", max_length=200, required=False)
    family = forms.CharField(label="Family name", max_length=200)
    born = forms.DateField(
        label="Date of birth",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "Enter a day such as 1961-04-30."},
    )
    sex = forms.ChoiceField(
        label="Sex",
        choices=SEXES,
        help_text="As far as it matters for treatment: some questions are only asked of some.",
    )
    language = forms.ChoiceField(
        label="Language of the patient's own pages",
        choices=settings.LANGUAGES,
        required=False,
        help_text="Spanish is our own and not yet checked by a translator; the patient can switch on each page.",
    )
    phone = forms.CharField(label="Phone", max_length=60, required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    email = forms.EmailField(label="E-mail", required=False, max_length=254)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["born"].widget.attrs |= {"max": today.isoformat(), "min": EARLIEST.isoformat()}

    def clean_born(self) -> date:
        """A day of birth lies in the past, and not before 1900."""
        born: date = self.cleaned_data["born"]
        if not EARLIEST <= born <= self.today:
            raise forms.ValidationError("A day between 1 January 1900 and today was expected.")
        return born

    def arguments(self) -> dict[str, Any]:
        """The arguments of the act."""
        person = {name: self.cleaned_data[name] for name in PERSON}
        return {"clinic": self.place, "person": person}
