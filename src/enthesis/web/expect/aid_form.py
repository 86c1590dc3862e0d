"""What matters to a patient, what they want to ask, and where they lean: nothing need be answered."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from enthesis.clinic.aid import AidSheet
from enthesis.expectations.aid import IMPORTANCE, QUESTIONS, VALUES

START = [("", gettext_lazy("Choose")), *((str(n), str(n)) for n in range(1, 11))]


class AidForm(forms.Form):
    """The exercise of a decision aid, made from the words every aid shares and the options of this one."""

    start = forms.ChoiceField(label=gettext_lazy("My pain now, from 1 to 10"), required=False, choices=START)
    questions = forms.MultipleChoiceField(
        label=gettext_lazy("I want to ask"), required=False, widget=forms.CheckboxSelectMultiple
    )
    own_question = forms.CharField(
        label=gettext_lazy("My own question"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    leaning = forms.ChoiceField(label=gettext_lazy("Where I lean now"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, sheet: AidSheet, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _kept(sheet))
        super().__init__(*args, **kwargs)
        options = [(column.option.id, gettext(column.option.title)) for column in sheet.page.columns]
        self.fields["leaning"].choices = [*options, ("", gettext("I am not sure yet"))]  # type: ignore[attr-defined]  # a field of choices
        self.fields["questions"].choices = [(id, gettext(said)) for id, said in QUESTIONS]  # type: ignore[attr-defined]  # the same
        degrees = [(id, gettext(said)) for id, said in IMPORTANCE]
        for id, said in VALUES:
            self.fields[f"value-{id}"] = forms.ChoiceField(
                label=gettext(said), required=False, widget=forms.RadioSelect, choices=degrees
            )

    @property
    def values(self) -> list[forms.BoundField]:
        """The fields of what matters."""
        return [self[f"value-{id}"] for id, _ in VALUES]

    @property
    def begins(self) -> int | None:
        """The start chosen, where one was."""
        chosen = str(self.cleaned_data.get("start") or "")
        return int(chosen) if chosen else None

    def answers(self) -> dict[str, Any]:
        """As the act takes them; what was left out is not there."""
        given = self.cleaned_data
        said = {id: int(given[f"value-{id}"]) for id, _ in VALUES if given.get(f"value-{id}")}
        return {
            "values": said,
            "questions": list(given["questions"]),
            "own_question": given["own_question"],
            "leaning": given["leaning"],
            "start": self.begins,
        }


def _kept(sheet: AidSheet) -> Mapping[str, Any]:
    """What was answered last stands in the form again."""
    if sheet.said is None:
        return {"leaning": ""}
    values = {f"value-{id}": str(value) for id, value in sheet.said.values.items()}
    return values | {
        "start": str(sheet.said.start or ""),
        "questions": list(sheet.said.questions),
        "own_question": sheet.said.own_question,
        "leaning": sheet.said.leaning,
    }
