"""Reading one course: what every page of the walk begins with."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace
from enthesis.clinic.course_rows import course_rows
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.rows import CourseRow


@dataclass(frozen=True)
class CoursePage:
    """One course with whose it is and where."""

    course: CourseRow
    patient: UUID
    name: str
    sex: str
    language: str
    clinic: str
    clinic_phone: str
    simulated: bool
    born: date | None
    phone: str = ""


@act
def read_course(*, by: Actor, course: UUID | str) -> CoursePage:
    """Everything about one course. A fixed number of queries."""
    record = course_of(by, course, May.SEE)
    leave_trace(by, "read a course", clinic=record.clinic, patient=record.patient, about=record.pk)
    row = next(row for row in course_rows(record.patient) if row.id == record.pk)
    person, clinic = record.patient, record.clinic
    return CoursePage(
        row,
        person.pk,
        person.name,
        person.sex,
        person.language,
        clinic.name,
        clinic.phone,
        clinic.simulated,
        person.born,
        person.phone,
    )
