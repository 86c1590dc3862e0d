"""The recipe of a session: any mixture of the mixing room, recalculated as it is typed, made with one button.

It is refused where it cannot be made or is too strong. The fields are those of the mixing page, where labels are printed.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enthesis.clinic.course_page import CoursePage
from enthesis.clinic.keeping import TIME_OUT
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor
from enthesis.clinic.recipe import make_recipe
from enthesis.knowledge import BadInput
from enthesis.mixing import shown
from enthesis.pathway import Stage, protocols
from enthesis.web.mixing.forms import MOST_ROWS, RecipeForm, Rows
from enthesis.web.mixing.shown import batch_shown
from enthesis.web.mixing.starting import from_request, usual_fields
from enthesis.web.mixing.typed import Typed
from enthesis.web.mixing.views import in_words, rows_of, typed_of
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.given import give
from enthesis.web.walk.products import declared

USUAL_ML = "10"


@require_http_methods(["GET", "POST"])
@staff
def recipe(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """What to draw for these net strengths. `make` keeps it; anything else only recalculates.

    A treatment that declares what is recorded of it has a form of its own fields instead.
    """
    about = page.about(by, course)
    if (other := declared(about.course.treatment)) is not None:
        return give(request, by, about, other)
    kept = _kept(about)
    fields, start = from_request(kept or _usual(about))
    form, rows = RecipeForm(request.POST or None, initial=fields), rows_of(request, Rows, start)
    typed = typed_of(form, rows)
    answer = _calculated(typed)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "mixing/calculate_answer.html", answer)
    answer |= {"may_correct": _may_correct(about), "said_why": request.POST.get("reason", "")}
    answer |= {"kept": kept, "rows": rows, "most_rows": MOST_ROWS, "for_label": _for_label(by)}
    if request.method == "POST" and "make" not in request.POST:
        return page.show(request, "recipe", about, form=form, **answer)

    def act() -> HttpResponse:
        made = about.course.recipe if kept else None
        again = {"corrects": made["id"], "reason": request.POST.get("reason", "")} if made else {}
        make_recipe(by=by, course=course, request=typed.request(), **again)
        return redirect("walk:course", course=course)

    return page.answer(request, "recipe", about, form, act, **answer)


def _calculated(typed: Typed) -> dict[str, Any]:
    """The mixture for what is typed now, or the sentence that says why there is none."""
    try:
        return batch_shown(typed.batch())
    except BadInput as error:
        return {"why_not": in_words(error)}


def _for_label(by: Actor) -> dict[str, str]:
    """What the mixing page needs beside the recipe to print labels."""
    return {name: value for name, value in usual_fields(by.name).items() if name != "volume_ml"}


def _kept(about: CoursePage) -> dict[str, Any]:
    """The recipe that was made for the session at hand; none while the next one is still to be made."""
    made = about.course.recipe
    return dict(made["request"]) if made and about.course.stage != Stage.PLANNED else {}


def _may_correct(about: CoursePage) -> bool:
    """A recipe that was made is corrected until the time-out."""
    held = [step for visit in about.course.sessions for step in visit["steps"] if step["step"] == TIME_OUT]
    return about.course.stage == Stage.MIXED or (about.course.stage == Stage.ASSESSED and not held)


def _usual(about: CoursePage) -> dict[str, Any]:
    """The net strengths of the course's protocol to begin with; the weight is never filled in for anybody."""
    protocol = next((entry.body for entry in protocols(library()) if entry.id == about.course.protocol), None)
    if protocol is None or not protocol.mixtures:
        return {"volume_ml": USUAL_ML}
    first = protocol.mixtures[0]
    return {
        "dextrose": shown(first.dextrose_percent.exact),
        "lidocaine": shown(first.lidocaine_percent.exact) if first.lidocaine_percent else "0",
        "volume_ml": shown(first.volume_ml.exact) if first.volume_ml else USUAL_ML,
    }
