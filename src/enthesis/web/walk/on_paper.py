"""A survey on paper: the printable form with its code, and the way from a code to where it is entered."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from enthesis.clinic.entering import PAPER, ToEnter, read_entry
from enthesis.clinic.errors import LinkSpent, NotFound
from enthesis.clinic.paper import find_form, print_form
from enthesis.clinic.permissions import Actor
from enthesis.outcomes import Item, LicenceStanding, Tick
from enthesis.web.language import code_of
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.report_forms import ends_of

# whose version names who wrote it and when, which licences ask for, or the very wording that a clinic brought
NAMED_BY_VERSION = (LicenceStanding.OWNER, LicenceStanding.SECOND_HAND, LicenceStanding.CLINIC)


class CodeForm(forms.Form):
    """The code of a paper form."""

    code = forms.CharField(
        label="Code on the form",
        max_length=40,
        help_text="Twelve letters and digits; small letters and dashes do not matter.",
    )


@dataclass(frozen=True)
class Asked:
    """One question as it is printed: `line` where the patient writes what it is about, and the boxes to tick."""

    number: int
    text: str
    line: bool
    boxes: tuple[str, ...]
    section: str
    ends: str = ""  # above a row of numbers, so that no box stands apart from the others


@dataclass(frozen=True)
class Printable:
    """One form as it is printed; our own single questions stand without a title. `source` is its version in print."""

    title: str
    instructions: str
    language: str
    questions: tuple[Asked, ...]
    source: str


@require_http_methods(["GET", "POST"])
@staff
def paper(request: HttpRequest, by: Actor, course: UUID, wave: str) -> HttpResponse:
    """The printable form; its code is made when it is asked for, and shown once."""
    about = page.about(by, course)
    asked = read_entry(by=by, course=course, wave=wave)
    printed = print_form(by=by, course=course, wave=wave) if request.method == "POST" else None
    sheets = printable(asked)
    shown = {"sheets": sheets, "speaks": code_of(about.language), "languages": {sheet.language for sheet in sheets}}
    return page.show(request, "paper", about, asked=asked, printed=printed, **shown)


@require_http_methods(["GET", "POST"])
@staff
def by_code(request: HttpRequest, by: Actor) -> HttpResponse:
    """From the code on a paper form to the page where it is entered."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            found = find_form(by=by, code=code)
        except (NotFound, LinkSpent) as error:
            form.add_error("code", str(error).removeprefix("code: ").capitalize())
        else:
            there = reverse("survey-enter", kwargs={"course": found.course, "wave": found.wave})
            return redirect(f"{there}?{urlencode({'mode': PAPER, 'code': code})}")
    shown = {"form": form, "today": timezone.localdate()}
    return render(request, "paper_code.html", shown, status=422 if form.errors else 200)


def printable(asked: ToEnter) -> tuple[Printable, ...]:
    """Every form that is left, in its own words."""
    found = []
    for form in asked.forms:
        about = asked.entries[form.instrument]
        headings = ["", *(item.section for item in form.items)]
        questions = tuple(
            _asked(number, item, form.words, item.section if item.section != before else "")
            for number, (item, before) in enumerate(zip(form.items, headings, strict=False), 1)
        )
        standing = about.body.licence.standing
        title = "" if standing is LicenceStanding.OURS else about.title
        source = about.body.version if standing in NAMED_BY_VERSION else ""
        if questions:
            found.append(Printable(title, about.body.instructions, about.body.language, questions, source))
    return tuple(found)


def _asked(number: int, item: Item, words: Mapping[str, str], section: str) -> Asked:
    ends = ""
    if isinstance(item.format, Tick):
        boxes: tuple[str, ...] = (item.options[1].label,)
    elif ends := ends_of(item):
        boxes = tuple(str(option.value) for option in item.options)
    else:
        boxes = tuple(option.numbered for option in item.options)
    return Asked(number, words.get(item.id, item.text), item.named and item.id not in words, boxes, section, ends)
