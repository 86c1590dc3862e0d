"""The screening form, made from the rules' own questions: never typed a second time."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms

from enthesis.screening import Kind, Question, When
from enthesis.web.walk.forms import DayInput

YES_NO = [("yes", "Yes"), ("no", "No"), ("", "Not known")]
WHEN = [(When.NEVER.value, "Never"), (When.NOW.value, "Still now"), ("date", "On this day:"), ("", "Not known")]


class ScreenForm(forms.Form):
    """The day of the injection, and every question that matters for the site. None is answered beforehand."""

    on = forms.DateField(label="Planned day of the injection", widget=DayInput)

    said = forms.CharField(
        label="Medicines, allergies and illnesses, as the patient tells them",
        help_text="One on a line, such as “naproxen as needed”, “Plavix until 2026-11-10” or “allergic to latex”. "
        "What is not recognised is asked about. It takes the place of what was noted here before.",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=5000,
    )

    def __init__(self, *args: Any, questions: Iterable[Question], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.today = tuple(questions), today
        self.fields["on"].initial = today + timedelta(days=14)
        for question in self.questions:
            choices = YES_NO if question.kind is Kind.YES_NO else WHEN
            self.fields[question.id] = forms.ChoiceField(
                label=question.text, help_text=question.hint, choices=choices, required=False, widget=forms.RadioSelect
            )
            if question.kind is Kind.WHEN:
                self.fields[f"{question.id}-day"] = forms.DateField(
                    label=f"Day of the last time: {question.text}", required=False, widget=DayInput
                )

    def asked(self) -> Iterable[tuple[forms.BoundField, forms.BoundField | None, Question]]:
        """Each question's field with the field for its day, for the page."""
        for question in self.questions:
            yield self[question.id], self[f"{question.id}-day"] if question.kind is Kind.WHEN else None, question

    def clean(self) -> dict[str, Any]:
        """A day goes with "on this day", and "on this day" with a day."""
        given = super().clean() or {}
        for question in self.questions:
            if given.get(question.id) == "date" and not given.get(f"{question.id}-day"):
                self.add_error(f"{question.id}-day", "Enter the day, or choose “Not known”.")
        return given

    def arguments(self) -> dict[str, Any]:
        """The arguments of `screen_course`."""
        return {
            "on": self.cleaned_data["on"],
            "as_of": self.today,
            "said": self.cleaned_data["said"],
            "answers": {q.id: self._answer(q) for q in self.questions},
        }

    def _answer(self, question: Question) -> str:
        """A day that was entered counts even where the button beside it was forgotten."""
        said, day = self.cleaned_data.get(question.id, ""), self.cleaned_data.get(f"{question.id}-day")
        return day.isoformat() if day and said in ("date", "") else said
