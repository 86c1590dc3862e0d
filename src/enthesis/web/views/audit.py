"""The audit trail, for directors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from enthesis.clinic.events import AT_MOST, read_events, verify_chain
from enthesis.clinic.permissions import Actor
from enthesis.web.staff import staff
from enthesis.web.trails import AuditForm, places_to_audit


@require_http_methods(["GET", "POST"])
@staff
def events(request: HttpRequest, by: Actor) -> HttpResponse:
    """The latest events of one clinic; what is filtered by is posted, for it may be a name."""
    places = places_to_audit(by)
    form = AuditForm(request.POST or None, places=places)
    found = read_events(by=by, **form.arguments())
    return render(request, "audit.html", {"form": form, "events": found, "at_most": AT_MOST, "clinic": form.place})


@require_POST
@staff
def verify(request: HttpRequest, by: Actor) -> HttpResponse:
    """Walk the whole chain and say whether it holds."""
    places_to_audit(by)
    return render(request, "audit_verified.html", {"verdict": verify_chain()})
