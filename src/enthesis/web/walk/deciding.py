"""Go on, pause, stop, close or withdraw; with the reviews that are due in sight, and a second yes for what is final."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enthesis.clinic.deciding import DECISIONS, NOT_UNDONE, TREATS_ON, decide_course
from enthesis.clinic.permissions import Actor
from enthesis.pathway import Move, Stage, moves_from
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.forms import DayInput

WORDS = {
    "go-on": "Go on to another session",
    "pause": "Pause, and ask again on a day",
    "resume": "Resume: the next session is screened for",
    "stop": "Stop treating and follow up",
    "break-off": "Break this visit off without an injection",
    "close": "Close the course",
    "withdraw": "The patient withdraws",
}


class DecideForm(forms.Form):
    """Go on or stop. What nothing leads back from asks for a second yes, and a review that is due for a look."""

    decided = forms.ChoiceField(label="Decision", widget=forms.RadioSelect)
    until = forms.DateField(
        label="Ask again on", required=False, widget=DayInput, help_text="For a pause only. What is due stays due."
    )
    why = forms.CharField(label="Why", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    on = forms.DateField(label="Day", widget=DayInput)
    reviewed = forms.BooleanField(
        label="I have looked again at how this person is, and the course may go on all the same.", required=False
    )
    sure = forms.BooleanField(label="Yes, this is final. It cannot be undone.", required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], review: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["decided"]
        field.choices = choices  # type: ignore[attr-defined]  # a field of choices, as declared above
        names = {name for name, _ in choices}
        for extra, needed in (
            ("until", "pause" in names),
            ("reviewed", review and bool(names & set(TREATS_ON))),
            ("sure", bool(names & set(NOT_UNDONE))),
        ):
            if not needed:
                del self.fields[extra]

    def clean(self) -> dict[str, Any]:
        """What cannot be undone is confirmed."""
        given = super().clean() or {}
        if given.get("decided") in NOT_UNDONE and not given.get("sure"):
            self.add_error("sure", "This cannot be undone. Tick to confirm, or choose something else.")
        return given


@require_http_methods(["GET", "POST"])
@staff
def decide(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """Only what the stage allows is offered."""
    about = page.about(by, course)
    allowed = moves_from(Stage(about.course.stage))
    choices = [(name, WORDS[name]) for name, move in DECISIONS.items() if move in allowed]
    initial = {"on": timezone.localdate()}
    form = DecideForm(request.POST or None, choices=choices, review=bool(about.course.reviews), initial=initial)

    def act() -> HttpResponse:
        given = {name: value for name, value in form.cleaned_data.items() if name != "sure"}
        decide_course(by=by, course=course, **given)
        return redirect("walk:course", course=course)

    return page.answer(request, "decide", about, form, act, choices=choices, may_switch=Move.SWITCH in allowed)
