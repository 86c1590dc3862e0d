"""The questions a page asks of a review: filters that work without JavaScript, as the parts of an address."""

from typing import Any
from urllib.parse import urlencode

from django import forms

from enthesis.clinic.places import Place
from enthesis.evidence.review import Bias, Question, Review, Window, usual

MEASURES = (
    ("MD", "difference of scores, on one scale"),
    ("SMD", "difference of scores, standardised"),
    ("OR", "people who got better: odds ratio"),
    ("RR", "people who got better: risk ratio"),
    ("RD", "people who got better: risk difference"),
)
WINDOWS = (
    ("", "nearest to the usual week, not before week 6"),
    ("short", "short term: to 6 weeks"),
    ("medium", "medium term: 6 to 26 weeks"),
    ("long", "long term: from 26 weeks"),
    ("any", "any time"),
)


class QuestionForm(forms.Form):
    """Condition, comparator, time, risk of bias, outcome and measure. What is left out is as usual."""

    outcome = forms.ChoiceField(required=False)
    measure = forms.ChoiceField(required=False, choices=MEASURES)
    window = forms.ChoiceField(label="Time", required=False, choices=WINDOWS)
    versus = forms.ChoiceField(label="Compared with", required=False)
    condition = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    bias = forms.MultipleChoiceField(
        label="Risk of bias", required=False, widget=forms.CheckboxSelectMultiple, choices=[(b, b) for b in Bias]
    )
    careful = forms.BooleanField(label="Leave out rows that carry a caution", required=False)
    clinic = forms.ChoiceField(label="With the trials of", required=False)

    def __init__(self, *given: Any, of: Review, places: tuple[Place, ...], **more: Any) -> None:
        super().__init__(*given, **more)
        about = of.about
        read = {trial.condition for trial in of.trials}
        nodes = {row.node for row in of.arms} | {side for one in of.differences for side in (one.node, one.versus)}
        self.of = of
        offer(self, "outcome", [(one.id, one.name) for one in about.outcomes])
        offer(self, "condition", [(one.id, one.name) for one in about.conditions if one.id in read])
        usually = [("", f"as usual ({about.node(about.reference).name})")]
        offer(self, "versus", usually + [(one.id, one.name) for one in about.nodes if one.id in nodes])
        offer(self, "clinic", [(str(place.id), place.name) for place in places])
        if len(places) < 2:
            del self.fields["clinic"]

    @property
    def question(self) -> Question:
        """The question as it was asked, or the usual one for whatever could not be understood."""
        given, plain = (self.cleaned_data if self.is_bound and self.is_valid() else {}), usual(self.of)
        window = given.get("window") or ""
        return Question(
            given.get("outcome") or plain.outcome,
            given.get("measure") or plain.measure,
            plain.weeks,
            Window(window) if window else plain.window,
            frozenset(given.get("condition") or ()),
            frozenset(Bias(one) for one in given.get("bias") or ()),
            without_cautions=bool(given.get("careful")),
        )

    @property
    def comparator(self) -> str:
        """The comparator asked for; empty for the review's own."""
        return str(self.cleaned_data.get("versus") or "") if self.is_bound and self.is_valid() else ""


def offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    """Give a field of choices what may be chosen."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def query(form: QuestionForm, **more: str) -> str:
    """The same question as the end of an address, with something added to it."""
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    pairs = [
        (name, "on" if value is True else str(value))
        for name, values in given.items()
        for value in (values if isinstance(values, list) else [values])
        if value not in ("", None, False)
    ]
    return urlencode([*pairs, *more.items()])
