"""The mixing pages: recalculated as one types, and by a button where no script runs. Nothing is kept and no name is asked for."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor
from enthesis.knowledge import BadInput
from enthesis.mixing import handling, recorded_mixtures
from enthesis.web.mixing.forms import MOST_ROWS, DrawnRows, MixtureForm, PatientForm, Rows
from enthesis.web.mixing.shown import batch_shown, drawn_shown, labels_shown
from enthesis.web.mixing.starting import DRAWN, MIXTURE, from_recorded, usual_fields
from enthesis.web.mixing.typed import Typed
from enthesis.web.staff import staff

Shown = Callable[[Typed], dict[str, Any]]


@require_http_methods(["GET", "POST"])
@staff
def calculate(request: HttpRequest, by: Actor) -> HttpResponse:
    """What do I draw? The vials and the net strengths wanted give the volumes, for every syringe."""
    form = MixtureForm(request.POST or None, initial=usual_fields(by.name))
    return _answer(
        request, "calculate", form, rows_of(request, Rows, MIXTURE), lambda typed: batch_shown(typed.batch())
    )


@require_http_methods(["GET", "POST"])
@staff
def identify(request: HttpRequest, by: Actor) -> HttpResponse:
    """I have drawn this: what is it? A mixture of a trial may be looked at the same way."""
    start = from_recorded(request.GET.get("recorded", "")) or DRAWN
    entries = recorded_mixtures(library())
    more = {"recorded": entries, "workable": {entry.id for entry in entries if from_recorded(entry.id)}}
    return _answer(
        request,
        "drawn",
        PatientForm(request.POST or None),
        rows_of(request, DrawnRows, start),
        lambda typed: drawn_shown(typed.drawn()),
        **more,
    )


@require_http_methods(["GET", "POST"])
@staff
def labels(request: HttpRequest, by: Actor) -> HttpResponse:
    """The labels of the syringes, to print. A vial out of date stops them; without a form there is the form."""
    if request.method != "POST":
        return calculate(request)
    form, rows = MixtureForm(request.POST), rows_of(request, Rows, MIXTURE)
    typed = typed_of(form, rows)
    try:
        shown = labels_shown(typed, at=timezone.localtime(), by=typed.fields.get("prepared_by", ""))
    except BadInput as error:
        return _page(request, "calculate", form, rows, {"why_not": in_words(error)}, status=422)
    return render(request, "mixing/labels.html", shown)


def in_words(error: BadInput) -> str:
    """The sentence of an error with the name of its field as people say it."""
    name, colon, rest = str(error).partition(": ")
    return f"{name.replace('-', ' ').replace('_', ' ').capitalize()}: {rest}" if colon else str(error)


def _answer(request: HttpRequest, page: str, form: forms.Form, rows: Any, shown: Shown, **more: Any) -> HttpResponse:
    """The answer alone for a script, else the whole page with it."""
    try:
        answer = shown(typed_of(form, rows))
    except BadInput as error:
        answer = {"why_not": in_words(error)}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, f"mixing/{page}_answer.html", answer)
    asked = request.method == "POST" and "more" not in request.POST
    return _page(request, page, form, rows, answer | more, status=422 if asked and answer.get("why_not") else 200)


def _page(
    request: HttpRequest, page: str, form: forms.Form, rows: Any, more: dict[str, Any], *, status: int
) -> HttpResponse:
    usual = handling(library())
    context = {"form": form, "rows": rows, "most_rows": MOST_ROWS, "tab": page, "handling": usual} | more
    return render(request, f"mixing/{page}.html", context, status=status)


def rows_of(request: HttpRequest, kind: Any, start: list[dict[str, str]]) -> Any:
    """The rows as posted, one more where that was asked for; or those to begin with."""
    if request.method != "POST":
        return kind(initial=start, prefix="row")
    posted = request.POST.copy()
    if "more" in posted:
        count = posted.get("row-TOTAL_FORMS", "0")
        posted["row-TOTAL_FORMS"] = str(
            min(int(count) if count.isascii() and count.isdigit() else 0, MOST_ROWS - 1) + 1
        )
    return kind(posted, prefix="row")


def typed_of(form: forms.Form, rows: Any) -> Typed:
    """What stands in the fields now, whether it was posted or is there to begin with."""
    return Typed(_values(form), tuple(_values(row) for row in rows))


def _values(form: forms.Form) -> dict[str, str]:
    return {name: str(form[name].value() or "") for name in form.fields}
