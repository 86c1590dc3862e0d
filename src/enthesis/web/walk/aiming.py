"""What a course is to reach: less pain, something done again, an interim step before an operation."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from enthesis.clinic.goals import GOALS, set_goal
from enthesis.clinic.permissions import Actor
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.forms import DayInput


class GoalForm(forms.Form):
    """The goal in a choice and in the patient's words."""

    goal = forms.ChoiceField(label="Goal", choices=list(GOALS.items()), widget=forms.RadioSelect)
    says = forms.CharField(
        label="In the patient's words", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    operation = forms.CharField(
        label="Which operation", required=False, max_length=200, help_text="For an interim step only."
    )
    operation_on = forms.DateField(
        label="Day of the operation, if it is known",
        required=False,
        widget=DayInput,
        help_text="The screening asks about a planned operation on its own; answer it there too.",
    )
    reason = forms.CharField(label="Why does the goal change?", max_length=500, help_text="The old one stays readable.")

    def __init__(self, *args: Any, changes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not changes:
            del self.fields["reason"]


@require_http_methods(["GET", "POST"])
@staff
def goal(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """Set the goal, or change it with a reason."""
    about = page.about(by, course)
    before = about.course.goal
    form = GoalForm(request.POST or None, changes=before is not None, initial=before or {})

    def act() -> HttpResponse:
        set_goal(by=by, course=course, **form.cleaned_data)
        return redirect("walk:course", course=course)

    return page.answer(request, "goal", about, form, act)
