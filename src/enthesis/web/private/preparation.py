"""How to prepare for the next visit, by a link: a page to read and print, and a calendar file. Looking uses nothing up."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from enthesis.clinic.prepare import private_preparation
from enthesis.pathway import plan_as_ics
from enthesis.web.language import speaking
from enthesis.web.sheets import code_of, sheet_context


@require_safe
def sheet(request: HttpRequest, token: str) -> HttpResponse:
    """The sheet of a link. Raises LinkSpent."""
    found = private_preparation(token, today=timezone.localdate())
    context = sheet_context(found) | {
        "asked": found,
        "calendar": _calendar(token) if found.planned else "",
        "qr": code_of(request.build_absolute_uri(reverse("private:form", kwargs={"token": token}))),
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


def _calendar(token: str) -> str:
    """The address of the calendar file, in the language of this page."""
    return f"{reverse('private:calendar', kwargs={'token': token})}?language={get_language()}"


def say(sentence: str, **words: object) -> str:
    """A sentence in the language of the page, its gaps filled."""
    return gettext(sentence).format(**words) if words else gettext(sentence) if sentence else ""
