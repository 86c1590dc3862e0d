"""The forms of the mixing pages. Numbers are typed as text and read exactly by the core, which says what is wrong."""

from typing import Any

from django import forms

from enthesis.web.mixing import vials

DECIMAL = {"inputmode": "decimal", "autocomplete": "off"}
MOST_ROWS = 8
MORE = ("syringes", "into", "limits", "skin_vial", "skin_strength", "skin_ml", "elsewhere", "elsewhere_mg")


def number(label: str, **more: Any) -> forms.CharField:
    """A number as it is typed."""
    return forms.CharField(label=label, max_length=20, required=False, widget=forms.TextInput(attrs=DECIMAL), **more)


class RowForm(forms.Form):
    """One vial, and what is wanted or was taken of it; with its lot and expiry for the label."""

    vial = forms.ChoiceField(label="Vial (stock)", required=False)
    strength = number("Vial's own %, if typed")
    net = number("Wanted in the syringe (net %)")
    lot = forms.CharField(label="Lot", max_length=40, required=False)
    expires = forms.CharField(
        label="Expires", max_length=10, required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vial"].choices = vials.vials()  # type: ignore[attr-defined]  # a field of choices, as declared above


class DrawnRowForm(forms.Form):
    """One vial, and the volume that was taken from it."""

    vial = forms.ChoiceField(label="Vial (stock)", required=False)
    strength = number("Vial's own %, if typed")
    ml = number("Volume drawn (mL)")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vial"].choices = vials.vials(diluents_too=True)  # type: ignore[attr-defined]  # a field of choices


class PatientForm(forms.Form):
    """Whom it is for, and what else is given in the session."""

    weight_kg = number("Patient's weight (kg)", help_text="Without a weight no dose limit can be calculated.")
    limits = forms.ChoiceField(
        label="Limits that count",
        required=False,
        choices=[("label", "the label's"), ("strict", "stricter practice: 3 mg/kg, at most 70 kg counted")],
        help_text="For the stricter limits type the ideal weight, if it is lower.",
    )
    into = forms.ChoiceField(
        label="It goes into",
        required=False,
        choices=[("", "not said"), ("joint", "a joint"), ("soft-tissue", "ligament, tendon or other soft tissue")],
    )
    skin_vial = forms.ChoiceField(label="Skin: vial", required=False)
    skin_strength = number("Skin: vial's own %, if typed")
    skin_ml = number("Skin: volume (mL)")
    elsewhere = forms.ChoiceField(label="Elsewhere that day", required=False)
    elsewhere_mg = number(
        "Elsewhere: amount (mg)", help_text="A patch, the dentist, or an earlier mixture of this session."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skin_vial"].choices = vials.anaesthetic_vials()  # type: ignore[attr-defined]  # a field of choices
        self.fields["elsewhere"].choices = vials.anaesthetic_names()  # type: ignore[attr-defined]  # a field of choices


class RecipeForm(PatientForm):
    """How much, in which syringes, with which diluent."""

    volume_ml = number("Volume in all (mL)", help_text="May be left empty when the syringes say it.")
    syringes = forms.CharField(
        label="Syringes",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="3x10 for three of 10 mL, 5+5+2, or 2x8in10 for 8 mL in a syringe of 10.",
    )
    diluent = forms.ChoiceField(label="Diluent, for the rest", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["diluent"].choices = vials.diluent_choices()  # type: ignore[attr-defined]  # a field of choices

    @property
    def says_more(self) -> bool:
        """Is anything said beyond the vials, the volume and the weight?"""
        usual = {"", "label"}
        return any(str(self[name].value() or "") not in usual for name in MORE)


class MixtureForm(RecipeForm):
    """The same, with what the label needs."""

    diluent_lot = forms.CharField(label="Diluent: lot", max_length=40, required=False)
    diluent_expires = forms.CharField(
        label="Diluent: expires", max_length=10, required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    prepared_by = forms.CharField(label="Prepared by", max_length=60, required=False)
    discard_hours = number("Discard after (hours)")


Rows = forms.formset_factory(RowForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
DrawnRows = forms.formset_factory(DrawnRowForm, extra=0, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
