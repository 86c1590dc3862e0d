"""What became of courses, and since when: another treatment, withdrawal, death."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from enthesis.clinic.deaths import FATAL
from enthesis.outcomes.cohort.columns import DEAD, IN_CARE, NOT_TREATED, OTHER_TREATMENT, WITHDRAWN
from enthesis.registry.models import AdverseEvent, AdverseEventNote, Course, Decision

ENDS = {"withdraw": WITHDRAWN, "switch": OTHER_TREATMENT}


@dataclass(frozen=True)
class Fate:
    """From which day on a course has a status."""

    on: date
    status: str


def then(rows: QuerySet, moment: datetime) -> QuerySet:
    """The records that stood at a moment: written by then, and not yet corrected."""
    later = Q(corrected_by__isnull=True) | Q(corrected_by__recorded_at__gt=moment)
    return rows.filter(later, recorded_at__lte=moment)


def fates(courses: Iterable[Course], moment: datetime) -> dict[UUID, tuple[Fate, ...]]:
    """What became of each course by a moment, in order of day; death counts for every course of the person."""
    found: dict[UUID, list[Fate]] = {course.pk: [] for course in courses}
    for course, decided, on in then(Decision.objects.filter(decided__in=ENDS), moment).values_list(
        "course_id", "decided", "on"
    ):
        if course in found:
            found[course].append(Fate(on, ENDS[decided]))
    died = _deaths(moment)
    for course in courses:
        if course.patient_id in died:
            found[course.pk].append(Fate(died[course.patient_id], DEAD))
    return {id: tuple(sorted(each, key=lambda fate: (fate.on, fate.status))) for id, each in found.items()}


def harms(courses: Iterable[Course], moment: datetime, until: date) -> dict[str, int]:
    """People injected by a day, people by the worst grade of an adverse event reported by then, and those with a serious one."""
    injected = {c.patient_id for c in courses if c.first_injection_on is not None and c.first_injection_on <= until}
    worst: dict[UUID, int] = {}
    serious = set()
    events = then(AdverseEvent.objects.filter(on__lte=until), moment)
    notes = then(AdverseEventNote.objects.filter(on__lte=until), moment)
    for patient, grade, grave in (
        *events.values_list("course__patient_id", "grade", "serious"),
        *notes.values_list("event__course__patient_id", "grade", "serious"),
    ):
        worst[patient] = max(grade, worst.get(patient, 0))
        serious |= {patient} if grave else set()
    graded = {f"grade {grade}": sum(1 for one in worst.values() if one == grade) for grade in range(1, 6)}
    return {"injected": len(injected), **graded, "serious": len(serious)}


def _deaths(moment: datetime) -> dict[UUID, date]:
    events = then(AdverseEvent.objects.filter(outcome=FATAL), moment).values_list("course__patient_id", "on")
    notes = then(AdverseEventNote.objects.filter(outcome=FATAL), moment).values_list("event__course__patient_id", "on")
    found: dict[UUID, date] = {}
    for patient, on in (*events, *notes):
        found[patient] = min(on, found.get(patient, on))
    return found


def status_on(course: Course, known: tuple[Fate, ...], day: date | None, until: date) -> str:
    """The status of a course on a day; without an injection nothing was treated."""
    if course.first_injection_on is None or course.first_injection_on > until:
        return NOT_TREATED
    reached = [fate.status for fate in known if day is not None and fate.on <= day]
    return DEAD if DEAD in reached else reached[-1] if reached else IN_CARE
