"""The preparation sheet as staff see and print it, and the link with its code to scan for the patient."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enthesis.clinic.permissions import Actor
from enthesis.clinic.prepare import link_to_preparation, read_preparation
from enthesis.web.language import spoken
from enthesis.web.sheets import code_of, sheet_context
from enthesis.web.staff import staff
from enthesis.web.walk import page


@require_http_methods(["GET", "POST"])
@staff
def preparation(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """The sheet in the patient's language or the one asked for; asking for a link shows the sheet with the link on it, once."""
    about, today = page.about(by, course), timezone.localdate()
    found = read_preparation(by=by, course=course, today=today)
    shown = sheet_context(found) | {"spoken": spoken(request, found.language)}
    if request.method == "POST":
        made = link_to_preparation(by=by, course=course, today=today)
        address = request.build_absolute_uri(reverse("private:form", kwargs={"token": made.token}))
        shown |= {"address": address, "code": code_of(address), "expires_at": made.expires_at}
    return page.show(request, "preparation", about, **shown)
