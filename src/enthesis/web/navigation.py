"""The bar at the top of every page."""

from collections.abc import Collection
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


def doors(path: str, places: Collection[Place]) -> tuple[Door, ...]:
    """Where one can go, in the order of the day; what is for directors comes last.

    An analyst, who sees no single record, has outcomes, knowledge and evidence.
    """
    if not any(May.SEE in place.may for place in places):
        names = [("Outcomes", "outcomes"), ("Knowledge", "knowledge"), ("Evidence", "evidence")]
        return tuple(Door(name, reverse(to), _inside(path, reverse(to))) for name, to in names)
    names = [("Worklist", "worklist"), ("Washouts", "washouts"), ("Calls", "calls"), ("Patients", "patients")]
    names += [("Mixing", "mixing:calculate"), ("Safety", "lots"), ("Knowledge", "knowledge"), ("Evidence", "evidence")]
    if any(May.ANALYSE in place.may for place in places):
        names += [("Outcomes", "outcomes")]
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
