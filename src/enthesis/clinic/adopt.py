"""Adoption: the director signs the text of entries, and only that text."""

from collections.abc import Iterable

from enthesis.clinic.acting import act, leave_trace, now
from enthesis.clinic.correcting import frame
from enthesis.clinic.permissions import Actor, May
from enthesis.registry.models import Adoption, Clinic


@act
def adopt_entries(*, by: Actor, clinic: int, texts: Iterable[tuple[str, str, str]]) -> int:
    """Sign entries, each given as kind, id and the fingerprint that was read. Returns how many were newly signed."""
    by.check(May.ADOPT, clinic)
    place, at = Clinic.objects.get(pk=clinic), now()
    had = set(Adoption.objects.filter(clinic=clinic).values_list("kind", "entry", "fingerprint"))
    new = [text for text in dict.fromkeys(texts) if text not in had]
    Adoption.objects.bulk_create(
        Adoption(
            kind=kind,
            entry=entry,
            fingerprint=mark,
            signed_by=by.name,
            simulated=place.simulated,
            **frame(by.name, clinic, at, None, ""),
        )
        for kind, entry, mark in new
    )
    leave_trace(by, "adopted entries", clinic=place, after={"entries": [list(text) for text in new]})
    return len(new)
