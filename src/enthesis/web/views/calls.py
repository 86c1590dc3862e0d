"""Whom to call, what to say, and what came of it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from enthesis.clinic.messages.calling import AT_MOST, OUTCOMES, read_call_list
from enthesis.clinic.messages.calling import note_call as keep
from enthesis.clinic.permissions import Actor
from enthesis.knowledge import BadInput
from enthesis.web.errors import sentence
from enthesis.web.language import code_of
from enthesis.web.staff import staff


class CallForm(forms.Form):
    """What came of a call; each form on the page has ids of its own."""

    outcome = forms.ChoiceField(label="What came of it", choices=list(OUTCOMES.items()))
    says = forms.CharField(label="Note", max_length=500, required=False, help_text="When to call again, for example.")


@require_GET
@staff
def calls(request: HttpRequest, by: Actor) -> HttpResponse:
    """The call list, those whose time ends soonest first."""
    return _page(request, by)


@require_POST
@staff
def note_call(request: HttpRequest, by: Actor, due: UUID) -> HttpResponse:
    """Keep what came of a call that brought no answers."""
    form = CallForm(request.POST, auto_id=f"call-{due}-%s")
    if form.is_valid():
        try:
            keep(by=by, due=due, **form.cleaned_data)
        except BadInput as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, "The call is noted.")
            return redirect("calls")
    return _page(request, by, (due, form))


def _page(request: HttpRequest, by: Actor, refused: tuple[UUID, CallForm] | None = None) -> HttpResponse:
    found = read_call_list(by=by, today=timezone.localdate())
    wrong = dict([refused]) if refused else {}
    rows = [
        (row, wrong.get(row.due_id) or CallForm(auto_id=f"call-{row.due_id}-%s"), code_of(row.language))
        for row in found
    ]
    context = {"rows": rows, "more": len(rows) >= AT_MOST, "form": refused[1] if refused else None}
    return render(request, "calls.html", context, status=422 if refused else 200)
