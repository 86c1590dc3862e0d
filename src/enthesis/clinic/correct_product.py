"""Correcting a product that was prepared for a needle: the old record stays, and what hangs on it is recorded anew.

The marks it is traced by stand with the time-out, and the strengths with the injections; both follow the correction.
"""

from collections.abc import Mapping
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace
from enthesis.clinic.correcting import current, to_correct
from enthesis.clinic.errors import NotFound, OutOfOrder
from enthesis.clinic.keeping import TIME_OUT, keep_step, must_be_unsigned, standing_steps
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.product import keep_product
from enthesis.clinic.screen import latest_screening
from enthesis.clinic.steps import injections
from enthesis.clinic.time_out import keep_marks
from enthesis.clinic.treat import keep_injections
from enthesis.pathway import checked_record, treatment_called
from enthesis.registry.models import RecipeRecord, Session


@act
def correct_product(
    *,
    by: Actor,
    course: UUID | str,
    given: Mapping[str, object],
    corrects: UUID | str,
    reason: str,
    weight_kg: str | None = None,
) -> RecipeRecord:
    """Correct the product of a session that is not signed. The weight stays as it was where none is given.

    Raises BadInput naming the field, without a reason, or when what was injected would be over the limit; OutOfOrder for a
    session that is signed, or a record that was corrected already; NotFound for a record that is no product of this course.
    """
    record = course_of(by, course, May.TREAT, lock=True)
    old = to_correct(RecipeRecord, corrects, reason)
    treatment = treatment_called(library(), record.treatment).body
    if old is None or old.course_id != record.pk or not treatment.injected or "product" not in old.mixture:
        raise NotFound("there is no such product in this course")
    visit = current(Session.objects.filter(recipe=old)).select_related("course__patient", "recipe", "clinic").first()
    if visit is not None:
        must_be_unsigned(visit)
    elif old != current(RecipeRecord.objects.filter(course=record)).order_by("-recorded_at").first():
        raise OutOfOrder("this product was replaced by a later one before any session")
    said = checked_record(treatment.records, given, on=visit.on if visit else latest_screening(record).on)
    weight = str(old.weight_kg or "") if weight_kg is None else weight_kg
    kept = keep_product(by, record, said, weight, old, reason)
    if visit is not None:
        _follow(by, visit, kept)
    leave_trace(
        by, "corrected a product", clinic=record.clinic, patient=record.patient, about=kept.pk,
        before=old.mixture["product"], after={**said, "reason": kept.reason},
    )  # fmt: skip
    return kept


def _follow(by: Actor, visit: Session, kept: RecipeRecord) -> None:
    """The session holds the corrected product; its time-out and its injections say so, with the same reason."""
    visit.recipe = kept
    visit.save(update_fields=["recipe"])
    steps = standing_steps(visit)
    if TIME_OUT in steps:
        held = steps[TIME_OUT]
        keep_marks(by, visit, keep_step(by, visit, TIME_OUT, held.details, held.pk, kept.reason))
    if "inject" in steps:
        placed = injections(visit, steps["inject"].details["injections"])
        keep_injections(by, visit, placed, steps["inject"].pk, kept.reason, steps=standing_steps(visit))
