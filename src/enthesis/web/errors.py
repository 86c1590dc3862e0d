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
from enthesis.clinic.links import UNKNOWN
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

PATIENTS_TITLE = gettext_lazy("This did not work")
PATIENTS_WORDS = gettext_lazy(
    "Open your link once more and see whether your answers are there. If it happens again, please call the clinic."
)


def status_of(error: Exception) -> int | None:
    """The status of an error of ours, or None for one nobody foresaw."""
    return next((status for kind, status in TABLE if isinstance(error, kind)), None)


def page_for(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The page of an error of ours; None leaves the error to the 500 page and the log."""
    status = status_of(error)
    whose = error if isinstance(error, LinkSpent) else None
    return None if status is None else error_page(request, status, str(error), whose)


def error_page(request: HttpRequest, status: int, said: str = "", whose: LinkSpent | None = None) -> HttpResponse:
    """One calm page: what happened, what to do next. Nothing of the inside. A patient's is in the browser's language.

    `whose` names the clinic to call, where a link told which it was.
    """
    if request.path.startswith("/p/"):
        with translation.override(_language(request)):
            return _page(request, status, *_to_patient(status, said), whose)
    title = str(TITLES.get(status, HTTPStatus(status).phrase))
    return _page(request, status, title, sentence(said) or WORDS.get(status, ""))


def _to_patient(status: int, said: str) -> tuple[str, str]:
    """A patient's title and sentence, in the language of the page. What an address lacks is a link that is not one of ours."""
    if status in (HTTPStatus.GONE, HTTPStatus.NOT_FOUND):
        return str(TITLES[HTTPStatus.GONE]), gettext(said if status == HTTPStatus.GONE else UNKNOWN)
    return str(PATIENTS_TITLE), sentence(gettext(said)) if said else str(PATIENTS_WORDS)


def _language(request: HttpRequest) -> str:
    """What the page was asked for in, else what the browser speaks: a form nobody can read names no language."""
    browsers = get_language_from_request(request)
    try:
        return spoken(request, browsers)
    except (BadRequest, SuspiciousOperation, OSError):
        return code_of(browsers)


def _page(request: HttpRequest, status: int, title: str, said: str, whose: LinkSpent | None = None) -> HttpResponse:
    context = {"asked": whose, "title": title, "said": said, "back": back(request), "layout": _layout(request, status)}
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


def _layout(request: HttpRequest, status: int) -> str:
    """Patients by private link, and pages made when nothing can be relied on, get no navigation."""
    if request.path.startswith("/p/"):
        return "private/light.html"
    return "bare.html" if status == HTTPStatus.INTERNAL_SERVER_ERROR else "base.html"


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
