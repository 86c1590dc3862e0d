"""Which questionnaires a clinic may ask: packs whose terms its director accepts, licensed ones it brings the wording of."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enthesis.clinic.errors import NotAllowed, NotFound
from enthesis.clinic.library import library
from enthesis.clinic.packs import accept_terms, read_packs, read_wordings, turn_off
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.places import Place, own_clinics
from enthesis.clinic.wording import bring_wording, take_wording_back
from enthesis.knowledge import BadInput, Entry
from enthesis.outcomes import Instrument, instruments, instruments_in, wording_of_text
from enthesis.web.errors import sentence
from enthesis.web.forms import blame, refused
from enthesis.web.staff import staff

LARGEST = 200_000  # bytes of a file with a wording; the longest instrument has 42 questions


class WordingForm(forms.Form):
    """A file with the wording, and the licence it comes from."""

    file = forms.FileField(label="File with the wording", help_text="TOML or CSV, as shown below.")
    licence = forms.CharField(
        label="Licence",
        max_length=500,
        help_text="From whom, its number, until when. It stays on record with your name.",
    )
    instructions = forms.CharField(label="Instructions above the questions", required=False, max_length=1000)
    language = forms.CharField(label="Language", initial="en", max_length=10, help_text="A code such as en or es.")


@require_http_methods(["GET", "POST"])
@staff
def questionnaires(request: HttpRequest, by: Actor) -> HttpResponse:
    """Packs and licensed instruments of the clinics somebody directs; a form turns a pack on or off."""
    places = _places(by)
    place = _place(places, request.POST.get("clinic") or request.GET.get("clinic", ""))
    shown = {"places": places, "place": place}
    if request.method == "POST":
        try:
            _act(request, by, place)
        except BadInput as error:
            return refused(request, "questionnaires.html", shown | _standing(by, place) | {"wrong": sentence(error)})
        return redirect(f"{request.path}?clinic={place.slug}")
    return render(request, "questionnaires.html", shown | _standing(by, place))


@require_http_methods(["GET", "POST"])
@staff
def wording(request: HttpRequest, by: Actor, instrument: str) -> HttpResponse:
    """The wording of one licensed instrument, from a file."""
    place = _place(_places(by), request.POST.get("clinic") or request.GET.get("clinic", ""))
    slot = _slot(instrument)
    form = WordingForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = form.cleaned_data
            text = _text(said["file"])
            found = wording_of_text(
                text, name=said["file"].name, instructions=said["instructions"], language=said["language"]
            )
            bring_wording(by=by, clinic=place.id, instrument_id=slot.id, wording=found, licence=said["licence"])
        except BadInput as error:
            blame(form, error, "file")
        else:
            messages.success(request, f"{slot.title} can now be asked at {place.name}.")
            return redirect(f"/questionnaires/?clinic={place.slug}")
    context = {"form": form, "slot": slot, "place": place, "items": slot.body.items}
    return render(request, "wording.html", context, status=422 if form.errors else 200)


def _act(request: HttpRequest, by: Actor, place: Place) -> None:
    """Accept, turn off or take back, as the button says. Raises BadInput."""
    said, about = request.POST, request.POST.get("about", "")
    acts: dict[str, Callable[[], None]] = {
        "accept": lambda: accept_terms(
            by=by, clinic=place.id, pack_id=about, fingerprint=said.get("fingerprint", ""), read=bool(said.get("read"))
        ),
        "off": lambda: turn_off(by=by, clinic=place.id, pack_id=about, reason=said.get("reason", "")),
        "back": lambda: take_wording_back(by=by, clinic=place.id, instrument_id=about, reason=said.get("reason", "")),
    }
    chosen = acts.get(said.get("do", ""))
    if chosen is None:
        raise BadInput("do: accept, off or back was expected")
    chosen()


def _standing(by: Actor, place: Place) -> dict[str, Any]:
    titles = {entry.id: entry.title for entry in instruments(library())}
    wordings = read_wordings(by=by, clinic=place.id)
    return {
        "packs": [
            (row, [titles[id] for id in instruments_in(row.entry.id, library())])
            for row in read_packs(by=by, clinic=place.id)
        ],
        "slots": [(entry, wordings.get(entry.id)) for entry in instruments(library()) if entry.body.is_slot],
    }


def _places(by: Actor) -> list[Place]:
    places = [place for place in own_clinics(by=by) if May.ADOPT in place.may]
    if not places:
        raise NotAllowed("you may not choose questionnaires: your role in no clinic includes it")
    return places


def _place(places: list[Place], slug: str) -> Place:
    found = next((place for place in places if slug in ("", place.slug)), None)
    if found is None:
        raise NotFound("there is no such clinic among those you direct")
    return found


def _slot(id: str) -> Entry[Instrument]:
    found = next((entry for entry in instruments(library()) if entry.id == id and entry.body.is_slot), None)
    if found is None:
        raise NotFound("there is no such licensed instrument")
    return found


def _text(file: Any) -> str:
    if file.size > LARGEST:
        raise BadInput(f"file: at most {LARGEST} bytes were expected")
    try:
        return str(file.read().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadInput("file: text in UTF-8 was expected") from error
