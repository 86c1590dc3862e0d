"""A written estimate of what a course will cost, made in good faith: itemised, dated, numbered, and never changed."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django_scopes import scope

from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.correcting import current, frame
from enthesis.clinic.errors import NotFound
from enthesis.clinic.library import library
from enthesis.clinic.links import NewLink, make_link, open_link
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.prices import prices_of, standing_prices
from enthesis.knowledge import BadInput
from enthesis.pathway import Code, EstimateItem, Statement, conditions, estimate, treatment_called
from enthesis.registry.models import CostEstimate, Course

FORM = "estimate"
LINK_DAYS = 90


@dataclass(frozen=True)
class EstimateSheet:
    """An estimate as patient and staff read it. No name stands in it."""

    id: UUID
    number: int
    clinic: str
    clinic_phone: str
    simulated: bool
    language: str
    treatment: str
    condition: str
    on: date
    valid_until: date
    sessions: int
    currency: str
    items: tuple[EstimateItem, ...]
    total: Decimal
    codes: tuple[Code, ...]
    diagnosis: Code | None
    coverage: tuple[Statement, ...]
    made_by: str
    made_at: datetime
    newer: bool


@act
def make_estimate(
    *, by: Actor, course: UUID | str, sessions: int, on: date, valid_until: date, diagnosis: str = ""
) -> CostEstimate:
    """Write an estimate from the prices in force on the day. A later one gets the next number; the earlier stays.

    Raises BadInput where there are no prices, the dates do not fit, or the diagnosis is no code of the condition.
    """
    record = course_of(by, course, May.PLAN, lock=True)
    row = standing_prices(record.clinic_id, on)
    if row is None:
        raise BadInput("prices: the clinic has no price list for this day; its director sets one")
    if valid_until < on:
        raise BadInput(f"valid_until: a day from {on.isoformat()} on was expected, not {valid_until.isoformat()}")
    _diagnosis(record, diagnosis)
    made = estimate(prices_of(row), treatment=record.treatment, sessions=sessions)
    kept = CostEstimate.objects.create(
        course=record,
        prices=row,
        number=CostEstimate.objects.filter(course=record).count() + 1,
        on=on,
        valid_until=valid_until,
        sessions=sessions,
        currency=made.currency,
        lines=[_written(item) for item in made.items],
        total=made.total,
        diagnosis=diagnosis,
        library=library().fingerprint,
        **frame(by.name, record.clinic_id, now(), None, ""),
    )
    after = {"number": kept.number, "total": str(kept.total), "currency": kept.currency, "sessions": sessions}
    leave_trace(by, "wrote an estimate", clinic=record.clinic, patient=record.patient, about=kept.pk, after=after)
    return kept


@act
def read_estimates(*, by: Actor, course: UUID | str) -> tuple[EstimateSheet, ...]:
    """Every estimate of a course, newest first."""
    record = course_of(by, course, May.SEE)
    rows = list(current(CostEstimate.objects.filter(course=record)).order_by("-number"))
    leave_trace(by, "read the estimates", clinic=record.clinic, patient=record.patient, about=record.pk)
    return tuple(_sheet(row, record, newer=row is not rows[0]) for row in rows)


def link_to_estimate(*, by: Actor, course: UUID | str, number: int) -> NewLink:
    """A link to one estimate, for reading; opening it does not use it up."""
    return make_link(by=by, course=course, form=FORM, about={"estimate": number}, days=LINK_DAYS)


def private_estimate(token: str) -> EstimateSheet:
    """The estimate a link opens. Raises LinkSpent, or NotFound for a link to another form."""
    link = open_link(token)
    if link.form != FORM:
        raise NotFound("this link opens another form")
    with scope(clinic=[link.clinic_id]):
        rows = list(current(CostEstimate.objects.filter(course_id=link.course_id)).order_by("-number"))
        row = next((row for row in rows if row.number == link.about["estimate"]), None)
        if row is None:
            raise NotFound("there is no such estimate")
        found = _sheet(row, link.course, newer=row is not rows[0])
        leave_trace(
            Actor.of_link(link),
            "read an estimate by a link",
            clinic=link.clinic,
            patient=link.course.patient,
            about=row.pk,
        )
    return found


def diagnoses(condition: str) -> tuple[Code, ...]:
    """The ICD-10-CM codes of a condition, from its entry."""
    return next((entry.body.codes for entry in conditions(library()) if entry.id == condition), ())


def _diagnosis(record: Course, code: str) -> Code | None:
    """The code with its title; none where none was chosen. Raises BadInput for a code of another condition."""
    known = {one.code: one for one in diagnoses(record.condition)}
    if code and code not in known:
        raise BadInput(f"diagnosis: {code!r} is no code of this condition; its codes are: {', '.join(known)}")
    return known.get(code)


def _sheet(row: CostEstimate, record: Course, *, newer: bool) -> EstimateSheet:
    treatment = treatment_called(library(), record.treatment)
    condition = next((entry.title for entry in conditions(library()) if entry.id == record.condition), record.condition)
    used = {line["code"] for line in row.lines}
    return EstimateSheet(
        id=row.pk,
        number=row.number,
        clinic=record.clinic.name,
        clinic_phone=record.clinic.phone,
        simulated=record.clinic.simulated,
        language=record.patient.language,
        treatment=treatment.title,
        condition=condition,
        on=row.on,
        valid_until=row.valid_until,
        sessions=row.sessions,
        currency=row.currency,
        items=tuple(_item(line) for line in row.lines),
        total=row.total,
        codes=tuple(code for code in treatment.body.codes if code.code in used),
        diagnosis=_diagnosis(record, row.diagnosis),
        coverage=treatment.body.coverage,
        made_by=row.recorded_by,
        made_at=row.recorded_at,
        newer=newer,
    )


def _written(item: EstimateItem) -> dict[str, Any]:
    exact = {"each": str(item.each), "amount": str(item.amount)}
    return {"what": item.what, "spanish": item.spanish, "quantity": item.quantity, "code": item.code} | exact


def _item(line: dict[str, Any]) -> EstimateItem:
    return EstimateItem(**(line | {"each": Decimal(line["each"]), "amount": Decimal(line["amount"])}))
