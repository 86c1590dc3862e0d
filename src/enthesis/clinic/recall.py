"""Recall of a lot: who received it, in one search, whatever part of the session it went into."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from enthesis.clinic.acting import act, leave_trace
from enthesis.clinic.errors import NotAllowed
from enthesis.clinic.lots import lot_key
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.time_out import MIXTURE, PRODUCT
from enthesis.knowledge import BadInput
from enthesis.registry.models import Clinic, Injection, LotUsed, SessionStep


@dataclass(frozen=True)
class RecallRow:
    """One person who received a lot on a day: in what, and how its number was written down then."""

    patient: UUID
    name: str
    phone: str
    clinic: str
    course: UUID
    session: UUID
    on: date
    part: str
    what: str
    lot: str


@act
def recall_lot(*, by: Actor, lot: str) -> tuple[RecallRow, ...]:
    """Everybody who received a lot in the clinics where the actor may look, newest session first.

    It went in when it was drawn up for a mixture that was injected, put into the skin, written beside an injection,
    named in an addendum, or marks a product that was injected (lot, donor, tissue number). Raises BadInput for a lot
    without a letter or digit, NotAllowed for a role that may not look.
    """
    key = lot_key(lot)
    if not key:
        raise BadInput("lot: the lot as printed on the vial was expected, such as DX2405")
    places = [clinic for clinic in by.clinics if by.can(May.RECALL, clinic)]
    if not places:
        raise NotAllowed(f"you may not {May.RECALL}: your role does not include it")
    rows = tuple(sorted({*_used(key, places), *_beside(key, places)}, key=_newest_first))
    for clinic in Clinic.objects.filter(pk__in=places):
        found = len({row.patient for row in rows if row.clinic == clinic.name})
        leave_trace(by, "looked up a lot", clinic=clinic, after={"lot": lot.strip()[:60], "people": found})
    return rows


def _newest_first(row: RecallRow) -> tuple[int | str, ...]:
    """An order without ties, so that the same search gives the same list each time."""
    return (-row.on.toordinal(), row.name, str(row.session), row.part, row.what, row.lot)


def _used(key: str, places: list[int]) -> list[RecallRow]:
    """Lots of vials. What was checked for a mixture counts once something of it was injected."""
    injected = SessionStep.objects.filter(step="inject", corrected_by__isnull=True).values("session")
    rows = (
        LotUsed.objects.filter(lot_key=key, clinic__in=places)
        .filter(Q(step__isnull=True) | Q(step__corrected_by__isnull=True))
        .filter(~Q(part__in=(MIXTURE, PRODUCT)) | Q(session__in=injected))
    )
    return [_row(one, one.part, one.what) for one in rows.select_related("session__course__patient", "clinic")]


def _beside(key: str, places: list[int]) -> list[RecallRow]:
    """Lots written beside an injection."""
    rows = Injection.objects.filter(lot_key=key, clinic__in=places, step__corrected_by__isnull=True)
    return [_row(one, "injection", one.site) for one in rows.select_related("session__course__patient", "clinic")]


def _row(one: LotUsed | Injection, part: str, what: str) -> RecallRow:
    visit = one.session
    person = visit.course.patient
    return RecallRow(
        person.pk, person.name, person.phone, one.clinic.name, visit.course_id, visit.pk, visit.on, part, what, one.lot
    )
