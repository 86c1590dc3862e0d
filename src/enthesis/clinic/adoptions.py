"""Which texts of the library the actor's clinics have signed."""

from dataclasses import dataclass
from datetime import datetime

from enthesis.clinic.acting import act
from enthesis.clinic.permissions import Actor
from enthesis.registry.models import Adoption


@dataclass(frozen=True)
class Signed:
    """One signature: a clinic's acceptance of one text of one entry."""

    kind: str
    entry: str
    fingerprint: str
    clinic: int
    clinic_name: str
    signed_by: str
    at: datetime
    simulated: bool


@act
def read_adoptions(*, by: Actor) -> tuple[Signed, ...]:
    """Every signature of the actor's clinics, oldest first. It is about no patient, so no event is left."""
    rows = Adoption.objects.select_related("clinic").order_by("recorded_at")
    return tuple(
        Signed(
            row.kind,
            row.entry,
            row.fingerprint,
            row.clinic_id,
            row.clinic.name,
            row.signed_by,
            row.recorded_at,
            row.simulated,
        )
        for row in rows
    )
