"""The recipe: recalculated as it is typed, made with one button, refused where it cannot be or is too strong."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enthesis.clinic.course_page import CoursePage
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor
from enthesis.clinic.recipe import make_recipe
from enthesis.knowledge import BadInput
from enthesis.mixing import Mixture, mix, recipe_lines, shown
from enthesis.pathway import Stage, protocols
from enthesis.web.errors import sentence
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.given import give
from enthesis.web.walk.products import declared
from enthesis.web.walk.recipe_form import RecipeForm


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
    form = RecipeForm(request.POST or None, initial=kept or _usual(about))
    typed = {name: request.POST.get(name, "") for name in form.fields} if request.POST else form.initial
    answer = _calculated(typed) | {"kept": kept}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "walk/mixture.html", answer)
    if request.method == "POST" and "make" not in request.POST:
        return page.show(request, "recipe", about, form=form, **answer)

    def act() -> HttpResponse:
        make_recipe(by=by, course=course, request=form.cleaned_data)
        return redirect("walk:course", course=course)

    return page.answer(request, "recipe", about, form, act, **answer)


def _calculated(typed: Mapping[str, str]) -> dict[str, Any]:
    """The mixture for what is typed now, or the sentence that says why there is none."""
    try:
        made = mix(library(), **{name: value.strip() for name, value in typed.items() if value.strip()})  # type: ignore[arg-type]
    except (BadInput, TypeError) as error:
        why_not = _why_not(error) if isinstance(error, BadInput) else "Enter strengths and a volume."
        return {"why_not": why_not, "made": None}
    return {
        "made": made,
        "lines": recipe_lines(made) if made.feasible else (),
        "elsewhere": _on_the_mixing_page(typed),
        "asked": f"{typed['dextrose']}% dextrose, {typed['lidocaine']}% lidocaine, {typed['volume_ml']} mL",
        "numbers": _numbers(made) | {"weight": typed.get("weight_kg", "")},
        "why_not": "",
    }


def _on_the_mixing_page(typed: Mapping[str, str]) -> dict[str, str]:
    """The same recipe as the fields of the mixing page: syringes, labels and further components are there."""
    form = typed.get("dextrose_form") or "hydrous"
    return {
        "row-TOTAL_FORMS": "3",
        "row-INITIAL_FORMS": "0",
        "row-0-vial": f"dextrose:{form}",
        "row-0-strength": typed.get("dextrose_stock") or "50",
        "row-0-net": typed.get("dextrose", ""),
        "row-1-vial": "lidocaine:plain",
        "row-1-strength": typed.get("lidocaine_stock") or "1",
        "row-1-net": typed.get("lidocaine", ""),
        "diluent": typed.get("diluent") or "saline",
        "volume_ml": typed.get("volume_ml", ""),
        "weight_kg": typed.get("weight_kg", ""),
    }


def _why_not(error: BadInput) -> str:
    """The sentence with the label of the field it is about."""
    known = page.spelled(error)
    field = RecipeForm.base_fields.get(str(known).partition(":")[0])
    return f"{field.label}: {sentence(known)}" if field else sentence(known)


def _numbers(made: Mixture) -> dict[str, str]:
    """Strengths and doses as they are written, exact where they can be."""
    if made.made is None:
        return {}
    dose = next((dose for dose in made.doses if dose.component == "lidocaine"), None)
    osmolarity = made.made.osmolarity_mosm_per_l
    return {
        "dextrose": shown(made.made.percent("dextrose")),
        "lidocaine": shown(made.made.percent("lidocaine")),
        "mg": shown(made.made.mg("lidocaine")),
        "max": shown(dose.max_mg) if dose and dose.max_mg is not None else "",
        "osmolarity": str(round(osmolarity)) if osmolarity is not None else "not known",
        "volume": shown(made.made.volume_ml),
    }


def _kept(about: CoursePage) -> dict[str, str]:
    """The recipe that was made for the session at hand; none while the next one is still to be made."""
    made = about.course.recipe
    return dict(made["request"]) if made and about.course.stage != Stage.PLANNED else {}


def _usual(about: CoursePage) -> dict[str, str]:
    """The net strengths of the course's protocol to begin with; the weight is never filled in for anybody."""
    protocol = next((entry.body for entry in protocols(library()) if entry.id == about.course.protocol), None)
    if protocol is None or not protocol.mixtures:
        return {}
    first = protocol.mixtures[0]
    return {
        "dextrose": shown(first.dextrose_percent.exact),
        "lidocaine": shown(first.lidocaine_percent.exact) if first.lidocaine_percent else "0",
        "volume_ml": shown(first.volume_ml.exact) if first.volume_ml else "10",
        "dextrose_stock": "50",
        "lidocaine_stock": "1",
        "diluent": "saline",
    }
