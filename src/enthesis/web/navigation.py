"""The bar at the top of every page."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.urls import reverse

from enthesis.clinic.permissions import May
from enthesis.clinic.places import Place

IN_ONE_LINE = 9  # doors that fit beside the name of whoever is signed in, 1280 pixels wide


@dataclass(frozen=True)
class Door:
    """One place to go, and whether this page is inside it."""

    name: str
    address: str
    here: bool


@dataclass(frozen=True)
class Bar:
    """What stands in the bar, and what is behind one tap, so that the bar stays one line."""

    doors: tuple[Door, ...] = ()
    more: tuple[Door, ...] = ()

    @property
    def here(self) -> bool:
        """Is this page behind the tap?"""
        return any(door.here for door in self.more)


def bar(path: str, places: Collection[Place]) -> Bar:
    """Where one can go, in the order of the day, then what is read, then what directors set and audit.

    An analyst, who sees no single record, has outcomes, knowledge, evidence and expectations.
    """
    read = [("Knowledge", "knowledge"), ("Evidence", "evidence"), ("Expect", "expect")]
    if not any(May.SEE in place.may for place in places):
        return _in_one_line(_doors(path, [("Outcomes", "outcomes"), *read]))
    names = [("Worklist", "worklist"), ("Washouts", "washouts"), ("Calls", "calls"), ("Patients", "patients")]
    names += [("Mixing", "mixing:calculate"), ("Safety", "lots"), *read]
    if any(May.ANALYSE in place.may for place in places):
        names += [("Outcomes", "outcomes")]
    if any(May.ADOPT in place.may for place in places):
        names += [("Messages", "message-settings"), ("Prices", "prices"), ("Audit", "audit")]
        names += [("Decision support", "support")]
    return _in_one_line(_doors(path, names))


def _in_one_line(doors: tuple[Door, ...]) -> Bar:
    """As many as fit; the rest behind one tap, which takes a place itself."""
    return Bar(doors) if len(doors) <= IN_ONE_LINE else Bar(doors[: IN_ONE_LINE - 1], doors[IN_ONE_LINE - 1 :])


def _doors(path: str, names: Iterable[tuple[str, str]]) -> tuple[Door, ...]:
    return tuple(Door(name, reverse(to), _inside(path, reverse(to))) for name, to in names)


def _inside(path: str, address: str) -> bool:
    return path == address if address == "/" else path.startswith(address)
