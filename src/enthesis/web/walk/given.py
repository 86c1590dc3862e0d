"""What is given where no dextrose is mixed: a form made from the fields the treatment declares."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from enthesis.clinic.course_page import CoursePage
from enthesis.clinic.permissions import Actor
from enthesis.clinic.product import prepare_product, record_visit
from enthesis.pathway import FieldKind, RecordField, Stage, Treatment
from enthesis.web.walk import page
from enthesis.web.walk.forms import DayInput
from enthesis.web.walk.products import label_of

LONGEST = 200
WEIGHT = "weight_kg"


class GivenForm(forms.Form):
    """The fields of one treatment; the weight, for the limit on lidocaine, where lidocaine may be in the syringe."""

    def __init__(self, *args: Any, treatment: Treatment | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        records = treatment.records if treatment else ()
        for field in records:
            self.fields[field.id] = _field(field)
        if any(field.id == "lidocaine_percent" for field in records):
            self.fields[WEIGHT] = forms.CharField(
                label="Patient's weight (kg)",
                max_length=12,
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                help_text="Without a weight no limit for lidocaine can be calculated.",
            )

    def given(self) -> dict[str, str]:
        """What was typed, by field, as text."""
        return {id: str(value) for id, value in self.cleaned_data.items() if id != WEIGHT and value not in ("", None)}

    def weight(self) -> str:
        """The weight as typed; empty where none was asked for or given."""
        return str(self.cleaned_data.get(WEIGHT) or "").strip()


def give(request: HttpRequest, by: Actor, about: CoursePage, treatment: Treatment) -> HttpResponse:
    """Prepare the product for the session, or record the visit where there is no needle."""
    course = about.course
    form = GivenForm(request.POST or None, treatment=treatment, initial=_kept(about))

    def act() -> HttpResponse:
        if treatment.injected:
            prepare_product(by=by, course=course.id, given=form.given(), weight_kg=form.weight())
        else:
            record_visit(by=by, course=course.id, on=timezone.localdate(), given=form.given())
        return redirect("walk:course", course=course.id)

    return page.answer(
        request,
        "given",
        about,
        form,
        act,
        treatment=treatment,
        label=label_of(course.treatment),
        open=_open(about),
        recorded=bool(_kept(about)),
    )


def _open(about: CoursePage) -> bool:
    return about.course.stage == Stage.PLANNED


def _kept(about: CoursePage) -> dict[str, str]:
    """The product recorded for the session at hand; none while the next one is still to be prepared."""
    made = about.course.recipe
    return dict(made.get("product", {})) if made and not _open(about) else {}


def _field(field: RecordField) -> forms.Field:
    label = f"{field.label} ({field.unit})" if field.unit else field.label
    said: dict[str, Any] = {"label": label, "required": field.required, "help_text": field.hint}
    if field.kind is FieldKind.CHOICE:
        return forms.ChoiceField(choices=[(one, one) for one in field.options], widget=forms.RadioSelect, **said)
    if field.kind is FieldKind.EXPIRY:
        return forms.DateField(widget=DayInput, **said)
    typed = {"inputmode": "decimal"} if field.kind is FieldKind.NUMBER else {}
    return forms.CharField(max_length=LONGEST, widget=forms.TextInput(attrs=typed), **said)
