"""What every page of the walk shares: the course it is about, and a form that is filled in, refused or acted upon."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from enthesis.clinic.course_page import CoursePage, read_course
from enthesis.clinic.errors import OutOfOrder
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor
from enthesis.knowledge import BadInput
from enthesis.outcomes import instruments
from enthesis.pathway import Stage
from enthesis.web.forms import blame, refused
from enthesis.web.walk.blocks import told_of
from enthesis.web.walk.next_step import Next, next_step, progress
from enthesis.web.walk.products import label_of, product_lines
from enthesis.web.walk.words import title_of

Act = Callable[[], HttpResponse]


def context_of(page: CoursePage) -> dict[str, Any]:
    """The course in the words of a page: what it is called, where it stands, what comes next."""
    return {
        "page": page,
        "course": page.course,
        "condition": title_of("conditions", page.course.condition),
        "site": title_of("sites", page.course.site),
        "protocol": title_of("protocols", page.course.protocol),
        "instruments": {entry.id: entry.title for entry in instruments(library())},
        "progress": progress(page.course),
        "next": _next(page),
        "treatment_title": title_of("treatments", page.course.treatment),
        "product": product_lines(page.course.treatment, page.course.recipe),
        "today": timezone.localdate(),
        "facet": "facet" in page.course.site,
        "told_of": told_of(page),
    }


def _next(page: CoursePage) -> Next | None:
    """What comes next, in the words of the treatment: a recipe, a product, or a visit without a needle."""
    found = next_step(page.course, today=timezone.localdate())
    if found is None or page.course.stage != Stage.PLANNED:
        return found
    return replace(found, label=label_of(page.course.treatment))


def about(by: Actor, course: UUID) -> CoursePage:
    """The course a page is about."""
    return read_course(by=by, course=course)


def show(request: HttpRequest, template: str, page: CoursePage, **more: Any) -> HttpResponse:
    """A page of the walk."""
    return render(request, f"walk/{template}.html", context_of(page) | more)


def answer(request: HttpRequest, template: str, page: CoursePage, form: Any, act: Act, **more: Any) -> HttpResponse:
    """Show the form; when it was posted and holds, act; when it was refused, show it again with the reason."""
    if request.method != "POST":
        return show(request, template, page, form=form, **more)
    if form.is_valid():
        try:
            return act()
        except OutOfOrder:
            raise
        except BadInput as error:
            _blame(form, error)
    return refused_with(request, template, page, form=form, **more)


def refused_with(request: HttpRequest, template: str, page: CoursePage, **more: Any) -> HttpResponse:
    """The page again with what was typed, and status 422."""
    return refused(request, f"walk/{template}.html", context_of(page) | more)


def _blame(form: Any, error: BadInput) -> None:
    """A set of forms has no fields of its own: the sentence stands above its first form."""
    target = form if isinstance(form, forms.BaseForm) else form.forms[0]
    name = str(error).partition(":")[0]
    blame(target, error if name in target.fields else spelled(error))


def spelled(error: BadInput) -> BadInput:
    """The core names its options as the command line does (weight-kg); a form's fields have underscores."""
    name, colon, rest = str(error).partition(": ")
    return BadInput(f"{name.replace('-', '_')}: {rest}") if colon and " " not in name else error
