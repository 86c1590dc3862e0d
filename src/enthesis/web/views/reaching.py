"""How one patient can be reached, and what staff note about it: an address that works again, or no more messages."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enthesis.clinic.messages.reaching import FAILING, STOPPED, WANTED, read_reach, set_reach
from enthesis.clinic.messages.transport import Channel
from enthesis.clinic.patients import read_patient
from enthesis.clinic.permissions import Actor
from enthesis.knowledge import BadInput
from enthesis.web.forms import blame
from enthesis.web.staff import staff

CHANNELS = {Channel.EMAIL.value: "E-mail", Channel.SMS.value: "Text message"}
STATES = {WANTED: "Is written to", STOPPED: "Wants no messages", FAILING: "The address does not work"}


class ReachForm(forms.Form):
    """What is known of one channel now, and from whom."""

    channel = forms.ChoiceField(label="Channel", choices=list(CHANNELS.items()))
    state = forms.ChoiceField(label="From now on", choices=list(STATES.items()))
    why = forms.CharField(label="Who said so, or how you know", max_length=300)


@require_http_methods(["GET", "POST"])
@staff
def reach(request: HttpRequest, by: Actor, patient: UUID) -> HttpResponse:
    """The channels as they stand, and a form to note a change. The address itself is changed in the chart."""
    found = read_reach(by=by, patient=patient)
    form = ReachForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            set_reach(by=by, patient=patient, **form.cleaned_data)
        except BadInput as error:
            blame(form, error)
        else:
            messages.success(request, "It is noted.")
            return redirect("reach", patient=patient)
    page = read_patient(by=by, patient=patient)
    rows = [(CHANNELS[one.channel], STATES[one.state], one) for one in found]
    context = {"page": page, "rows": rows, "form": form}
    return render(request, "reach.html", context, status=422 if form.errors else 200)
