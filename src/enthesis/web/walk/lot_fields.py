"""Which vial: one tap on the shelf, or the lot and expiry typed from the label. None is chosen beforehand."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from enthesis.clinic.lots import VialRow
from enthesis.clinic.time_out import OTHER
from enthesis.web.walk.forms import DayInput


def shown(vial: VialRow) -> str:
    """A vial in a line."""
    return f"{vial.what}, lot {vial.lot}, to {vial.expires_on.isoformat()}"


def add_lot_fields(form: forms.Form, name: str, label: str, choices: Sequence[tuple[str, str]]) -> None:
    """Add the fields for one vial: a choice where the shelf has any, and always the lot and expiry of another."""
    if choices:
        form.fields[name] = forms.ChoiceField(
            label=label, required=False, choices=[*choices, (OTHER, "Another lot, below")], widget=forms.RadioSelect
        )
    form.fields[f"{name}_lot"] = forms.CharField(
        label=f"{label}: {'another lot' if choices else 'lot'}", required=False, max_length=60
    )
    form.fields[f"{name}_expires"] = forms.DateField(label=f"{label}: expiry date", required=False, widget=DayInput)
    for part in ("lot", "expires"):
        form.fields[f"{name}_{part}"].widget.attrs["class"] = "other-lot"


def lot_given(given: Mapping[str, Any], name: str) -> Any:
    """The vial as the acts take it: the id of one on the shelf, or lot and expiry; nothing where nothing was given."""
    chosen, lot = given.get(name) or "", given.get(f"{name}_lot") or ""
    if chosen not in ("", OTHER):
        return chosen
    return {"lot": lot, "expires_on": given.get(f"{name}_expires")} if chosen or lot else None
