"""Correcting a record: the form filled with the old values, a reason asked for, the old record kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from enthesis.clinic import treat
from enthesis.clinic.correct_product import correct_product
from enthesis.clinic.course_page import CoursePage
from enthesis.clinic.deciding import correct_decision
from enthesis.clinic.diary import record_diary
from enthesis.clinic.errors import NotFound
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor
from enthesis.clinic.product import GIVEN, correct_visit
from enthesis.clinic.survey import read_questionnaire, record_survey
from enthesis.clinic.time_out import time_out
from enthesis.clinic.time_out_page import read_time_out
from enthesis.knowledge import parse_site
from enthesis.recovery import PAIN, diary_questions
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.forms import DayInput
from enthesis.web.walk.given import GivenForm
from enthesis.web.walk.placements import given, marked_sites, targets
from enthesis.web.walk.products import declared
from enthesis.web.walk.report_forms import ELSE, DiaryForm, SurveyForm
from enthesis.web.walk.session_forms import AnaesthetiseForm, AssessForm, ObserveForm, Reason, injection_forms
from enthesis.web.walk.time_out_form import TimeOutForm, checked_before

Row = Mapping[str, Any]
Save = Callable[[Any, str], object]


class DecisionForm(forms.Form):
    """When it was decided, and why."""

    on = forms.DateField(label="Day", widget=DayInput)
    why = forms.CharField(label="Why", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


@dataclass(frozen=True)
class Correction:
    """What is corrected: a form with the old values, and how the new ones are kept."""

    title: str
    form: Any
    save: Save


@require_http_methods(["GET", "POST"])
@staff
def correct(request: HttpRequest, by: Actor, course: UUID, kind: str, record: UUID) -> HttpResponse:
    """Correct one record of a course."""
    about = page.about(by, course)
    correction = _correction(by, about, kind, record, request.POST or None)
    reason = Reason(request.POST or None)

    many = isinstance(correction.form, forms.BaseFormSet)

    def act() -> HttpResponse:
        if not reason.is_valid():
            return page.refused_with(
                request, "correct", about, form=correction.form, reason=reason, title=correction.title, many=many
            )
        correction.save(correction.form, reason.cleaned_data["reason"])
        return redirect("walk:course", course=course)

    return page.answer(
        request, "correct", about, correction.form, act, reason=reason, title=correction.title, many=many
    )


def _correction(by: Actor, about: CoursePage, kind: str, record: UUID, posted: Any) -> Correction:
    makers = {"product": _product, "step": _step, "diary": _diary, "survey": _survey, "decision": _decision}
    if kind in makers:
        for row, visit in _rows(about, kind):
            if row["id"] == record:
                return makers[kind](by, about, row, visit, posted)
    raise NotFound("there is no such record in this course that still stands")


def _rows(about: CoursePage, kind: str) -> list[tuple[Row, Row | None]]:
    if kind == "step":
        return [(step, visit) for visit in about.course.sessions for step in visit["steps"]]
    if kind == "product":
        given_in = [{"id": visit["recipe"], "product": visit["product"]} for visit in about.course.sessions]
        at_hand = about.course.recipe or {}
        return [(row, None) for row in (*given_in, at_hand) if row.get("product")]
    rows = {"diary": about.course.diary, "survey": about.course.surveys, "decision": about.course.decisions}
    return [(row, None) for row in rows[kind]]


def _step(by: Actor, about: CoursePage, row: Row, visit: Row | None, posted: Any) -> Correction:
    if visit is None:
        raise NotFound("a step without a session cannot be corrected")
    details, marks = row["details"], {"by": by, "session": visit["id"], "corrects": row["id"]}
    title = f"Correct: session {visit['number']}, {row['step']}"
    if row["step"] == "assess":
        form = AssessForm(posted, sites=targets(about.course.site), initial={**details, "on": visit["on"]})
        return Correction(
            title, form, lambda f, why: treat.correct_assessment(details=f.cleaned_data, reason=why, **marks)
        )
    if row["step"] == GIVEN:
        made = GivenForm(posted, treatment=declared(about.course.treatment), initial=details)
        return Correction(title, made, lambda f, why: correct_visit(given=f.given(), reason=why, **marks))
    if row["step"] == "inject":
        forms_ = injection_forms(marked_sites(visit), posted, initial=details["injections"], rows=2)
        return Correction(title, forms_, lambda f, why: treat.inject(given=given(f.cleaned_data), reason=why, **marks))
    if row["step"] == "observe":
        watched = ObserveForm(posted, initial=details | details.get("vitals", {}))
        return Correction(title, watched, lambda f, why: treat.observe(details=f.cleaned_data, reason=why, **marks))
    read = read_time_out(by=by, session=visit["id"])
    if row["step"] == "time-out":
        checked = TimeOutForm(posted, about=read, initial=checked_before(read, details))
        return Correction(title, checked, lambda f, why: time_out(details=f.details(), reason=why, **marks))
    strength = details.get("strength_percent", details.get("lidocaine_percent"))
    before = details | {
        "strength_percent": strength,
        "vial_lot": details.get("lot"),
        "vial_expires": details.get("expires_on"),
    }
    numbed = AnaesthetiseForm(posted, vials=read.anaesthetics, initial=before)
    return Correction(title, numbed, lambda f, why: treat.anaesthetise(details=f.details(), reason=why, **marks))


def _product(by: Actor, about: CoursePage, row: Row, visit: Row | None, posted: Any) -> Correction:
    """The product of a session: its marks and strengths follow the correction. Without a weight the old one stays."""
    form = GivenForm(posted, treatment=declared(about.course.treatment), initial=row["product"])
    return Correction(
        "Correct: the product",
        form,
        lambda f, why: correct_product(
            by=by, course=about.course.id, given=f.given(), corrects=row["id"], reason=why, weight_kg=f.weight() or None
        ),
    )


def _decision(by: Actor, about: CoursePage, row: Row, visit: Row | None, posted: Any) -> Correction:
    """The day and the words; what was decided is answered by another decision, never by a correction."""
    form = DecisionForm(posted, initial={"on": row["on"], "why": row["why"]})
    title = f"Correct: decision {row['decided'].replace('-', ' ')}"
    return Correction(
        title, form, lambda f, why: correct_decision(by=by, decision=row["id"], reason=why, **f.cleaned_data)
    )


def _diary(by: Actor, about: CoursePage, row: Row, visit: Row | None, posted: Any) -> Correction:
    questions = diary_questions(site=parse_site(about.course.site, library()), day=row["day"], library=library())
    old = {id: "yes" if answer else "no" for id, answer in row["answers"].items() if isinstance(answer, bool)}
    some = any(answer is True for answer in row["answers"].values())
    form = DiaryForm(
        posted,
        questions=questions,
        initial={**old, PAIN: str(round(row["answers"].get(PAIN, 0))), ELSE: "yes" if some else "no" if old else ""},
    )
    return Correction(
        f"Correct: diary of day {row['day']}",
        form,
        lambda f, why: record_diary(
            by=by,
            session=row["session"],
            on=row["on"],
            today=timezone.localdate(),
            answers=f.answers(),
            mode=row["mode"],
            corrects=row["id"],
            reason=why,
        ),
    )


def _survey(by: Actor, about: CoursePage, row: Row, visit: Row | None, posted: Any) -> Correction:
    asked = read_questionnaire(by=by, course=about.course.id, instrument_id=row["instrument"], answered=True)
    form = SurveyForm(posted, instrument=asked, initial=SurveyForm.filled(asked, row["answers"]))
    return Correction(
        f"Correct: {asked.title}",
        form,
        lambda f, why: record_survey(
            by=by,
            course=about.course.id,
            wave=row["wave"],
            instrument_id=row["instrument"],
            on=row["on"],
            today=timezone.localdate(),
            answers=f.answers(),
            mode=row["mode"],
            corrects=row["id"],
            reason=why,
        ),
    )
