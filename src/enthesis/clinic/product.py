"""What will be given, where no recipe of dextrose is made: a product prepared for a session, or a visit without a needle."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace, now, session_of
from enthesis.clinic.clock import start_clock
from enthesis.clinic.correcting import current, frame, to_correct
from enthesis.clinic.dues import meet
from enthesis.clinic.errors import OutOfOrder
from enthesis.clinic.keeping import must_be_unsigned
from enthesis.clinic.library import library
from enthesis.clinic.moving import move
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.screen import latest_screening, may_go_on
from enthesis.knowledge import BadInput
from enthesis.mixing import exact, shown, stock_of
from enthesis.pathway import Move, Stage, checked_record, traced, treatment_called
from enthesis.registry.models import Course, RecipeRecord, Session, SessionStep

WITHOUT_A_NEEDLE = (Move.MIX, Move.ASSESS, Move.ANAESTHETISE, Move.INJECT, Move.OBSERVE, Move.SEND_HOME)
GIVEN = "given"  # the one step of a visit without a needle
MG_PER_ML_PER_PERCENT = 10  # one percent is 1 g in 100 mL


@act
def prepare_product(*, by: Actor, course: UUID | str, given: Mapping[str, object], weight_kg: str = "") -> RecipeRecord:
    """Record the product for the planned session: the fields its treatment declares, and nothing expired on that day.

    Lidocaine in the syringe and in the skin are held against the label's limit for the weight, as for a recipe.
    Raises BadInput naming the field.
    """
    record = course_of(by, course, May.TREAT, lock=True)
    treatment = treatment_called(library(), record.treatment).body
    if not treatment.records or not treatment.injected:
        raise OutOfOrder(f"{record.treatment} has no product to prepare")
    if record.stage != Stage.PLANNED:
        raise OutOfOrder("the visit must be planned before its product is prepared, and not yet prepared")
    said = checked_record(treatment.records, given, on=latest_screening(record).on)
    kept = keep_product(by, record, said, weight_kg)
    move(record, Move.MIX)
    leave_trace(by, "prepared a product", clinic=record.clinic, patient=record.patient, about=kept.pk, after=said)
    return kept


@act
def record_visit(*, by: Actor, course: UUID | str, on: date, given: Mapping[str, object]) -> Session:
    """Record a visit of a treatment without a needle: what was done, in one step. Its first one starts the clock."""
    record = course_of(by, course, May.TREAT, lock=True)
    treatment = treatment_called(library(), record.treatment).body
    if treatment.injected:
        raise OutOfOrder(f"{record.treatment} is given with a needle, in four steps")
    judged = latest_screening(record)
    if judged.on != on or not may_go_on(judged):
        raise OutOfOrder(f"this course was not screened for {on.isoformat()}, or the screening does not let it stand")
    said = checked_record(treatment.records, given, on=on)
    for one in WITHOUT_A_NEEDLE:
        move(record, one)
    kept = keep_product(by, record, said, "")
    number = current(Session.objects.filter(course=record)).count() + 1
    frames = frame(by.name, record.clinic_id, now(), None, "")
    visit = Session.objects.create(course=record, recipe=kept, on=on, number=number, **frames)
    SessionStep.objects.create(session=visit, step=GIVEN, details=said, **frames)
    start_clock(record, on)
    meet(record, f"visit-{number}")
    leave_trace(by, "recorded a visit", clinic=record.clinic, patient=record.patient, about=visit.pk, after=said)
    return visit


@act
def correct_visit(
    *, by: Actor, session: UUID | str, given: Mapping[str, object], corrects: UUID | str, reason: str
) -> SessionStep:
    """Correct what was recorded of a visit without a needle; the old record is kept."""
    visit = session_of(by, session, May.TREAT)
    must_be_unsigned(visit)
    old = to_correct(SessionStep, corrects, reason)
    if old is None or old.session_id != visit.pk or old.step != GIVEN:
        raise OutOfOrder("that record is not the one of this visit")
    said = checked_record(treatment_called(library(), visit.course.treatment).body.records, given, on=visit.on)
    kept = SessionStep.objects.create(
        session=visit, step=GIVEN, details=said, **frame(by.name, visit.clinic_id, now(), old, reason)
    )
    leave_trace(
        by,
        "corrected a visit",
        clinic=visit.clinic,
        patient=visit.course.patient,
        about=kept.pk,
        before=old.details,
        after={**said, "reason": kept.reason},
    )
    return kept


def _anaesthetic(said: Mapping[str, str], weight_kg: str) -> dict[str, Any]:
    """Lidocaine in the syringe beside the label's limit for a weight. Raises BadInput over it, or for no likely weight."""
    percent = Fraction(said.get("lidocaine_percent", "0"))
    mg = percent * Fraction(said.get("volume_ml", "0")) * MG_PER_ML_PER_PERCENT
    ceiling = stock_of(library(), "lidocaine", percent=max(percent, Fraction(1))).ceiling
    most = ceiling.max_mg(exact("weight_kg", weight_kg)) if weight_kg and ceiling else None
    if most is not None and mg > most:
        raise BadInput(
            f"lidocaine_percent: this is {shown(mg)} mg, over the limit of {shown(most)} mg for {weight_kg} kg"
        )
    return {
        "lidocaine_percent": float(percent),
        "lidocaine_mg": float(mg),
        "lidocaine_max_mg": None if most is None else float(most),
    }


def keep_product(
    by: Actor,
    record: Course,
    said: Mapping[str, str],
    weight_kg: str,
    old: RecipeRecord | None = None,
    reason: str = "",
) -> RecipeRecord:
    """A recipe without dextrose: the product as recorded, and the marks a recall is searched by. For use inside an act.

    Raises BadInput when the lidocaine in it is over the limit for the weight.
    """
    marks = traced(treatment_called(library(), record.treatment).body.records, said)
    product = {"product": dict(said), "traced": list(marks), "dextrose_percent": 0.0}
    return RecipeRecord.objects.create(
        course=record,
        request={"volume_ml": said.get("volume_ml", "0")},
        mixture=product | _anaesthetic(said, weight_kg),
        library=library().fingerprint,
        weight_kg=Decimal(weight_kg) if weight_kg else None,
        **frame(by.name, record.clinic_id, now(), old, reason),
    )
