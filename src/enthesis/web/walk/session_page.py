"""The record of a session: read, signed, added to, printed as a procedure note."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enthesis.clinic.course_page import CoursePage
from enthesis.clinic.errors import NotFound
from enthesis.clinic.exporting import export_session
from enthesis.clinic.permissions import Actor
from enthesis.clinic.session_record import SessionRecord, read_session
from enthesis.clinic.signing import add_addendum, sign_session
from enthesis.fhir.export import bundle_of
from enthesis.web.bodymap import marked_map
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.cards import cards
from enthesis.web.walk.placements import injected_sites
from enthesis.web.walk.products import product_lines


class AddendumForm(forms.Form):
    """What is added after the signature."""

    words = forms.CharField(label="What is added", max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    what = forms.CharField(
        label="If a lot was left out or wrong: what it was", required=False, max_length=80,
        help_text="Such as saline 0.9%. A recall then finds this person by that lot too.",
    )  # fmt: skip
    lot = forms.CharField(label="Its lot", required=False, max_length=60)

    def lots(self) -> list[dict[str, str]]:
        """The lot that was named, if any."""
        given = self.cleaned_data
        return [{"what": given["what"], "lot": given["lot"]}] if given["lot"] or given["what"] else []


@require_http_methods(["GET", "POST"])
@staff
def show(request: HttpRequest, by: Actor, course: UUID, session: UUID) -> HttpResponse:
    """The record of a session; an addendum is sent here."""
    about, record = of(by, course, session)
    form = AddendumForm(request.POST or None)

    def act() -> HttpResponse:
        add_addendum(by=by, session=session, words=form.cleaned_data["words"], lots=form.lots())
        return redirect("walk:session", course=course, session=session)

    return page.answer(request, "session", about, form, act, **_shown(about, record))


@require_POST
@staff
def sign(request: HttpRequest, by: Actor, course: UUID, session: UUID) -> HttpResponse:
    """Sign the record; from then on it stays as it is."""
    of(by, course, session)
    sign_session(by=by, session=session)
    return redirect("walk:session", course=course, session=session)


@require_GET
@staff
def note(request: HttpRequest, by: Actor, course: UUID, session: UUID) -> HttpResponse:
    """The same record as a procedure note for the paper file."""
    about, record = of(by, course, session)
    return page.show(
        request, "note", about, record=record, product=product_lines(about.course.treatment, record.recipe)
    )


@require_GET
@staff
def fhir(request: HttpRequest, by: Actor, course: UUID, session: UUID) -> HttpResponse:
    """The session as a FHIR R4 bundle, to take along."""
    of(by, course, session)
    bundle = bundle_of(export_session(by=by, session=session), at=timezone.now())
    answer = JsonResponse(bundle, json_dumps_params={"indent": 1, "ensure_ascii": False})
    answer["Content-Type"] = "application/fhir+json; charset=utf-8"
    answer["Content-Disposition"] = 'attachment; filename="session.json"'
    return answer


def of(by: Actor, course: UUID, session: UUID) -> tuple[CoursePage, SessionRecord]:
    """The course and one of its sessions. Raises NotFound for a session of another course."""
    about, record = page.about(by, course), read_session(by=by, session=session)
    if record.course != course:
        raise NotFound("there is no such session in this course")
    return about, record


def _shown(about: CoursePage, record: SessionRecord) -> dict[str, Any]:
    diary = [entry for entry in about.course.diary if entry["session"] == record.id]
    injected = marked_map(injected_sites({"steps": record.steps}))
    return {
        "record": record,
        "diary": diary,
        "cards": cards(record.weight_kg),
        "marked": injected,
        "product": product_lines(about.course.treatment, record.recipe),
        "before": [
            {"at": old["at"], "by": old["by"], "lines": product_lines(about.course.treatment, old)}
            for old in record.recipe["before"]
        ],
        "correctable": bool(record.recipe.get("product")) and record.step("given") is None and record.seal is None,
    }
