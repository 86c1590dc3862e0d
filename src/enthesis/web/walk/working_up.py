"""The work-up of a joint: blocks, imaging and red flags on one page, beside what is asked of blocks and by whom."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enthesis.catalogue import targets
from enthesis.clinic.course_page import CoursePage
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor
from enthesis.clinic.workup import IMAGES, KINDS, blocks_in, in_words, record_workup
from enthesis.knowledge import Site, parse_site
from enthesis.pathway import BlockAsked, block_rules, blocks_asked
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.blocks import aimed_at
from enthesis.web.walk.forms import DayInput
from enthesis.web.walk.session_forms import Reason, note

NUMBER = forms.TextInput(attrs={"inputmode": "numeric"})


class BlockForm(forms.Form):
    """One diagnostic block at one joint."""

    on = forms.DateField(label="Day of the block", widget=DayInput)
    site = forms.ChoiceField(label="Joint")
    drug = forms.CharField(
        label="Local anaesthetic", max_length=120, help_text="Two blocks are compared with two drugs."
    )
    relief_percent = forms.CharField(
        label="Relief (%)", max_length=3, widget=NUMBER, help_text="0 for none, 100 for no pain left."
    )
    note = note()


class ImagingForm(forms.Form):
    """One image. Pictures of the spine agree poorly with pain."""

    on = forms.DateField(label="Day of the image", widget=DayInput)
    image = forms.ChoiceField(label="Image", choices=[("", "Choose"), *IMAGES.items()])
    finding = forms.CharField(label="What it showed", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    note = note()


class RedFlagsForm(forms.Form):
    """Red flags looked for and excluded."""

    on = forms.DateField(label="Day of the examination", widget=DayInput)
    excluded = forms.BooleanField(label="Red flags were looked for and excluded")
    note = note()


FORMS: Mapping[str, type[forms.Form]] = {"block": BlockForm, "imaging": ImagingForm, "red-flags": RedFlagsForm}


@require_http_methods(["GET"])
@staff
def workup(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """All that was done to find the joint, and how the blocks stand to what each source asks."""
    about = page.about(by, course)
    return page.show(request, "workup", about, rows=rows_of(about), standing=standing(about), kinds=KINDS)


@require_http_methods(["GET", "POST"])
@staff
def record(request: HttpRequest, by: Actor, course: UUID, finding: str) -> HttpResponse:
    """Record one finding; with ?corrects, put another in its place and keep the old one."""
    about = page.about(by, course)
    if finding not in FORMS:
        raise Http404
    old = next((row for row in about.course.workup if str(row["id"]) == request.GET.get("corrects", "")), None)
    form = FORMS[finding](request.POST or None, initial=_initial(about, old))
    if "site" in form.fields:
        form.fields["site"].choices = [(str(site), site.short) for site in _tested(about)]  # type: ignore[attr-defined]
    reason = Reason(request.POST or None) if old else None

    def act() -> HttpResponse:
        if reason is not None and not reason.is_valid():
            return page.refused_with(request, "workup_record", about, form=form, reason=reason, title=KINDS[finding])
        details = dict(form.cleaned_data)
        record_workup(
            by=by,
            course=course,
            kind=finding,
            on=details.pop("on"),
            today=timezone.localdate(),
            details=details,
            corrects=old["id"] if old else None,
            reason=reason.cleaned_data["reason"] if reason else "",
        )
        return redirect("walk:workup", course=course)

    return page.answer(request, "workup_record", about, form, act, reason=reason, title=KINDS[finding])


def rows_of(about: CoursePage) -> list[Mapping[str, Any]]:
    """The findings that stand, each in words."""
    return [
        {**row, "what": KINDS[row["kind"]], "words": in_words(row["site"], row["details"])}
        for row in about.course.workup
    ]


def standing(about: CoursePage) -> list[tuple[Site, tuple[BlockAsked, ...]]]:
    """For each joint that is aimed at or was blocked: what sources ask of its blocks, and whether it was reached."""
    blocks = blocks_in(about.course.workup)
    written = dict.fromkeys((*aimed_at(about), *(block.site for block in blocks)))
    sites = (parse_site(one, library()) for one in written)
    asked = ((site, blocks_asked(library(), site=site, blocks=blocks)) for site in sites)
    return [(site, rules) for site, rules in asked if rules]


def _tested(about: CoursePage) -> list[Site]:
    """The joints that blocks test, those of the course's own kind first."""
    kinds = {kind for entry in block_rules(library()) for kind in entry.body.sites}
    own = parse_site(about.course.site, library()).kind
    tested = [site for site in targets(library()) if site.kind in kinds]
    return sorted(tested, key=lambda site: site.kind != own)


def _initial(about: CoursePage, old: Mapping[str, Any] | None) -> dict[str, Any]:
    if old is not None:
        return {"on": old["on"], "site": old["site"], **old["details"]}
    return {"site": about.course.site}
