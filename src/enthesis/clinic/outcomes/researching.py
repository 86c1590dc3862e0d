"""The research export: a clinic's snapshot without what points at people, for a stated purpose, with an event of what left."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.utils import timezone
from django_scopes import scope

from enthesis.clinic.acting import act, leave_trace
from enthesis.clinic.outcomes.collecting import rows_of_clinic
from enthesis.clinic.outcomes.snapshotting import book_of
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput
from enthesis.outcomes.snapshot import Snapshot, snapshot
from enthesis.outcomes.snapshot.deidentifying import Anonymity, deidentified
from enthesis.registry.models import Clinic

LONGEST = 500  # letters of a purpose


@dataclass(frozen=True)
class ResearchExport:
    """What leaves: the table with its codebook, how anonymous it is, for what it was asked, and treatments by their people."""

    snapshot: Snapshot
    anonymity: Anonymity
    purpose: str
    treatments: Mapping[str, int]


@act
def export_research(*, by: Actor, clinic: int, on: date, today: date, purpose: str) -> ResearchExport:
    """De-identify the registry as it stood at the end of a day. Raises BadInput without a purpose or for a day to come.

    The key behind numbers and shifts is made here and kept nowhere: two exports cannot be joined, and nothing leads back.
    """
    by.check(May.RESEARCH, clinic)
    if not purpose.strip() or len(purpose) > LONGEST:
        raise BadInput(f"purpose: say in up to {LONGEST} letters what the data are for; the trail keeps it")
    if on > today:
        raise BadInput(f"on: {on.isoformat()} has not come yet")
    place = Clinic.objects.get(pk=clinic)
    with scope(clinic=[clinic]):
        rows, _ = rows_of_clinic(place, on, timezone.make_aware(datetime.combine(on, time.max)))
    kept, anonymity = deidentified(rows, key=secrets.token_bytes(32))
    if not kept:
        raise BadInput("snapshot: after hiding groups of fewer than five people nobody is left to export")
    made = snapshot(kept, replace(book_of([place], kept, on, {}), made_from="a registry of care, de-identified"))
    treatments = {row.treatment: len({r.patient for r in kept if r.treatment == row.treatment}) for row in kept}
    said = {
        "on": on, "purpose": purpose.strip(), "content": made.book.digest, "rows": made.book.rows, "k": anonymity.k_after,
        "left_out": anonymity.left_out,
    }  # fmt: skip
    leave_trace(by, "exported for research", clinic=place, after=said)
    return ResearchExport(made, anonymity, purpose.strip(), treatments)
