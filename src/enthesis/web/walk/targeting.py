"""The targets of a course: marked on the map or in the list, kept with who planned them and why they changed."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from enthesis.catalogue import targets_for
from enthesis.clinic.course_page import CoursePage
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor
from enthesis.clinic.planned import plan_sites
from enthesis.knowledge import parse_site
from enthesis.web.bodymap import TargetsField, asks_for_view, drawn, unjudged
from enthesis.web.staff import staff
from enthesis.web.walk import page


class TargetsForm(forms.Form):
    """Where the needle is to go, and why that changed where it was planned before."""

    sites = TargetsField(label="Planned targets", error_messages={"required": "Mark at least one target."})
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Such as the approach.",
    )
    reason = forms.CharField(
        label="Why do the targets change?", max_length=500, help_text="What was planned before stays readable."
    )

    def __init__(self, *args: Any, site: str, changes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sites"]
        assert isinstance(field, TargetsField)  # noqa: S101 -- as declared above
        self.offered = targets_for(parse_site(site, library()), library=library())
        field.offer(self.offered)
        if not changes:
            del self.fields["reason"]


@require_http_methods(["GET", "POST"])
@staff
def targets(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """Mark the targets of the next session."""
    about = page.about(by, course)
    before = about.course.planned_sites
    form = TargetsForm(
        request.POST or None, site=about.course.site, changes=before is not None, initial=_initial(about)
    )
    more = drawn(form["sites"], form.offered, request.POST)
    if asks_for_view(request.POST):
        return page.show(request, "targets", about, form=unjudged(form, request.POST), **more)

    def act() -> HttpResponse:
        plan_sites(by=by, course=course, **form.cleaned_data)
        return redirect("walk:course", course=course)

    return page.answer(request, "targets", about, form, act, **more)


def _initial(about: CoursePage) -> dict[str, Any]:
    """What was planned before; at first the course's own site, where it says one place."""
    before, site = about.course.planned_sites, parse_site(about.course.site, library())
    if before is not None:
        return {"sites": before["sites"], "note": before["note"]}
    return {"sites": [str(site)] if site.exact else [], "note": ""}
