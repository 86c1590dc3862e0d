"""Whose washout is not yet met, for every visit of the days ahead. A fixed number of queries, however many patients."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from enthesis.clinic.acting import act, leave_trace
from enthesis.clinic.correcting import current
from enthesis.clinic.dues import NOT_TREATED
from enthesis.clinic.library import library_of
from enthesis.clinic.permissions import Actor
from enthesis.knowledge import BadInput, Library
from enthesis.pathway import Asked, ItemKind, Standing, WashoutStanding, treatments, washout_standings
from enthesis.registry.models import Clinic, Due, ScreeningRecord

LONGEST = 90  # days ahead


@dataclass(frozen=True)
class WashoutRow:
    """One visit ahead and how each washout before it stands, worst first."""

    patient: UUID
    name: str
    phone: str
    course: UUID
    condition: str
    on: date
    standings: tuple[WashoutStanding, ...]

    @property
    def worst(self) -> Standing:
        """How the visit stands as a whole."""
        return self.standings[0].standing if self.standings else Standing.MET

    @property
    def met(self) -> bool:
        """Has everything been left out long enough?"""
        return self.worst is Standing.MET


@act
def read_washouts(*, by: Actor, today: date, days: int = 7) -> tuple[WashoutRow, ...]:
    """Every visit within `days` days, and every later one before which a last day to take something falls within them.

    What is not met comes first, then by day. Raises BadInput for a number of days out of reason.
    """
    if not 1 <= days <= LONGEST:
        raise BadInput(f"days: a number from 1 to {LONGEST} was expected")
    rows = washouts_ahead(by.clinics, today, days)
    for clinic in Clinic.objects.filter(pk__in=by.clinics):
        leave_trace(by, "read the washouts", clinic=clinic, after={"on": today, "days": days})
    return rows


def washouts_ahead(clinics: Iterable[int], today: date, days: int) -> tuple[WashoutRow, ...]:
    """The same, for use inside an act."""
    shelves = {clinic: library_of(clinic) for clinic in clinics}
    reach = timedelta(days=days + max((_longest(shelf, today) for shelf in shelves.values()), default=0))
    dues = (
        Due.objects.filter(
            kind=ItemKind.SESSION.value, on__gte=today, on__lte=today + reach, met_at__isnull=True, dropped=False
        )
        .exclude(course__stage__in=NOT_TREATED)
        .exclude(course__treatment__in=_without_a_needle(shelves.values()))
        .select_related("course__patient")
        .order_by("on", "course_id")
    )
    asked = _asked([due.course_id for due in dues])
    rows = [_row(due, asked.get((due.course_id, due.on)), shelves[due.clinic_id], today) for due in dues]
    until = today + timedelta(days=days)
    near = [row for row in rows if row.on <= until or any(today <= one.last_day <= until for one in row.standings)]
    order = list(Standing)
    return tuple(sorted(near, key=lambda row: (row.met, row.on, order.index(row.worst), row.name)))


def _without_a_needle(shelves: Iterable[Library]) -> set[str]:
    return {entry.id for shelf in shelves for entry in treatments(shelf) if not entry.body.injected}


def _longest(shelf: Library, today: date) -> int:
    """The most days before a visit on which anything is taken last."""
    return max(
        ((today - one.last_day).days for one in washout_standings(today, asked=None, library=shelf, today=today)),
        default=0,
    )


def _asked(courses: list[UUID]) -> dict[tuple[UUID, date], Asked]:
    """The newest screening for each course and day."""
    rows = current(ScreeningRecord.objects.filter(course__in=courses)).order_by("recorded_at")
    return {(row.course_id, row.on): Asked(row.judgment, row.as_of, row.facts.get("answered", {})) for row in rows}


def _row(due: Due, asked: Asked | None, shelf: Library, today: date) -> WashoutRow:
    order = list(Standing)
    found = washout_standings(due.on, asked=asked, library=shelf, today=today)
    person = due.course.patient
    return WashoutRow(
        person.pk,
        person.name,
        person.phone,
        due.course_id,
        due.course.condition,
        due.on,
        tuple(sorted(found, key=lambda one: order.index(one.standing))),
    )
