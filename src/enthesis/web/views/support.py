"""Decision support for other systems, as the director sees it: who may ask, and what came of the cards."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from enthesis.clinic.cds import read_clients, read_feedback
from enthesis.clinic.permissions import Actor
from enthesis.web.staff import staff
from enthesis.web.trails import places_to_audit


@require_GET
@staff
def support(request: HttpRequest, by: Actor) -> HttpResponse:
    """Both lists, with calm words where they are empty."""
    places_to_audit(by)
    context = {"clients": read_clients(by=by), "feedback": read_feedback(by=by)}
    return render(request, "support.html", context)
