"""The one table from what went wrong to a status and a page."""

import re
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.translation import get_language_from_request, gettext, gettext_lazy

from enthesis.clinic.errors import LinkSpent, NotAllowed, NotFound, OutOfOrder
from enthesis.knowledge import BadInput
from enthesis.web.language import code_of, spoken

# In order: an OutOfOrder is a BadInput too, and its own row comes first.
TABLE: tuple[tuple[type[Exception], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (LinkSpent, 410),
    (OutOfOrder, 409),
    (BadInput, 422),
)
FIELD = re.compile(r"[a-z][a-z0-9_]*")  # a form's field; "Patient: ..." names a resource, and stays
TITLES = {
    400: "This request could not be read",
    403: "You may not do this",
    404: "Not found",
    405: "Nothing to show here",
    409: "Something else comes first",
    410: gettext_lazy("This link cannot be used"),
    422: "This could not be used",
    500: "Something went wrong on our side",
}
WORDS = {
    400: "The request was not complete or came from another site. Go back and try again.",
    403: "The page could not confirm that the request came from you. Go back, load the page again and repeat what you did.",
    404: "There is no such page. It may have moved, or the address was not copied whole.",
    405: (
        "This address only takes what a form sends. If you signed in just now, "
        "what you were sending was not saved: do it again."
    ),
    500: (
        "Nothing of what you just did was saved. Try again; if it happens a second time, "
        "tell whoever runs Enthesis at your clinic when it happened."
    ),
}


def status_of(error: Exception) -> int | None:
    """The status of an error of ours, or None for one nobody foresaw."""
    return next((status for kind, status in TABLE if isinstance(error, kind)), None)


def page_for(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The page of an error of ours; None leaves the error to the 500 page and the log."""
    status = status_of(error)
    return None if status is None else error_page(request, status, str(error))


def error_page(request: HttpRequest, status: int, said: str = "") -> HttpResponse:
    """One calm page: what happened, what to do next. Nothing of the inside. A patient's is in the browser's language."""
    if request.path.startswith("/p/"):
        with translation.override(_language(request)):
            return _page(request, status, gettext(said) if said else "")
    return _page(request, status, said)


def _language(request: HttpRequest) -> str:
    """What the page was asked for in, else what the browser speaks: a form nobody can read names no language."""
    browsers = get_language_from_request(request)
    try:
        return spoken(request, browsers)
    except (BadRequest, SuspiciousOperation, OSError):
        return code_of(browsers)


def _page(request: HttpRequest, status: int, said: str) -> HttpResponse:
    context = {
        "title": TITLES.get(status, HTTPStatus(status).phrase),
        "said": sentence(said) or WORDS.get(status, ""),
        "back": back(request),
        "layout": "bare.html" if _outside(request, status) else "base.html",
    }
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:  # nothing can be relied on: no session, no database
        return HttpResponse(
            render_to_string("errors/error.html", context | {"simulated": settings.MODE == "demo"}), status=status
        )
    return HttpResponse(render_to_string("errors/error.html", context, request), status=status)


def sentence(error: Exception | str) -> str:
    """The words of an error as a sentence, without the name of the field it begins with; nothing for none."""
    text = str(error)
    field, colon, rest = text.partition(": ")
    text = rest if colon and FIELD.fullmatch(field) else text
    return text[:1].upper() + text[1:] + ("" if not text or text.endswith((".", "?", "!")) else ".")


def back(request: HttpRequest) -> str:
    """Where to go on from an error: the course, else the patient, else the worklist."""
    match = getattr(request, "resolver_match", None)
    known = match.kwargs if match else {}
    for name, key in (("walk:course", "course"), ("patient", "patient")):
        if key in known and match and match.view_name != name:
            try:
                return reverse(name, kwargs={key: known[key]})
            except NoReverseMatch:
                continue
    return reverse("worklist")


def _outside(request: HttpRequest, status: int) -> bool:
    """Patients by private link, and pages made when nothing can be relied on, get no navigation."""
    return status == 500 or request.path.startswith("/p/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 400."""
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """Django's 403, also for a form whose token is missing or old."""
    return error_page(request, 403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 404."""
    return error_page(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """Django's 500: no session, no database, no details."""
    return error_page(request, 500)
