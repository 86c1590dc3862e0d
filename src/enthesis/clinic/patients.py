"""Reading patients: the list with its search, and one patient's record. Every reading leaves an audit event."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from enthesis.clinic.acting import act, leave_trace, patient_of
from enthesis.clinic.course_rows import course_rows, scores_of
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.rows import EventRow, Page, PatientPage, PatientRow, WorkRow
from enthesis.clinic.timeline import timeline_of
from enthesis.registry.models import Alert, AuditEvent, ChartEntry, ChartImport, Clinic, Course, MoodAlert, Patient
from enthesis.screening import ItemKind, Measure, written
from enthesis.screening.names import plain

A_PAGE = 25
EVENTS_SHOWN = 20


@act
def find_patients(*, by: Actor, words: str = "", page: int = 1) -> Page:
    """One page of the patients of the actor's clinics, by name; every word must match the start or middle of a name."""
    rows = _with_course(Patient.objects.filter(_matching(words))).order_by("family", "given", "id")
    pages = Paginator(rows, A_PAGE)
    here = pages.get_page(page)
    _trace_list(by, words, list(here.object_list))
    return Page(tuple(_row(patient) for patient in here.object_list), pages.count, here.number, pages.num_pages)


@act
def read_patient(*, by: Actor, patient: UUID | str) -> PatientPage:
    """The whole record of one patient."""
    person = patient_of(by, patient, May.SEE)
    leave_trace(by, "read the record", clinic=person.clinic, patient=person)
    courses = course_rows(person)
    events = AuditEvent.objects.filter(patient=str(person.pk))
    return PatientPage(
        row=_row(_with_course(Patient.objects.filter(pk=person.pk)).get()),
        email=person.email,
        phone=person.phone,
        language=person.language,
        clinic=person.clinic.name,
        clinic_phone=person.clinic.phone,
        chart=_chart(person),
        not_understood=_not_understood(person),
        courses=courses,
        timeline=timeline_of(person),
        scores=scores_of(person),
        alerts=(*open_alerts(person), *open_moods(person)),
        events=tuple(
            EventRow(e.at, e.actor, e.verb, e.about, e.before, e.after) for e in events.order_by("-id")[:EVENTS_SHOWN]
        ),
        event_count=events.count(),
    )


def open_alerts(person: Patient) -> tuple[WorkRow, ...]:
    """The unsigned alerts of one patient, gravest first."""
    rows = Alert.objects.filter(course__patient=person, signed_at__isnull=True).select_related("course", "entry")
    return tuple(
        WorkRow(
            person.pk,
            person.name,
            alert.course_id,
            alert.course.condition,
            "alert",
            alert.entry.on,
            "; ".join(line["because"] for line in alert.because),
            alert.pk,
            alert.urgency,
        )
        for alert in rows.order_by("-urgency", "recorded_at")
    )


def open_moods(person: Patient) -> tuple[WorkRow, ...]:
    """The answers of one patient about worry or low mood that reached a cut-off and that nobody has signed."""
    rows = MoodAlert.objects.filter(course__patient=person, signed_at__isnull=True).select_related("course", "answer")
    return tuple(
        WorkRow(
            person.pk, person.name, one.course_id, one.course.condition, "worry or low mood", one.answer.on, one.said,
            mood=one.pk,
        )
        for one in rows.order_by("recorded_at")
    )  # fmt: skip


def _matching(words: str) -> Q:
    found = Q()
    for word in plain(words).split():
        found &= Q(search__contains=word)
    return found


def _with_course(rows: QuerySet[Patient]) -> QuerySet[Patient]:
    newest = Course.objects.filter(patient=OuterRef("pk")).order_by("-recorded_at")
    unsigned = Q(courses__alerts__signed_at__isnull=True, courses__alerts__id__isnull=False)
    return rows.annotate(
        condition=Subquery(newest.values("condition")[:1]),
        stage=Subquery(newest.values("stage")[:1]),
        open_alerts=Count("courses__alerts", filter=unsigned, distinct=True),
    )


def _row(patient: Any) -> PatientRow:
    """A patient with the columns `_with_course` adds."""
    return PatientRow(
        patient.pk,
        patient.name,
        patient.born,
        patient.sex,
        patient.simulated,
        patient.condition or "",
        patient.stage or "",
        patient.open_alerts,
        patient.died,
    )


def _chart(person: Patient) -> dict[str, tuple[dict[str, object], ...]]:
    found: dict[str, list[dict[str, object]]] = {}
    for entry in person.chart.order_by("kind", "-since", "name"):
        found.setdefault(entry.kind, []).append(
            {
                "name": _called(entry),
                "state": entry.state,
                "route": entry.route,
                "since": entry.since,
                "last": entry.last,
                "coded": entry.coded,
                "evidence": entry.evidence,
            }
        )
    return {kind: tuple(entries) for kind, entries in found.items()}


def _called(entry: ChartEntry) -> str:
    """The name as written; a measured value with its number and unit."""
    if entry.kind != ItemKind.MEASUREMENT or entry.value is None:
        return entry.name
    return written(Measure(entry.name), entry.value, entry.unit)


def _not_understood(person: Patient) -> tuple[dict[str, str], ...]:
    latest = ChartImport.objects.filter(patient=person).order_by("-recorded_at").first()
    return tuple(latest.not_understood) if latest else ()


def _trace_list(by: Actor, words: str, shown: list[Patient]) -> None:
    """Seeing names on a list is reading too: one event names every patient shown."""
    for clinic in Clinic.objects.filter(pk__in={patient.clinic_id for patient in shown}):
        leave_trace(
            by,
            "listed patients",
            clinic=clinic,
            after={"searched": bool(words), "patients": [str(p.pk) for p in shown if p.clinic_id == clinic.pk]},
        )
