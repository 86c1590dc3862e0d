"""A director chooses a value of an entry for a clinic, where sources disagree."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from enthesis.clinic.choose import choose_value
from enthesis.clinic.permissions import Actor
from enthesis.knowledge import BadInput
from enthesis.web.errors import sentence
from enthesis.web.signing import place_to_sign
from enthesis.web.staff import staff


@require_POST
@staff
def choose(request: HttpRequest, by: Actor, kind: str, entry: str) -> HttpResponse:
    """Keep the choice, or say in a sentence why it cannot be."""
    place = place_to_sign(by, request.POST.get("clinic", ""))
    given = {name: request.POST.get(name, "") for name in ("of", "value", "because")}
    try:
        kept = choose_value(by=by, clinic=place.id, kind=kind, entry=entry, **given)
    except BadInput as error:
        messages.error(request, f"Nothing was changed. {sentence(error)}")
    else:
        done = "What ships stands again" if kept.value is None else "Chosen"
        messages.success(request, f"{done} for {place.name}. Judgments already made stay as they were.")
    return redirect("entry", kind=kind, entry=entry)
