"""The library in the open: what each entry says, what it rests on, who vouches for it, and its examples as they run."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enthesis.catalogue import kind_called
from enthesis.clinic.adopt import adopt_entries
from enthesis.clinic.adoptions import read_adoptions
from enthesis.clinic.choose import read_choices
from enthesis.clinic.library import SHAPES, library
from enthesis.clinic.permissions import Actor
from enthesis.web.shelves import cited, one, ran, says, shelves
from enthesis.web.signing import check_same, found_entry, place_to_sign, places_to_sign, unsigned_by_place
from enthesis.web.staff import staff


@require_GET
@staff
def kinds(request: HttpRequest, by: Actor) -> HttpResponse:
    """Every kind with its entries and where their review stands."""
    found = shelves(read_adoptions(by=by), timezone.localdate())
    return render(
        request,
        "knowledge.html",
        {"shelves": found, "fingerprint": library().fingerprint, "may_sign": bool(places_to_sign(by))},
    )


@require_GET
@staff
def entry(request: HttpRequest, by: Actor, kind: str, entry: str) -> HttpResponse:
    """One entry, whole."""
    found, signed = found_entry(kind, entry), read_adoptions(by=by)
    mine = {
        mark.clinic for mark in signed if (mark.kind, mark.entry, mark.fingerprint) == (kind, entry, found.fingerprint)
    }
    return render(
        request,
        "entry.html",
        {
            "shown": one(found, signed, timezone.localdate()),
            "kind": kind_called(kind),
            "says": says(found),
            "cited": cited(found),
            "examples": ran(kind_called(kind), found),
            "may_sign": [place for place in places_to_sign(by) if place.id not in mine],
            "choices": read_choices(by=by, kind=kind, entry=entry) if kind in SHAPES else (),
            "may_choose": {place.id for place in places_to_sign(by)},
        },
    )


@require_POST
@staff
def adopt(request: HttpRequest, by: Actor, kind: str, entry: str) -> HttpResponse:
    """Sign one entry for one clinic, under the text that was read."""
    place, found = place_to_sign(by, request.POST.get("clinic", "")), found_entry(kind, entry)
    check_same(request.POST.get("fingerprint", ""), found.fingerprint)
    adopt_entries(by=by, clinic=place.id, texts=[(kind, entry, found.fingerprint)])
    messages.success(request, f"Adopted for {place.name}.")
    return redirect("entry", kind=kind, entry=entry)


@require_http_methods(["GET", "POST"])
@staff
def adopt_all(request: HttpRequest, by: Actor) -> HttpResponse:
    """Sign every entry a clinic has not signed, after saying so."""
    waiting = unsigned_by_place(by)
    if request.method == "POST" and request.POST.get("read") == "yes":
        place = place_to_sign(by, request.POST.get("clinic", ""))
        check_same(request.POST.get("fingerprint", ""), library().fingerprint)
        count = adopt_entries(by=by, clinic=place.id, texts=waiting[place])
        messages.success(request, f"{count} entries adopted for {place.name}.")
        return redirect("knowledge")
    context = {
        "waiting": list(waiting.items()),
        "fingerprint": library().fingerprint,
        "not_read": request.method == "POST",
    }
    return render(request, "adopt_all.html", context, status=422 if request.method == "POST" else 200)
