"""The clinics somebody works in, by name."""

from dataclasses import dataclass

from enthesis.clinic.permissions import Actor, May
from enthesis.registry.models import Clinic


@dataclass(frozen=True)
class Place:
    """A clinic as a page or a command shows it; `may` is what the one who asked may do there."""

    id: int
    slug: str
    name: str
    phone: str
    simulated: bool
    may: frozenset[May]


def own_clinics(*, by: Actor) -> tuple[Place, ...]:
    """The actor's own clinics in order of name. One query; names of clinics are no secret, so no event is left."""
    return tuple(
        Place(
            clinic.pk,
            clinic.slug,
            clinic.name,
            clinic.phone,
            clinic.simulated,
            frozenset(what for what in May if by.can(what, clinic.pk)),
        )
        for clinic in Clinic.objects.filter(pk__in=by.works_in).order_by("name")
    )
