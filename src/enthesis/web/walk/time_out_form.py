"""The form of the time-out: what is read aloud stands in the labels, and each stock that was drawn up has its vial."""

from collections.abc import Mapping
from typing import Any

from django import forms

from enthesis.clinic.time_out_page import TimeOutPage
from enthesis.web.walk.lot_fields import add_lot_fields, lot_given, shown
from enthesis.web.walk.words import title_of


class TimeOutForm(forms.Form):
    """Before the first needle."""

    identity = forms.BooleanField()
    site_and_side = forms.BooleanField()
    allergies = forms.BooleanField()
    help_at_hand = forms.BooleanField(
        label="Oxygen, resuscitation drugs, lipid emulsion and a trained person are at hand"
    )

    def __init__(self, *args: Any, about: TimeOutPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        born = about.born.isoformat() if about.born else "not in the chart: ask for it"
        sites = ", ".join(title_of("sites", site) for site in about.marked)
        allergies = ", ".join(about.allergies) or "none in the chart; asked again"
        self.fields["identity"].label = f"The patient said their name and date of birth: {about.name}, {born}"
        self.fields["site_and_side"].label = f"Site and side agree with the patient and the mark on the skin: {sites}"
        self.fields["allergies"].label = f"Allergies were read aloud: {allergies}"
        if about.needs_weight:
            self.fields["weight_kg"] = forms.CharField(
                label="Weight (kg)",
                required=False,
                max_length=8,
                widget=forms.TextInput(attrs={"inputmode": "decimal"}),
                help_text="The recipe has none. Without it there is no limit for the local anaesthetic; none is assumed.",
            )
        for place, drawn in enumerate(about.drawn):
            choices = [(str(one.id), shown(one)) for one in about.vials_of(drawn.what)]
            add_lot_fields(self, f"lot_{place}", f"Drawn up: {drawn.what}", choices)

    def details(self) -> dict[str, Any]:
        """What was filled in, as the act takes it."""
        given = self.cleaned_data
        lots = {drawn.what: lot_given(given, f"lot_{place}") for place, drawn in enumerate(self.about.drawn)}
        return {
            **{name: given[name] for name in ("identity", "site_and_side", "allergies", "help_at_hand")},
            "weight_kg": given.get("weight_kg", ""),
            "lots": {what: vial for what, vial in lots.items() if vial is not None},
        }


def checked_before(about: TimeOutPage, details: Mapping[str, Any]) -> dict[str, Any]:
    """The form's first values for a correction: what was recorded, lot by lot."""
    recorded = {one["what"]: one for one in details["lots"]}
    lots = {
        f"lot_{place}_{field}": recorded[drawn.what][key]
        for place, drawn in enumerate(about.drawn)
        if drawn.what in recorded
        for field, key in (("lot", "lot"), ("expires", "expires_on"))
    }
    return dict(details) | lots
