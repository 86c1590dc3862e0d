"""The forms of the four steps."""

from collections.abc import Iterable
from typing import Any

from django import forms

from enthesis.clinic.lots import VialRow
from enthesis.clinic.skin import USUAL
from enthesis.clinic.steps import GUIDANCE, REACTIONS
from enthesis.knowledge import Site
from enthesis.web.bodymap import TargetsField
from enthesis.web.mixing.vials import anaesthetic_names
from enthesis.web.walk.forms import DayInput
from enthesis.web.walk.lot_fields import add_lot_fields, lot_given, shown

PAIN = [(str(level), str(level)) for level in range(11)]
SCALE = forms.RadioSelect(attrs={"class": "scale"})
ROWS = 4  # needle placements shown at once; "more rows" asks for as many again
MOST_ROWS = 60


def note() -> forms.CharField:
    """A field for what does not fit elsewhere."""
    return forms.CharField(label="Note", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


def pain(when: str) -> forms.ChoiceField:
    """Pain from 0 to 10, as eleven buttons."""
    return forms.ChoiceField(label=f"Pain {when}, 0 (none) to 10 (worst)", choices=PAIN, widget=SCALE)


def vital(label: str) -> forms.CharField:
    """A vital sign, if it was taken."""
    return forms.CharField(
        label=label, required=False, max_length=3, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )


class Reason(forms.Form):
    """Why a record is corrected; only shown when one is."""

    reason = forms.CharField(
        label="Why is it corrected?", max_length=500, help_text="The old record stays visible beside the new one."
    )


class AssessForm(forms.Form):
    """Step 1: assess and mark."""

    on = forms.DateField(label="Day of the session", widget=DayInput)
    marked = TargetsField(label="Sites marked", error_messages={"required": "Mark at least one site."})
    pain = pain("now")
    red_flags_excluded = forms.BooleanField(label="Red flags were looked for and excluded")
    note = note()

    def __init__(self, *args: Any, sites: Iterable[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["marked"].offer(sites)  # type: ignore[attr-defined]  # a field of targets, as declared above


class AnaesthetiseForm(forms.Form):
    """Step 2: local anaesthetic for the skin; 0 mL when none was given."""

    anaesthetic = forms.ChoiceField(label="Anaesthetic", initial=USUAL)
    strength_percent = forms.CharField(
        label="Strength of the vial (%)",
        initial="1",
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    volume_ml = forms.CharField(
        label="Volume in the skin (mL)",
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text="0 if none was given.",
    )
    note = note()

    def __init__(self, *args: Any, vials: Iterable[VialRow] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["anaesthetic"].choices = anaesthetic_names()[1:]  # type: ignore[attr-defined]  # a field of choices
        add_lot_fields(self, "vial", "Vial for the skin", [(str(one.id), shown(one)) for one in vials])
        self.order_fields(["volume_ml", "anaesthetic", "strength_percent", "vial", "vial_lot", "vial_expires", "note"])

    def details(self) -> dict[str, Any]:
        """What was filled in, with the vial as the acts take it."""
        given = dict(self.cleaned_data)
        return given | {"vial": lot_given(given, "vial")}


class InjectionForm(forms.Form):
    """Step 3, one needle placement. A row without a volume is left out."""

    site = forms.ChoiceField(label="Site", required=False)
    volume_ml = forms.CharField(
        label="Volume (mL)", required=False, max_length=8, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    guidance = forms.ChoiceField(
        label="Guidance", required=False, choices=[("", "Choose"), *((name, name) for name in GUIDANCE)]
    )
    needle = forms.CharField(label="Needle", required=False, max_length=60)
    lot = forms.CharField(label="Other lot", required=False, max_length=60)

    def __init__(self, *args: Any, sites: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["site"]
        field.choices = list(sites)  # type: ignore[attr-defined]  # a field of choices, as declared above

    def clean(self) -> dict[str, Any]:
        """How the needle was guided is never guessed."""
        given = super().clean() or {}
        if given.get("volume_ml") and not given.get("guidance"):
            self.add_error("guidance", "Choose how the needle was guided.")
        return given


class ObserveForm(forms.Form):
    """Step 4: observe until fit to leave."""

    minutes = forms.CharField(
        label="Minutes watched", max_length=5, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    reactions = forms.MultipleChoiceField(
        label="What happened", choices=[(name, name) for name in REACTIONS], widget=forms.CheckboxSelectMultiple
    )
    pain = pain("when leaving")
    systolic = vital("Blood pressure, upper")
    diastolic = vital("Blood pressure, lower")
    pulse = vital("Pulse")
    saturation = vital("Oxygen saturation (%)")
    fit_to_leave = forms.BooleanField(label="The patient is fit to leave")
    note = note()


def injection_forms(sites: Iterable[tuple[str, str]], *args: Any, rows: int = ROWS, **kwargs: Any) -> Any:
    """A set of needle placements."""
    made = forms.formset_factory(InjectionForm, extra=rows, max_num=MOST_ROWS, validate_max=True)
    return made(*args, **({"form_kwargs": {"sites": list(sites)}} | kwargs))
