"""The outcomes of a clinic's patients together; and the public page, which nobody can word."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from enthesis.clinic.errors import NotAllowed, NotFound, OutOfOrder
from enthesis.clinic.outcomes.publishing import publish_outcomes, published_outcomes, take_outcomes_back
from enthesis.clinic.outcomes.reporting import OutcomesPage, read_outcomes, take_clinic_snapshot
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.places import Place, own_clinics
from enthesis.knowledge import BadInput
from enthesis.web.language import speaking
from enthesis.web.staff import staff


def places_to_analyse(by: Actor) -> tuple[Place, ...]:
    """The clinics whose outcomes somebody may see. Raises NotAllowed when there is none."""
    found = tuple(place for place in own_clinics(by=by) if May.ANALYSE in place.may)
    if not found:
        raise NotAllowed(f"you may not {May.ANALYSE}: your role does not include it")
    return found


def place_asked(by: Actor, asked: str | None) -> tuple[Place, tuple[Place, ...]]:
    """The clinic of an address or form, or the first. Raises NotFound for one that is not yours."""
    places = places_to_analyse(by)
    found = next((place for place in places if str(place.id) == asked), places[0] if not asked else None)
    if found is None:
        raise NotFound("there is no such clinic of yours")
    return found, places


@require_GET
@staff
def page(request: HttpRequest, by: Actor) -> HttpResponse:
    """The report of the newest snapshot."""
    place, places = place_asked(by, request.GET.get("clinic"))
    grouped = _grouped(request)
    found = read_outcomes(by=by, clinic=place.id, grouped=grouped)
    shown = {"page": found, "place": place, "all_places": places, "grouped": grouped, "groupings": GROUPED_BY}
    return render(request, "outcomes/page.html", shown)


GROUPED_BY = {
    "treatment": "treatment",
    "condition": "condition",
    "both": "condition and treatment",
    "all": "nothing: everybody together",
}


def _grouped(request: HttpRequest) -> str:
    """How groups are told apart; an address that says something else gets the usual way."""
    asked = request.GET.get("by", "")
    return asked if asked in GROUPED_BY else "treatment"


@require_POST
@staff
def take(request: HttpRequest, by: Actor) -> HttpResponse:
    """Take a snapshot of today and make its report."""
    place, _ = place_asked(by, request.POST.get("clinic"))
    today = timezone.localdate()
    try:
        take_clinic_snapshot(by=by, clinic=place.id, on=today, today=today)
        messages.success(request, "The snapshot is taken and the report is made.")
    except BadInput:
        messages.error(request, "No course is open yet, so there is nothing to take a snapshot of.")
    return redirect(f"{reverse('outcomes')}?clinic={place.id}")


@require_GET
@staff
def file(request: HttpRequest, by: Actor) -> HttpResponse:
    """The whole report as one file that needs nothing else."""
    place, _ = place_asked(by, request.GET.get("clinic"))
    found: OutcomesPage = read_outcomes(by=by, clinic=place.id, grouped=_grouped(request))
    if found.report is None:
        return redirect(f"{reverse('outcomes')}?clinic={place.id}")
    sent = HttpResponse(found.report.html(), content_type="text/html; charset=utf-8")
    sent["Content-Disposition"] = f'attachment; filename="outcomes-{found.slug}-{found.taken_on}.html"'
    return sent


@require_POST
@staff
def publish(request: HttpRequest, by: Actor) -> HttpResponse:
    """Open the public page, bring it up to date, or close it."""
    place, _ = place_asked(by, request.POST.get("clinic"))
    try:
        if request.POST.get("back"):
            take_outcomes_back(by=by, clinic=place.id)
            messages.success(request, "The public page is closed.")
        else:
            publish_outcomes(by=by, clinic=place.id)
            messages.success(request, "The public page is open.")
    except OutOfOrder as refused:
        messages.error(request, f"Not done: {refused}.")
    return redirect(f"{reverse('outcomes')}?clinic={place.id}")


@require_GET
def public(request: HttpRequest, slug: str) -> HttpResponse:
    """What a clinic has published, for anybody, in English or Spanish."""
    with speaking(request, "en") as code:
        name, on, told_in, report = published_outcomes(slug, code)
        shown = {"name": name, "on": on, "report": report, "simulated": report.simulated, "told_in": told_in}
        return render(request, "outcomes/public.html", shown | {"code": code})
