"""The bar at the top of every page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from enthesis.clinic.permissions import May
from enthesis.clinic.places import Place


@dataclass(frozen=True)
class Door:
    """One place to go, and whether this page is inside it."""

    name: str
    address: str
    here: bool


def doors(path: str, places: Iterable[Place]) -> tuple[Door, ...]:
    """Worklist, washouts, calls, patients, mixing, safety, knowledge, evidence; for directors also what they set and audit."""
    names = [("Worklist", "worklist"), ("Washouts", "washouts"), ("Calls", "calls"), ("Patients", "patients")]
    names += [("Mixing", "mixing:calculate"), ("Safety", "lots"), ("Knowledge", "knowledge"), ("Evidence", "evidence")]
    if any(May.ADOPT in place.may for place in places):
        names += [
            ("Messages", "message-settings"),
            ("Prices", "prices"),
            ("Audit", "audit"),
            ("Decision support", "support"),
        ]
    return tuple(Door(name, reverse(to), _inside(path, reverse(to))) for name, to in names)


def _inside(path: str, address: str) -> bool:
    return path == address if address == "/" else path.startswith(address)
