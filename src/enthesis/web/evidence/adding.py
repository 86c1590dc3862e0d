"""The form of one trial: where it stands, how far it can be trusted, one outcome at one time, and its arms."""

from collections.abc import Iterator
from typing import Any

from django import forms

from enthesis.evidence.review import Better, Bias, Indirectness, Review, Scores
from enthesis.web.evidence.asking import offer

ARMS = 4
OF_AN_ARM = ("node", "n", "mean", "sd", "events")
OF_THE_TRIAL = (
    "trial", "citation", "address", "condition", "locator", "design", "people", "unit", "bias", "bias_why", "indirect",
    "indirect_why", "note",
)  # fmt: skip
SHARED = ("outcome", "instrument", "kind", "scale_min", "scale_max", "better", "week", "events_of", "caution")
KINDS = (("change", "change from baseline"), ("final", "score at that time"), ("events", "people who got better"))


class TrialForm(forms.Form):
    """One trial. What a number must be is checked by the same rules as the tables that ship."""

    trial = forms.SlugField(label="Short name", help_text="Author and year, such as smith-2026.", max_length=60)
    citation = forms.CharField(label="Citation", max_length=300)
    address = forms.URLField(label="Address", assume_scheme="https", help_text="Where it can be read.")
    condition = forms.ChoiceField()
    locator = forms.CharField(
        label="Where the numbers stand", help_text="Such as: Table 2, row pain, week 26.", max_length=300
    )
    design = forms.ChoiceField(choices=[(one, one) for one in ("parallel", "crossover", "factorial")])
    people = forms.IntegerField(label="People randomised", required=False, min_value=1)
    unit = forms.CharField(
        label="What was counted", initial="people", help_text="People, knees, joints ...", max_length=40
    )
    bias = forms.ChoiceField(label="Risk of bias", choices=[(one, one) for one in Bias], initial=Bias.UNCLEAR)
    bias_why = forms.CharField(label="Why", max_length=500)
    indirect = forms.ChoiceField(
        label="Distance from the question", choices=[(one, one) for one in Indirectness], initial=Indirectness.NO
    )
    indirect_why = forms.CharField(label="In what it differs", required=False, max_length=500)
    note = forms.CharField(label="Note", required=False, max_length=500)
    outcome = forms.ChoiceField()
    instrument = forms.CharField(label="Instrument", help_text="Such as: NRS 0-10.", max_length=120)
    kind = forms.ChoiceField(label="The numbers are", choices=KINDS)
    scale_min = forms.FloatField(label="Least of the scale", required=False)
    scale_max = forms.FloatField(label="Most of the scale", required=False)
    better = forms.ChoiceField(
        label="Better is", required=False, choices=[("", "not stated"), *((b, b) for b in Better)]
    )
    week = forms.FloatField(label="Week after the first treatment", min_value=0)
    events_of = forms.CharField(label="What counts as better", required=False, max_length=200)
    caution = forms.CharField(
        label="Caution", required=False, help_text="What a reader should beware of.", max_length=300
    )

    def __init__(self, *given: Any, of: Review, **more: Any) -> None:
        super().__init__(*given, **more)
        offer(self, "condition", [(one.id, one.name) for one in of.about.conditions])
        offer(self, "outcome", [(one.id, one.name) for one in of.about.outcomes])
        nodes = [("", "no such arm"), *((one.id, one.name) for one in of.about.nodes)]
        for at in range(1, ARMS + 1):
            self.fields[f"node{at}"] = forms.ChoiceField(label="Treatment", choices=nodes, required=at <= 2)
            self.fields[f"n{at}"] = forms.IntegerField(label="People", required=False)
            self.fields[f"mean{at}"] = forms.FloatField(label="Mean", required=False)
            self.fields[f"sd{at}"] = forms.FloatField(label="SD", required=False)
            self.fields[f"events{at}"] = forms.IntegerField(label="Got better", required=False)

    def by_arm(self) -> Iterator[tuple[int, list[forms.BoundField]]]:
        """The fields of each arm, for the page."""
        for at in range(1, ARMS + 1):
            yield at, [self[f"{name}{at}"] for name in OF_AN_ARM]

    @property
    def of_the_trial(self) -> list[forms.BoundField]:
        """The fields that are about the whole trial."""
        return [self[name] for name in OF_THE_TRIAL]

    @property
    def shared(self) -> list[forms.BoundField]:
        """The fields that all arms share."""
        return [self[name] for name in SHARED]

    def rows(self) -> dict[str, list[dict[str, str]]]:
        """The rows as the tables of the library write them."""
        given = {name: _spelled(value) for name, value in self.cleaned_data.items()}
        same = {"trial": given["trial"], "locator": given["locator"], "address": given["address"], "read_again": "no"}
        same |= {name: given[name] for name in SHARED}
        counted = given["kind"] == Scores.EVENTS
        numbers = ("n", "events") if counted else ("n", "mean", "sd")
        arms = [
            _filled(
                same
                | {"arm": f"arm {at}", "node": given[f"node{at}"]}
                | {name: given[f"{name}{at}"] for name in numbers}
            )
            for at in range(1, ARMS + 1)
            if given[f"node{at}"]
        ]
        return {"trials": [_filled({name: given[name] for name in OF_THE_TRIAL})], "arms": arms, "contrasts": []}


def _spelled(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.17g}" if isinstance(value, float) else str(value).strip()


def _filled(cells: dict[str, str]) -> dict[str, str]:
    return {name: cell for name, cell in cells.items() if cell}
