"""The decision aid of a course as staff see it: what the patient said, the page itself, and the link to it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from enthesis.clinic.aid import AidSheet, link_to_aid, read_aid
from enthesis.clinic.permissions import Actor
from enthesis.expectations.aid import IMPORTANCE, QUESTIONS, VALUES
from enthesis.web.expect.aid_context import aid_context
from enthesis.web.language import spoken
from enthesis.web.sheets import code_of
from enthesis.web.staff import staff
from enthesis.web.walk import page


@require_http_methods(["GET", "POST"])
@staff
def aid(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """What matters to the patient, above the page they saw; asking for a link shows it once."""
    about = page.about(by, course)
    sheet = read_aid(by=by, course=course)
    language = spoken(request, sheet.language)
    with override(language):
        shown = aid_context(sheet.page) | {"sheet": sheet, "spoken": language, "said": _said(sheet)}
    if request.method == "POST":
        made = link_to_aid(by=by, course=course)
        address = request.build_absolute_uri(reverse("private:form", kwargs={"token": made.token}))
        shown |= {"address": address, "code": code_of(address), "expires_at": made.expires_at}
    return page.show(request, "aid", about, **shown)


def _said(sheet: AidSheet) -> dict[str, object]:
    """The newest answers in words, for staff."""
    said = sheet.said
    if said is None:
        return {}
    degree, asked, options = dict(IMPORTANCE), dict(QUESTIONS), _options(sheet)
    ordered = sorted(((said.values[id], name) for id, name in VALUES if id in said.values), key=lambda one: -one[0])
    return {
        "values": [(name, degree[str(value)]) for value, name in ordered],
        "questions": [asked[id] for id in said.questions if id in asked],
        "leaning": options.get(said.leaning, ""),
    }


def _options(sheet: AidSheet) -> dict[str, str]:
    return {column.option.id: column.option.title for column in sheet.page.columns}
