"""The form of a recipe. Numbers are typed as text and read exactly by the core."""

from typing import Any

from django import forms

from enthesis.clinic.library import library
from enthesis.mixing import diluents


class RecipeForm(forms.Form):
    """Net strengths wanted, stocks at hand, and the weight the dose limit is for."""

    dextrose = forms.CharField(
        label="Dextrose wanted (net %)", max_length=12, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    lidocaine = forms.CharField(
        label="Lidocaine wanted (net %)", max_length=12, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    volume_ml = forms.CharField(
        label="Volume in all (mL)", max_length=12, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    weight_kg = forms.CharField(
        label="Patient's weight (kg)",
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text="Without a weight no dose limit can be calculated.",
    )
    dextrose_stock = forms.CharField(
        label="Dextrose stock (vial, %)",
        max_length=12,
        initial="50",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    lidocaine_stock = forms.CharField(
        label="Lidocaine stock (vial, %)",
        max_length=12,
        initial="1",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    diluent = forms.ChoiceField(label="Diluent")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["diluent"]
        field.choices = [(name, name) for name in diluents(library())]  # type: ignore[attr-defined]  # a field of choices, as declared above
