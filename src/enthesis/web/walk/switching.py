"""Another treatment for the same condition: the old course is followed up, the new one begins at its first question."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enthesis.clinic.course_page import CoursePage
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor
from enthesis.clinic.switch import switch_treatment
from enthesis.pathway import protocols
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.forms import DayInput
from enthesis.web.walk.words import title_of


class SwitchForm(forms.Form):
    """Which treatment instead, and why."""

    protocol = forms.ChoiceField(label="Treat by", widget=forms.RadioSelect)
    why = forms.CharField(label="Why", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    on = forms.DateField(label="Day", widget=DayInput)
    sure = forms.BooleanField(label="Yes, no more sessions in the course that was. This cannot be undone.")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["protocol"]
        field.choices = choices  # type: ignore[attr-defined]  # a field of choices, as declared above


@require_http_methods(["GET", "POST"])
@staff
def switch(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """Every other way to treat the same condition."""
    about = page.about(by, course)
    others = {entry.id: entry for entry in protocols(library()) if _is_other(entry, about)}
    choices = [(id, f"{title_of('treatments', entry.body.treatment)}: {entry.title}") for id, entry in others.items()]
    form = SwitchForm(request.POST or None, choices=choices, initial={"on": timezone.localdate()})

    def act() -> HttpResponse:
        given = form.cleaned_data
        chosen = others[given["protocol"]]
        new = switch_treatment(
            by=by, course=course, treatment=chosen.body.treatment, protocol=chosen.id, on=given["on"], why=given["why"]
        )
        return redirect("walk:course", course=new.pk)

    return page.answer(request, "switch", about, form, act, choices=choices)


def _is_other(entry: Any, about: CoursePage) -> bool:
    same = (entry.body.treatment, entry.id) == (about.course.treatment, about.course.protocol)
    return entry.body.condition in ("", about.course.condition) and not same
