"""How a clinic's messages are sent: its own settings, what the machine sends by, and how they go. For its director."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enthesis.clinic.errors import NotAllowed
from enthesis.clinic.messages.choosing import MOST_LETTERS, choose_messages
from enthesis.clinic.messages.state import MessageState, read_messages
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.places import Place, own_clinics
from enthesis.knowledge import BadInput
from enthesis.web.forms import blame
from enthesis.web.staff import staff

TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class MessagesForm(forms.Form):
    """Where links open, who signs, and when to be quiet."""

    address = forms.CharField(
        label="Where links open", max_length=200, help_text="The address of this server, beginning with https://."
    )
    signed = forms.CharField(
        label="Signed", max_length=MOST_LETTERS, help_text="A name patients know; leave out what is treated there."
    )
    zone = forms.CharField(label="Time zone", max_length=60, help_text="Such as America/New_York or Europe/Madrid.")
    quiet_from = forms.TimeField(label="Nothing is sent from", widget=TIME)
    quiet_to = forms.TimeField(label="Nothing is sent until", widget=TIME)
    by_email = forms.BooleanField(label="Write e-mails", required=False)
    by_sms = forms.BooleanField(label="Write text messages", required=False)

    def chosen(self) -> dict[str, Any]:
        """The arguments of the act."""
        said = dict(self.cleaned_data)
        return said | {"quiet": (said.pop("quiet_from"), said.pop("quiet_to"))}


@require_http_methods(["GET", "POST"])
@staff
def message_settings(request: HttpRequest, by: Actor) -> HttpResponse:
    """The settings of one of the clinics somebody directs."""
    places = tuple(place for place in own_clinics(by=by) if May.ADOPT in place.may)
    if not places:
        raise NotAllowed("you may not set how messages are sent: that is for the director")
    place = _chosen(request, places)
    state = read_messages(by=by, clinic=place.id)
    form = MessagesForm(request.POST if request.method == "POST" else None, initial=_initial(state))
    if request.method == "POST" and form.is_valid():
        try:
            choose_messages(by=by, clinic=place.id, **form.chosen())
        except BadInput as error:
            blame(form, error)
        else:
            messages.success(request, f"The messages of {place.name} are set.")
            return redirect(f"{request.path}?clinic={place.id}")
    context = {"form": form, "place": place, "own": places, "state": state}
    return render(request, "messaging.html", context, status=422 if form.errors else 200)


def _chosen(request: HttpRequest, places: tuple[Place, ...]) -> Place:
    asked = request.POST.get("clinic") or request.GET.get("clinic") or ""
    return next((place for place in places if str(place.id) == asked), places[0])


def _initial(state: MessageState) -> dict[str, Any]:
    return {name: getattr(state, name) for name in MessagesForm.base_fields}
