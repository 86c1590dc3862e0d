"""The emergency cards on one page, to print and keep where the needle is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from enthesis.clinic.permissions import Actor
from enthesis.web.staff import staff
from enthesis.web.walk.cards import cards


@require_GET
@staff
def emergencies(request: HttpRequest, by: Actor) -> HttpResponse:
    """Every card with the rule of each dose for any weight."""
    return render(request, "emergencies.html", {"cards": cards()})
