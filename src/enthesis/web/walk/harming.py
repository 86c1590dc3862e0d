"""Adverse events: reported from a course or a session, looked at again until they are closed."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from enthesis.clinic.harm import follow_event, read_event, read_events, report_event
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor
from enthesis.knowledge import BadInput
from enthesis.safety import grading
from enthesis.web.forms import blame, refused
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.forms import DayInput


class HarmForm(forms.Form):
    """What happened, and how bad it is by the published scale."""

    on = forms.DateField(label="Day it happened", widget=DayInput)
    what = forms.CharField(label="What happened", max_length=500)
    grade = forms.ChoiceField(label="Grade", widget=forms.RadioSelect)
    serious = forms.MultipleChoiceField(
        label="Serious because of", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Serious is not the same as severe. Leave all open if none is true.",
    )  # fmt: skip
    outcome = forms.ChoiceField(label="How it stands", widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scale = grading(library())
        chosen: dict[str, Any] = dict(self.fields)
        chosen["grade"].choices = [(str(one.grade), f"{one.grade} {one.name}: {one.means}") for one in scale.grades]
        chosen["serious"].choices = [(one.id, one.means) for one in scale.serious]
        chosen["outcome"].choices = [(one.id, one.name) for one in scale.outcomes]


class LookForm(HarmForm):
    """The same at a later look, with what was found or done."""

    on = forms.DateField(label="Day", widget=DayInput)
    what = None  # type: ignore[assignment]  # so Django leaves a field of the parent out
    text = forms.CharField(label="What was found or done", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    field_order = ("on", "text", "grade", "serious", "outcome")


@require_http_methods(["GET", "POST"])
@staff
def report(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """Report an adverse event of a course; `session` in the address names the session it belongs to."""
    about = page.about(by, course)
    session = request.GET.get("session") or None
    reactions = [
        reaction
        for visit in about.course.sessions
        if str(visit["id"]) == session
        for step in visit["steps"]
        if step["step"] == "observe"
        for reaction in step["details"]["reactions"]
        if reaction != "none"
    ]
    start = {"on": timezone.localdate(), "what": ", ".join(reactions)}
    form = HarmForm(request.POST or None, initial=start)

    def act() -> HttpResponse:
        given = dict(form.cleaned_data)
        day = given.pop("on")
        made = report_event(by=by, course=course, session=session, on=day, today=timezone.localdate(), details=given)
        return redirect("adverse-event", event=made)

    return page.answer(request, "harm", about, form, act)


@require_GET
@staff
def events(request: HttpRequest, by: Actor) -> HttpResponse:
    """Every adverse event of the clinic, what is open first."""
    return render(request, "adverse_events.html", {"rows": read_events(by=by), "names": names()})


@require_http_methods(["GET", "POST"])
@staff
def event(request: HttpRequest, by: Actor, event: UUID) -> HttpResponse:
    """One adverse event with every look at it; the next look is sent here."""
    row = read_event(by=by, event=event)
    start = {"on": timezone.localdate(), "grade": str(row.grade), "serious": row.serious, "outcome": row.outcome}
    form = LookForm(request.POST or None, initial=start)
    context = {"row": row, "form": form, "names": names()}
    if request.method != "POST":
        return render(request, "adverse_event.html", context)
    if form.is_valid():
        given = dict(form.cleaned_data)
        try:
            follow_event(by=by, event=event, on=given.pop("on"), today=timezone.localdate(), details=given)
            return redirect("adverse-event", event=event)
        except BadInput as error:
            blame(form, error)
    return refused(request, "adverse_event.html", context)


def names() -> dict[str, dict[Any, str]]:
    """Grades, criteria and outcomes in words."""
    scale = grading(library())
    return {
        "grades": {one.grade: one.name for one in scale.grades},
        "serious": {one.id: one.means for one in scale.serious},
        "outcomes": {one.id: one.name for one in scale.outcomes},
    }
