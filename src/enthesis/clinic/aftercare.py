"""The sheet a patient takes home: what to expect each day at their site, work, what to look out for, whom to call."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace
from enthesis.clinic.correcting import current
from enthesis.clinic.library import advice_chosen, library
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import Site, parse_site
from enthesis.recovery import Expected, days_after
from enthesis.registry.models import Session


@dataclass(frozen=True)
class Aftercare:
    """What the sheet needs; no name, no chart. `given_on` is the latest session, None before the first."""

    clinic: str
    clinic_phone: str
    simulated: bool
    language: str
    site: Site
    given_on: date | None
    days: Expected


@act
def read_aftercare(*, by: Actor, course: UUID | str) -> Aftercare:
    """The sheet of one course, with the ways of advice its clinic has chosen."""
    record = course_of(by, course, May.SEE)
    site, latest = parse_site(record.site, library()), current(Session.objects.filter(course=record)).order_by("on")
    last = latest.last()
    leave_trace(by, "read the aftercare", clinic=record.clinic, patient=record.patient, about=record.pk)
    return Aftercare(
        record.clinic.name,
        record.clinic.phone,
        record.clinic.simulated,
        record.patient.language,
        site,
        last.on if last else None,
        days_after(site=site, library=library(), choices=advice_chosen(record.clinic_id)),
    )
