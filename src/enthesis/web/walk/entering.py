"""Entering a whole survey by keyboard: type the digit, Enter moves on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enthesis.clinic.entering import CLINIC, PAPER, PHONE, ToEnter, enter_wave, read_entry
from enthesis.clinic.permissions import Actor
from enthesis.knowledge import BadInput
from enthesis.outcomes import Item, Tick
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.forms import DayInput

WORDS = ".words"


class HowForm(forms.Form):
    """When and how the answers were given."""

    mode = forms.ChoiceField(
        label="How they were given",
        choices=[(PHONE, "By phone"), (PAPER, "On paper"), (CLINIC, "In the clinic")],
        widget=forms.RadioSelect,
    )
    on = forms.DateField(
        label="Day the questions were answered", widget=DayInput, help_text="On a paper form: the date written on it."
    )
    blanks = forms.BooleanField(label="What is blank was left blank by the patient", required=False)
    done = forms.BooleanField(label="No more is to come: the forms without an answer are closed too", required=False)
    code = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)


@dataclass(frozen=True)
class Line:
    """One question as it is typed: its answers in a line, what was typed, and what was wrong with it."""

    name: str
    text: str
    answers: str
    typed: str
    words: str
    named: bool
    fixed: bool
    section: str
    error: str = ""


@dataclass(frozen=True)
class Sheet:
    """One form with its lines. `ticks` where sentences are ticked: 1 for ticked, blank for not."""

    title: str
    instructions: str
    language: str
    ticks: bool
    lines: tuple[Line, ...]


@require_http_methods(["GET", "POST"])
@staff
def enter(request: HttpRequest, by: Actor, course: UUID, wave: str) -> HttpResponse:
    """Everything that is left of a wave."""
    about, today = page.about(by, course), timezone.localdate()
    asked = read_entry(by=by, course=course, wave=wave)
    first = {"mode": request.GET.get("mode", ""), "code": request.GET.get("code", "")}
    how = HowForm(request.POST or None, initial=first | ({} if first["mode"] == PAPER else {"on": today}))
    sheets = sheets_of(asked, request.POST if request.method == "POST" else None)
    wrong = [line for sheet in sheets for line in sheet.lines if line.error]

    def act() -> HttpResponse:
        if wrong:
            said = "1 answer is" if len(wrong) == 1 else f"{len(wrong)} answers are"
            how.add_error(None, f"{said} not possible, and marked below.")
            return page.refused_with(request, "enter", about, form=how, asked=asked, sheets=sheets, wrong_lines=wrong)
        given = _given(asked, request.POST)
        enter_wave(by=by, course=course, wave=wave, today=today, given=given, **how.cleaned_data)
        return redirect("walk:surveys", course=course)

    return page.answer(request, "enter", about, how, act, asked=asked, sheets=sheets)


def sheets_of(asked: ToEnter, posted: Mapping[str, Any] | None) -> tuple[Sheet, ...]:
    """Each form with what was typed, or with what the patient had answered already."""
    return tuple(
        Sheet(
            asked.entries[form.instrument].title,
            asked.entries[form.instrument].body.instructions,
            asked.entries[form.instrument].body.language,
            any(isinstance(item.format, Tick) for item in form.items),
            tuple(_line(form.instrument, item, form.words, asked.given, posted) for item in form.items),
        )
        for form in asked.forms
        if form.items
    )


def _line(
    instrument: str,
    item: Item,
    words: Mapping[str, str],
    given: Mapping[tuple[str, str], Any],
    posted: Mapping[str, Any] | None,
) -> Line:
    name, value = f"{instrument}.{item.id}", given.get((instrument, item.id))
    rating, said = (value["rating"], value["text"]) if isinstance(value, Mapping) else (value, "")
    typed = posted.get(name, "").strip() if posted is not None else "" if rating is None else str(int(rating))
    named = words.get(item.id) or (posted.get(name + WORDS, "").strip() if posted is not None else said)
    error = "" if not typed or _possible(item, typed) else f"{item.format.expected} was expected"
    text = named if item.id in words else item.text
    return Line(name, text, _answers(item), typed, named, item.named, item.id in words, item.section, error)


def _possible(item: Item, typed: str) -> bool:
    return typed in {str(option.value) for option in item.options}


def _answers(item: Item) -> str:
    """All answers in one line, with their digits."""
    if isinstance(item.format, Tick):
        return "1 ticked"
    labels = [option.numbered for option in item.options]
    return " · ".join(labels if len(labels) < 9 else (labels[0], labels[-1]))


def _given(asked: ToEnter, posted: Mapping[str, Any]) -> dict[tuple[str, str], Any]:
    """The answers by instrument and item. In a form with any sentence filled in, the others were not ticked."""
    found: dict[tuple[str, str], Any] = {}
    for form in asked.forms:
        typed = {item.id: posted.get(f"{form.instrument}.{item.id}", "").strip() for item in form.items}
        for item in form.items:
            if typed[item.id]:
                found[form.instrument, item.id] = _value(form.instrument, item, typed[item.id], posted)
            elif isinstance(item.format, Tick) and any(typed.values()):
                found[form.instrument, item.id] = 0
    return found


def _value(instrument: str, item: Item, typed: str, posted: Mapping[str, Any]) -> Any:
    words = posted.get(f"{instrument}.{item.id}{WORDS}", "").strip() if item.named else ""
    if len(words) > 200 or not words.isprintable():
        raise BadInput(f"{item.id}: words of at most 200 letters were expected")
    return {"text": words, "rating": int(typed)} if words else int(typed)
