"""Who may adopt, and for which text: what the pages of the library check before they sign."""

from typing import Any

from enthesis.catalogue import KINDS
from enthesis.clinic.adoptions import read_adoptions
from enthesis.clinic.errors import NotAllowed, NotFound, OutOfOrder
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.places import Place, own_clinics
from enthesis.knowledge import Entry
from enthesis.web.shelves import Text, unsigned


def found_entry(kind: str, id: str) -> Entry[Any]:
    """An entry by the words of an address. Raises NotFound."""
    for known in KINDS:
        if known.folder == kind:
            for entry in library().entries(kind, known.shape):
                if entry.id == id:
                    return entry
    raise NotFound("there is no such entry in the library")


def places_to_sign(by: Actor) -> tuple[Place, ...]:
    """The clinics for which somebody may adopt."""
    return tuple(place for place in own_clinics(by=by) if May.ADOPT in place.may)


def place_to_sign(by: Actor, id: str) -> Place:
    """The clinic that was chosen. Raises NotAllowed for any in which this person is not the director."""
    for place in places_to_sign(by):
        if str(place.id) == id:
            return place
    raise NotAllowed(f"you may not {May.ADOPT} for this clinic: its director signs")


def unsigned_by_place(by: Actor) -> dict[Place, tuple[Text, ...]]:
    """For each clinic somebody may sign for, what is not signed. Raises NotAllowed when there is no such clinic."""
    places, signed = places_to_sign(by), read_adoptions(by=by)
    if not places:
        raise NotAllowed(f"you may not {May.ADOPT}: the director of a clinic signs")
    return {place: unsigned(place, signed) for place in places}


def check_same(read: str, now: str) -> None:
    """The text that is signed is the text that was read. Raises OutOfOrder when it changed in between."""
    if read != now:
        raise OutOfOrder("the text has changed since you opened the page: read it again before you sign it")
