"""Private links for a patient: made here, shown once."""

from typing import Any
from uuid import UUID

import segno
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from enthesis.clinic.links import end_link, make_link
from enthesis.clinic.permissions import Actor
from enthesis.clinic.rows import CourseRow
from enthesis.clinic.survey import waves_open
from enthesis.web.staff import staff
from enthesis.web.walk import page


class LinkForm(forms.Form):
    """Which form the link opens."""

    what = forms.ChoiceField(label="The link opens", widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["what"]
        field.choices = choices  # type: ignore[attr-defined]  # a field of choices, as declared above


@require_http_methods(["GET", "POST"])
@staff
def links(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """Make a link and show it once, with a code to scan. Nobody can see it again."""
    about = page.about(by, course)
    choices = [*_diaries(about.course), *_surveys(by, course)]
    form = LinkForm(request.POST or None, choices=choices)

    def act() -> HttpResponse:
        kind, _, rest = form.cleaned_data["what"].partition("|")
        about_it = (
            {"session": rest} if kind == "diary" else dict(zip(("wave", "instrument"), rest.split("|"), strict=False))
        )
        made = make_link(by=by, course=course, form=kind, about=about_it)
        address = request.build_absolute_uri(reverse("private:form", kwargs={"token": made.token}))
        code = segno.make(address, error="m").svg_data_uri(scale=4, border=2)
        return page.show(
            request, "link", page.about(by, course), address=address, code=code, expires_at=made.expires_at
        )

    return page.answer(request, "links", about, form, act, choices=choices, now=timezone.now())


@require_POST
@staff
def end(request: HttpRequest, by: Actor, course: UUID, link: int) -> HttpResponse:
    """End a link that went to the wrong phone: from then on it opens nothing."""
    end_link(by=by, course=course, link=link)
    messages.success(request, "The link has ended. It opens nothing any more; a new one can be made.")
    return redirect("walk:links", course)


def _diaries(course: CourseRow) -> list[tuple[str, str]]:
    return [
        (f"diary|{visit['id']}", f"Diary, one day, after session {visit['number']}")
        for visit in course.sessions
        if any(step["step"] == "inject" for step in visit["steps"])
    ]


def _surveys(by: Actor, course: UUID) -> list[tuple[str, str]]:
    """A whole wave first, which is what a patient should get; then each of its forms by itself."""
    waves = waves_open(by=by, course=course, on=timezone.localdate())
    whole = [(f"wave|{wave.id}", f"Survey, {wave.title}: all of it") for wave in waves if wave.is_open and wave.left]
    return whole + [
        (f"survey|{wave.id}|{asked.id}", f"Survey {asked.title}, {wave.title}")
        for wave in waves
        for asked in wave.instruments
        if wave.is_open and not asked.answered
    ]
