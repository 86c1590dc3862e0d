"""How to prepare for the next visit, by a link: a page to read and print, and a calendar file. Looking uses nothing up."""

from datetime import UTC, datetime

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from enthesis.clinic.prepare import Sheet, private_preparation
from enthesis.pathway import plan_as_ics
from enthesis.web.private.language import speaking


@require_safe
def sheet(request: HttpRequest, token: str) -> HttpResponse:
    """The sheet of a link. Raises LinkSpent."""
    found = private_preparation(token, today=timezone.localdate())
    context = sheet_context(found) | {
        "asked": found,
        "calendar": reverse("private:calendar", kwargs={"token": token}) if found.planned else "",
        "code": code_of(request.build_absolute_uri(reverse("private:form", kwargs={"token": token}))),
    }
    return render(request, "private/preparation.html", context)


@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The plan as a calendar file with neutral titles and no name."""
    found = private_preparation(token, today=timezone.localdate())
    with speaking(request, found.language):
        content = plan_as_ics(found.plan, uid_prefix=str(found.course), now=datetime.now(tz=UTC), say=say)
    named = {"Content-Disposition": 'attachment; filename="visit.ics"'}
    return HttpResponse(content, content_type="text/calendar", headers=named)


def say(sentence: str, **words: object) -> str:
    """A sentence in the language of the page, its gaps filled."""
    return gettext(sentence).format(**words) if words else gettext(sentence) if sentence else ""


def sheet_context(found: Sheet) -> dict[str, object]:
    """What the sheet itself shows, the same for staff and for the patient."""
    return {"sheet": found, "preparation": found.preparation, "simulated": found.simulated}


def code_of(address: str) -> str:
    """An address as a picture to scan."""
    return segno.make(address, error="m").svg_data_uri(scale=3, border=2)
