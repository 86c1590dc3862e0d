"""The forms of the four steps."""

from collections.abc import Iterable
from typing import Any

from django import forms

from enthesis.clinic.steps import GUIDANCE, REACTIONS
from enthesis.knowledge import Site
from enthesis.web.bodymap import TargetsField
from enthesis.web.walk.forms import DayInput

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
    consent = forms.BooleanField(label="The patient has given informed consent")
    red_flags_excluded = forms.BooleanField(label="Red flags were looked for and excluded")
    note = note()

    def __init__(self, *args: Any, sites: Iterable[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["marked"].offer(sites)  # type: ignore[attr-defined]  # a field of targets, as declared above


class AnaesthetiseForm(forms.Form):
    """Step 2: local anaesthetic for the skin; 0 mL when none was given."""

    lidocaine_percent = forms.CharField(
        label="Lidocaine strength (%)",
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
    lot = forms.CharField(label="Lot", required=False, max_length=60)

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
    fit_to_leave = forms.BooleanField(label="The patient is fit to leave")
    note = note()


def injection_forms(sites: Iterable[tuple[str, str]], *args: Any, rows: int = ROWS, **kwargs: Any) -> Any:
    """A set of needle placements."""
    made = forms.formset_factory(InjectionForm, extra=rows, max_num=MOST_ROWS, validate_max=True)
    return made(*args, **({"form_kwargs": {"sites": list(sites)}} | kwargs))
