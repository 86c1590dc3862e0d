"""What goes on beside the injections: the agreed plan with its weekly answers, other treatments, the referral letter."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enthesis.clinic.alongside import MOST_WEEKS, AlongsidePage, agree_plan, read_alongside
from enthesis.clinic.co_treatments import KINDS, record_co_treatment
from enthesis.clinic.permissions import Actor
from enthesis.clinic.referral import write_referral
from enthesis.knowledge import BadInput
from enthesis.pathway import Alongside
from enthesis.web.errors import sentence
from enthesis.web.staff import staff
from enthesis.web.walk import page
from enthesis.web.walk.forms import DayInput

USUAL_WEEKS = 6


class AgreeForm(forms.Form):
    """A tick and the patient's own goal for each line, and for how many weeks to ask."""

    weeks = forms.IntegerField(
        label="Ask once a week, for how many weeks", min_value=0, max_value=MOST_WEEKS, initial=USUAL_WEEKS
    )
    reason = forms.CharField(label="Why does the plan change?", max_length=500, help_text="The old one stays readable.")

    def __init__(self, *args: Any, plan: Alongside, changes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        if not changes:
            del self.fields["reason"]
        for line in plan.lines:
            self.fields[f"do_{line.id}"] = forms.BooleanField(label=line.text, required=False)
            self.fields[f"goal_{line.id}"] = forms.CharField(
                label="The patient’s own goal for it", required=False, max_length=300
            )

    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each line's tick with its goal."""
        return [(self[f"do_{line.id}"], self[f"goal_{line.id}"]) for line in self.plan.lines]

    def rest(self) -> list[forms.BoundField]:
        """The fields that belong to no line."""
        return [self[name] for name in ("weeks", "reason") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """At least one line is agreed to, or there is no plan."""
        said = super().clean() or {}
        if not any(said.get(f"do_{line.id}") for line in self.plan.lines):
            self.add_error(None, "Mark at least one line that was agreed.")
        return said

    def chosen(self) -> dict[str, Any]:
        """The arguments of the act."""
        said = self.cleaned_data
        goals = {line.id: said[f"goal_{line.id}"] for line in self.plan.lines if said[f"do_{line.id}"]}
        return {"goals": goals, "weeks": said["weeks"], "reason": said.get("reason", "")}


class OtherForm(forms.Form):
    """Another treatment, and its days."""

    kind = forms.ChoiceField(label="Which", choices=list(KINDS.items()))
    name = forms.CharField(label="Which exactly", required=False, max_length=200)
    started_on = forms.DateField(label="From", widget=DayInput)
    ended_on = forms.DateField(
        label="Until", required=False, widget=DayInput, help_text="Leave empty while it goes on."
    )


class EndForm(forms.Form):
    """The day another treatment ended."""

    ended_on = forms.DateField(label="Ended on", widget=DayInput)


@require_http_methods(["GET", "POST"])
@staff
def beside(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """The plan that stands, and a form to agree one or change it."""
    found = read_alongside(by=by, course=course)
    form = _agree_form(request, found)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            agree_plan(by=by, course=course, on=timezone.localdate(), **form.chosen())
        except BadInput as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, "The plan is agreed.")
            return redirect("walk:beside", course=course)
    return _show(request, by, course, found, form, OtherForm())


@require_POST
@staff
def other(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """Record another treatment."""
    form = OtherForm(request.POST)
    if form.is_valid():
        try:
            record_co_treatment(by=by, course=course, today=timezone.localdate(), **form.cleaned_data)
        except BadInput as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, "The other treatment is recorded.")
            return redirect("walk:beside", course=course)
    found = read_alongside(by=by, course=course)
    return _show(request, by, course, found, _agree_form(None, found), form)


@require_POST
@staff
def ended(request: HttpRequest, by: Actor, course: UUID, record: UUID) -> HttpResponse:
    """Say when another treatment ended: a correction, so that the old record stays."""
    found, form = read_alongside(by=by, course=course), EndForm(request.POST)
    old = next((one for one in found.others if one.id == record), None)
    if old is not None and form.is_valid():
        try:
            record_co_treatment(
                by=by, course=course, today=timezone.localdate(), kind=old.kind, name=old.name, started_on=old.since,
                ended_on=form.cleaned_data["ended_on"], corrects=record, reason="it has ended",
            )  # fmt: skip
        except BadInput as error:
            messages.error(request, sentence(error))
    elif old is not None:
        messages.error(request, "The day it ended was expected.")
    return redirect("walk:beside", course=course)


@require_GET
@staff
def referral(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """The letter to print."""
    about = page.about(by, course)
    return page.show(
        request, "referral", about, letter=write_referral(by=by, course=course, today=timezone.localdate())
    )


@require_GET
@staff
def referral_text(request: HttpRequest, by: Actor, course: UUID) -> HttpResponse:
    """The letter as plain text."""
    letter = write_referral(by=by, course=course, today=timezone.localdate())
    answer = HttpResponse(letter.as_text(), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="referral.txt"'
    return answer


def _agree_form(request: HttpRequest | None, found: AlongsidePage) -> AgreeForm | None:
    if found.entry is None:
        return None
    initial: dict[str, Any] = {}
    if found.agreed is not None:
        initial["weeks"] = found.agreed.weeks
        for line in found.agreed.lines:
            initial |= {f"do_{line['id']}": True, f"goal_{line['id']}": line["goal"]}
    posted = request.POST if request is not None and request.method == "POST" else None
    return AgreeForm(posted, plan=found.entry.body, changes=found.agreed is not None, initial=initial)


def _show(
    request: HttpRequest, by: Actor, course: UUID, found: AlongsidePage, form: AgreeForm | None, other: OtherForm
) -> HttpResponse:
    wrong = bool((form is not None and form.errors) or other.errors)
    lines = found.agreed.lines if found.agreed else ()
    weeks = [(one, [(line, one.days.get(line["id"])) for line in lines]) for one in found.weeks]
    context = {"found": found, "form": form, "other": other, "kinds": KINDS, "weeks": weeks, "end": EndForm()}
    show = page.refused_with if wrong else page.show
    return show(request, "beside", page.about(by, course), **context)
