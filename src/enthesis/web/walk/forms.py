"""The forms of the walk. What can be chosen comes from the library."""

from typing import Any

from django import forms

from enthesis.clinic.library import library
from enthesis.knowledge import SIDES, site_kinds
from enthesis.pathway import conditions, protocols, treatments
from enthesis.web.walk.treatments import TREATMENT


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class OpenForm(forms.Form):
    """Condition, treatment, protocol and site of a course."""

    treatment = forms.ChoiceField(label="Treatment", widget=forms.RadioSelect, initial=TREATMENT, required=False)
    condition = forms.ChoiceField(label="What hurts", widget=forms.RadioSelect)
    protocol = forms.ChoiceField(
        label="Protocol",
        required=False,
        help_text="Left open, the first choice for the treatment and the condition is taken.",
    )
    site = forms.ChoiceField(label="Where")
    level = forms.ChoiceField(
        label="Level", required=False, help_text="For facet joints. Where it hurts does not tell the lumbar level."
    )
    side = forms.ChoiceField(label="Side", required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shelf = library()
        kinds = site_kinds(shelf)
        self._choose("treatment", [(entry.id, entry.title) for entry in treatments(shelf)])
        self._choose("condition", [(entry.id, entry.title) for entry in conditions(shelf)])
        self._choose("protocol", [("", "First choice"), *((entry.id, entry.title) for entry in protocols(shelf))])
        self._choose("site", [("", "Choose"), *((kind.id, kind.title) for kind in kinds)])
        self._choose(
            "level",
            [
                ("", "Not stated"),
                *((kind.title, [(level, level) for level in kind.body.levels]) for kind in kinds if kind.body.levels),
            ],
        )
        self._choose("side", [("", "Not stated"), *((side, side) for side in SIDES)])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        field.choices = choices  # type: ignore[attr-defined]  # a field of choices, as declared above

    def arguments(self) -> dict[str, str]:
        """The arguments of `open_course`."""
        given = self.cleaned_data
        site = ":".join(part for part in (given["site"], given["level"], given["side"]) if part)
        return {
            "condition": given["condition"],
            "treatment": given["treatment"] or TREATMENT,
            "protocol": given["protocol"],
            "site": site,
        }


class PlanForm(forms.Form):
    """The day of the next session."""

    start = forms.DateField(label="Day of the session", widget=DayInput)


class DecideScreeningForm(forms.Form):
    """A clinician's decision on a judgment of ask."""

    go_ahead = forms.ChoiceField(
        label="Your decision",
        widget=forms.RadioSelect,
        choices=[("yes", "Go ahead"), ("no", "Do not treat on this day")],
    )
    because = forms.CharField(
        label="Why",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Who was asked, and what was weighed. It is kept with the judgment.",
    )
