"""Whole records for export: a patient with chart, consents, sessions, harm and surveys, as plain values for a door."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, leave_trace, patient_of, session_of
from enthesis.clinic.chart import items_of
from enthesis.clinic.consent import ConsentRow, consent_rows
from enthesis.clinic.course_rows import course_rows
from enthesis.clinic.harm_rows import HarmRow, harm_rows
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.rows import CourseRow
from enthesis.clinic.session_record import SessionRecord, record_of
from enthesis.registry.models import Patient, Session
from enthesis.screening import ChartItem

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Exported:
    """One patient's record. `sessions` and `harms` of a single session where only that was asked for."""

    id: UUID
    key: str
    clinic: str
    simulated: bool
    family: str
    given: str
    born: date | None
    sex: str
    email: str
    phone: str
    language: str
    died: bool
    items: tuple[ChartItem, ...]
    courses: tuple[CourseRow, ...]
    consents: tuple[tuple[UUID, ConsentRow], ...]
    sessions: tuple[SessionRecord, ...]
    harms: tuple[HarmRow, ...]


@act
def export_patient(*, by: Actor, patient: UUID | str) -> Exported:
    """Everything that is on record of one patient. Raises NotFound or NotAllowed."""
    person = patient_of(by, patient, May.EXPORT)
    leave_trace(by, "exported a record", clinic=person.clinic, patient=person, about=person.pk)
    visits = Session.objects.filter(course__patient=person).select_related("course__patient", "recipe", "clinic")
    sessions = tuple(record_of(visit) for visit in visits.order_by("on", "number"))
    return _exported(person, items_of(person), course_rows(person), sessions, harm_rows(course__patient=person))


@act
def export_session(*, by: Actor, session: UUID | str) -> Exported:
    """One session with its patient, consents and harm, and nothing else of the record. Raises NotFound."""
    visit = session_of(by, session, May.SEE)
    person = visit.course.patient
    leave_trace(by, "exported a session", clinic=visit.clinic, patient=person, about=visit.pk)
    course = tuple(replace(row, surveys=()) for row in course_rows(person) if row.id == visit.course_id)
    record = record_of(visit)
    return _exported(person, (), course, (record,), record.harms)


@act
def patients_to_export(*, by: Actor, clinic: int) -> tuple[UUID, ...]:
    """The ids of every patient of a clinic, in order of when they were added."""
    by.check(May.EXPORT, clinic)
    return tuple(Patient.objects.filter(clinic=clinic).order_by("added_at", "pk").values_list("pk", flat=True))


def _exported(
    person: Patient,
    items: tuple[ChartItem, ...],
    courses: tuple[CourseRow, ...],
    sessions: tuple[SessionRecord, ...],
    harms: tuple[HarmRow, ...],
) -> Exported:
    return Exported(
        person.pk, person.key, person.clinic.name, person.simulated, person.family, person.given, person.born,
        person.sex, person.email, person.phone, person.language, person.died, items, courses,
        tuple((row.id, one) for row in courses for one in consent_rows(row.id)), sessions, harms,
    )  # fmt: skip
