"""The operator at the machine's own command line: whoever holds the database file holds all of it already."""

from collections.abc import Iterable

from enthesis.clinic.errors import NotFound
from enthesis.clinic.permissions import Actor
from enthesis.knowledge import BadInput
from enthesis.registry.models import Clinic

FIRST = ("clinic", "My clinic")  # made on first use, so that one command is enough to begin


def clinic_for(slug: str = "") -> Clinic:
    """The clinic named, or the only one. Raises NotFound or BadInput listing those there are."""
    there = list(Clinic.objects.order_by("slug"))
    if not there and not slug:
        return Clinic.objects.create(slug=FIRST[0], name=FIRST[1])
    names = ", ".join(clinic.slug for clinic in there) or "none yet"
    if not slug and len(there) > 1:
        raise BadInput(f"--clinic: there are several clinics, name one: {names}")
    found = next((clinic for clinic in there if clinic.slug == slug or not slug), None)
    if found is None:
        raise NotFound(f"there is no clinic {slug!r}; there are: {names}")
    return found


def operator(clinic: Clinic) -> Actor:
    """The operator, acting in one clinic."""
    return Actor.operator((clinic.pk,))


def every_clinic() -> tuple[Clinic, ...]:
    """All clinics of this registry, in order."""
    return tuple(Clinic.objects.order_by("slug"))


def operator_of(clinics: Iterable[Clinic]) -> Actor:
    """The operator, acting in several clinics at once."""
    return Actor.operator(tuple(clinic.pk for clinic in clinics))


def has_real_patients() -> bool:
    """Does this database hold a clinic that is not simulated?"""
    return Clinic.objects.filter(simulated=False).exists()
