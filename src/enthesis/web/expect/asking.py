"""The form of one question: condition, treatment, what it is set against, the pain one starts at, and when one looks."""

from collections.abc import Mapping
from typing import Any

from django import forms

from enthesis.clinic.library import library
from enthesis.evidence.review import Review
from enthesis.expectations import Ask
from enthesis.pathway import conditions, treatments

USUAL = {
    "condition": "knee-osteoarthritis",
    "treatment": "dextrose-prolotherapy",
    "versus": "saline-injection",
    "baseline": 6,
    "weeks": 26,
}


class AskForm(forms.Form):
    """A question; opened without one it asks the usual."""

    condition = forms.ChoiceField()
    treatment = forms.ChoiceField()
    versus = forms.ChoiceField(label="Compared with")
    baseline = forms.FloatField(label="Starting pain, 1–10")
    weeks = forms.FloatField(label="Weeks until then")

    def __init__(self, *given: Any, of: Review, **more: Any) -> None:
        more.setdefault("initial", USUAL)
        super().__init__(*given, **more)
        about = of.about
        own = [(entry.id, entry.title) for entry in conditions(library())]
        entries = {site.entry for site in about.conditions if site.entry} | {id for id, _ in own}
        others = [(site.id, site.name) for site in about.conditions if site.id not in entries and not site.entry]
        taken = {node.entry for node in about.nodes if node.entry}
        ours = [(entry.id, entry.title) for entry in treatments(library())]
        nodes = [(node.id, node.name[:1].upper() + node.name[1:]) for node in about.nodes if node.entry not in taken]
        self.fields["condition"].choices = [("Conditions", own), ("Elsewhere in the review", others)]  # type: ignore[attr-defined]  # a field of choices
        for name in ("treatment", "versus"):
            self.fields[name].choices = [("Treatments", ours), ("As the trials call them", nodes)]  # type: ignore[attr-defined]  # the same

    def ask(self) -> Ask:
        """The question. Raises BadInput naming the field."""
        given: Mapping[str, Any] = self.cleaned_data if self.is_bound else USUAL
        return Ask(
            str(given["condition"]),
            str(given["treatment"]),
            str(given["versus"]),
            float(given["baseline"]),
            float(given["weeks"]),
        )


class SentenceForm(forms.Form):
    """A clinic's own sentence, and what it knows beside it: typed, or out of its outcomes where `own` may see them."""

    sentence = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    started = forms.IntegerField(label="How many started", required=False, min_value=1)
    asked = forms.IntegerField(label="How many were asked", required=False, min_value=1)
    answered = forms.IntegerField(label="How many answered", required=False, min_value=0)
    weeks = forms.FloatField(label="After how many weeks", required=False, min_value=0)
    condition = forms.ChoiceField(label="Or out of your outcomes: condition", required=False)
    treatment = forms.ChoiceField(required=False)

    def __init__(self, *given: Any, own: bool, **more: Any) -> None:
        super().__init__(*given, **more)
        for name, entries in (("condition", conditions(library())), ("treatment", treatments(library()))):
            if own:
                self.fields[name].choices = [("", "not asked"), *((one.id, one.title) for one in entries)]  # type: ignore[attr-defined]  # a field of choices
            else:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A group of the outcomes needs both its names."""
        given = super().clean() or {}
        if bool(given.get("condition")) != bool(given.get("treatment")):
            self.add_error("treatment", "Choose the condition and the treatment, or neither.")
        return given

    @property
    def typed(self) -> list[forms.BoundField]:
        """The numbers to type."""
        return [self[name] for name in ("started", "asked", "answered", "weeks")]

    @property
    def own(self) -> list[forms.BoundField]:
        """The group of the outcomes, for those who may see them."""
        return [self[name] for name in ("condition", "treatment") if name in self.fields]
