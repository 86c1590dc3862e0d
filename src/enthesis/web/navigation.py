"""The bar at the top of every page."""

from collections.abc import Collection, Iterable
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


@dataclass(frozen=True)
class Bar:
    """What stands in the bar, and what a director sets and audits: behind one tap, so that the bar stays one line."""

    doors: tuple[Door, ...] = ()
    more: tuple[Door, ...] = ()

    @property
    def here(self) -> bool:
        """Is this page behind the tap?"""
        return any(door.here for door in self.more)


def bar(path: str, places: Collection[Place]) -> Bar:
    """Where one can go, in the order of the day; what is for directors comes last, behind one tap.

    An analyst, who sees no single record, has outcomes, knowledge, evidence and expectations.
    """
    if not any(May.SEE in place.may for place in places):
        names = [("Outcomes", "outcomes"), ("Knowledge", "knowledge"), ("Evidence", "evidence"), ("Expect", "expect")]
        return Bar(_doors(path, names))
    names = [("Worklist", "worklist"), ("Washouts", "washouts"), ("Calls", "calls"), ("Patients", "patients")]
    names += [("Mixing", "mixing:calculate"), ("Safety", "lots"), ("Knowledge", "knowledge"), ("Evidence", "evidence")]
    names += [("Expect", "expect")]
    if any(May.ANALYSE in place.may for place in places):
        names += [("Outcomes", "outcomes")]
    if not any(May.ADOPT in place.may for place in places):
        return Bar(_doors(path, names))
    more = [("Messages", "message-settings"), ("Prices", "prices"), ("Audit", "audit"), ("Decision support", "support")]
    return Bar(_doors(path, names), _doors(path, more))


def _doors(path: str, names: Iterable[tuple[str, str]]) -> tuple[Door, ...]:
    return tuple(Door(name, reverse(to), _inside(path, reverse(to))) for name, to in names)


def _inside(path: str, address: str) -> bool:
    return path == address if address == "/" else path.startswith(address)
