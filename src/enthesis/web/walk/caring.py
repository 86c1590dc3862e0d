"""The sheet for the days after, as staff see and print it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from enthesis.clinic.aftercare import read_aftercare
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor
from enthesis.recovery import Urgency, warning_signs_at
from enthesis.web.language import spoken
from enthesis.web.staff import staff
from enthesis.web.walk import page


@require_GET
@staff
def aftercare(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """What to expect each day, in the patient's language or the one asked for."""
    about, sheet = page.about(by, course), read_aftercare(by=by, course=course)
    signs = warning_signs_at(sheet.site, library=library())
    return page.show(
        request,
        "aftercare",
        about,
        sheet=sheet,
        asked=sheet,
        days=sheet.days,
        spoken=spoken(request, sheet.language),
        signs=[entry for entry in signs if entry.body.urgency is Urgency.EMERGENCY_NOW],
        calls=[entry for entry in signs if entry.body.urgency is Urgency.CALL_TODAY],
    )
