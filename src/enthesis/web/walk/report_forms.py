"""Diary and survey forms, made from the library's own questions; the same for staff and for patients."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from enthesis.knowledge import Entry
from enthesis.outcomes import Instrument, Item, Tick
from enthesis.outcomes.items import LONGEST_NAME
from enthesis.recovery import PAIN, Kind, Question

ELSE = "anything_else"
REST = "the_rest"  # after the list: a no to all that was not marked
WORDS = "_words"  # after the name of a field: what its number is about, in the patient's words
NONE = "none_fits"  # said of a sheet of sentences, so that one nobody filled in is not taken for it
CHOOSE = gettext_lazy("Please choose one of the answers.")
SCALE = forms.RadioSelect(attrs={"class": "scale"})
LEVELS = [(str(level), str(level)) for level in range(11)]


class DiaryForm(forms.Form):
    """Two taps on a normal day: pain, and that there is nothing else. The list is for the other days."""

    def __init__(self, *args: Any, questions: Iterable[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = tuple(questions)
        for question in self.questions:
            if question.id == PAIN:
                self.fields[PAIN] = forms.ChoiceField(
                    label=gettext(question.text), choices=LEVELS, widget=SCALE, error_messages={"required": CHOOSE}
                )
                self.fields[ELSE] = forms.ChoiceField(
                    label=gettext("Anything else to tell us?"),
                    error_messages={"required": CHOOSE},
                    widget=forms.RadioSelect,
                    choices=[
                        ("no", gettext("No, none of the things listed below")),
                        ("yes", gettext("Yes, I will mark it below")),
                    ],
                )
                self.fields[REST] = forms.ChoiceField(
                    label=gettext("And the other things listed?"),
                    required=False,
                    widget=forms.RadioSelect,
                    choices=[("no", gettext("No to everything I have not marked"))],
                )
            else:
                self.fields[question.id] = forms.ChoiceField(
                    label=gettext(question.text),
                    required=False,
                    widget=forms.RadioSelect,
                    choices=[("yes", gettext("Yes")), ("no", gettext("No"))],
                )

    def listed(self) -> list[forms.BoundField]:
        """The questions of the list that opens on a yes."""
        return [self[question.id] for question in self.questions if question.id != PAIN]

    def clean(self) -> dict[str, Any]:
        """A yes with nothing marked is asked again: we must not guess what it was."""
        given = super().clean() or {}
        marked = [q.id for q in self.questions if q.id != PAIN and given.get(q.id) == "yes"]
        if given.get(ELSE) == "yes" and not marked:
            self.add_error(ELSE, gettext("Please mark below what it is, or choose “No”."))
        return given

    def left_open(self) -> bool:
        """Was something marked, and something else of the list left without an answer that makes sense to ask for?"""
        given = self.cleaned_data
        if self._nothing_more():
            return False
        return any(not given.get(q.id) and given.get(q.follows) != "no" for q in self.questions if q.id != PAIN)

    def answers(self) -> dict[str, Any]:
        """The report. "No, none of these" is a no to every question listed; a yes that was marked always counts."""
        nothing = self._nothing_more()
        said = {q.id: self._said(q, nothing=nothing) for q in self.questions if q.kind is Kind.YES_NO}
        return {PAIN: int(self.cleaned_data[PAIN]), **{id: answer for id, answer in said.items() if answer is not None}}

    def _nothing_more(self) -> bool:
        return "no" in (self.cleaned_data[ELSE], self.cleaned_data.get(REST))

    def _said(self, question: Question, *, nothing: bool) -> bool | None:
        answer = self.cleaned_data.get(question.id)
        if answer == "yes":
            return True
        return False if answer == "no" or nothing else None


class SurveyForm(forms.Form):
    """One instrument, item by item, in its own words; what a patient names stands in a field of its own."""

    def __init__(self, *args: Any, instrument: Entry[Instrument], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument.body
        for item in self.instrument.items:
            if isinstance(item.format, Tick):
                self.fields[item.id] = forms.BooleanField(label=_called(item), required=False)
                continue
            if item.named:
                label = f"{_called(item)}, in the patient's words"
                self.fields[item.id + WORDS] = forms.CharField(label=label, required=False, max_length=LONGEST_NAME)
            self.fields[item.id] = _choice(item)
        if self._ticks():
            self.fields[NONE] = forms.BooleanField(label="None of these sentences fits", required=False)

    def clean(self) -> dict[str, Any]:
        """A sheet of sentences is never taken for one on which none fits because nobody filled it in."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        ticks = self._ticks()
        if ticks and any(found.get(id) for id in ticks) == bool(found.get(NONE)):
            raise forms.ValidationError("Tick the sentences that fit, or say that none of them does.")
        return found

    def _ticks(self) -> list[str]:
        return [item.id for item in self.instrument.items if isinstance(item.format, Tick)]

    @staticmethod
    def filled(instrument: Entry[Instrument], answers: Mapping[str, Any]) -> dict[str, str | bool]:
        """Answers on record as the fields show them: a sentence that did not fit is not ticked."""
        rated = {id: value["rating"] if isinstance(value, Mapping) else value for id, value in answers.items()}
        words = {id + WORDS: value["text"] for id, value in answers.items() if isinstance(value, Mapping)}
        ticks = {item.id for item in instrument.body.items if isinstance(item.format, Tick)}
        none = bool(answers) and ticks >= rated.keys() and not any(rated.values())
        shown = {id: bool(value) if id in ticks else str(value) for id, value in rated.items()}
        return shown | words | {NONE: none}

    def answers(self) -> dict[str, Any]:
        """Answers by item id, as numbers, with the words of what was named; what was left out is not there."""
        found: dict[str, Any] = {}
        for item in self.instrument.items:
            given, words = self.cleaned_data.get(item.id), self.cleaned_data.get(item.id + WORDS)
            if isinstance(given, bool) or given:
                found[item.id] = {"text": words, "rating": int(given)} if words else int(given)
        return found


def _called(item: Item) -> str:
    """The question under its heading, or its id where a licensed wording was taken back since it was answered."""
    return f"{item.section}: {item.text}" if item.section and item.text else item.text or item.id


def _choice(item: Item) -> forms.ChoiceField:
    """An item from 0 to 10 as a row of numbers with its end words above them; any other in its own words."""
    choices = [(str(option.value), option.label) for option in item.options]
    if [value for value, _ in choices] != [value for value, _ in LEVELS]:
        return forms.ChoiceField(label=_called(item), choices=choices, required=False, widget=forms.RadioSelect)
    ends = " · ".join(label for _, label in choices if not label.isdigit())
    return forms.ChoiceField(label=_called(item), help_text=ends, choices=LEVELS, required=False, widget=SCALE)


def ends_of(item: Item) -> str:
    """What stands above a row of numbers from 0 to 10: the words of its ends; nothing for any other question."""
    if len(item.options) != len(LEVELS) or not item.options[1].label.isdigit():
        return ""
    return " · ".join(option.label for option in item.options if not option.label.isdigit())
