"""The recipe for a session: any mixture of the mixing room, checked against the patient's weight."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.correcting import current, frame, to_correct
from enthesis.clinic.errors import NotFound, OutOfOrder
from enthesis.clinic.keeping import TIME_OUT, standing_steps
from enthesis.clinic.library import library
from enthesis.clinic.moving import move
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput
from enthesis.mixing import HEAVIEST_KG, Batch, batch_asked, kept
from enthesis.pathway import Move
from enthesis.registry.models import Course, RecipeRecord, Session


@act
def make_recipe(
    *, by: Actor, course: UUID | str, request: Mapping[str, Any], corrects: UUID | str | None = None, reason: str = ""
) -> Batch:
    """Make the recipe and keep it, or correct one. A mixture that cannot be made, or is over the limit, is refused in words.

    One that was made is corrected until the time-out, when the syringe is filled; the old record stays.

    `request` holds, as text: parts (each a net strength at its vial, `dextrose=15@50:hydrous`), diluent, volume_ml,
    syringes, weight_kg, skin and elsewhere (anaesthetic that is planned or was had besides), limits, into. Or the two
    components by name: dextrose, lidocaine, dextrose_stock, lidocaine_stock, dextrose_form.
    """
    record = course_of(by, course, May.TREAT, lock=True)
    old = to_correct(RecipeRecord, corrects, reason)
    visit = _before_the_time_out(record, old) if old else None
    batch = batch_asked(library(), request)
    if not batch.feasible:
        raise BadInput("recipe: this cannot be made: " + " ".join(batch.warnings))
    dose = batch.session
    if replace(dose, weight_kg=dose.weight_kg or HEAVIEST_KG).within is False:
        whose = "any" if dose.weight_kg is None else "this"
        raise BadInput(
            f"recipe: the local anaesthetic is over the limit for {whose} weight: " + " ".join(batch.warnings)
        )
    made = _kept(by, record, request, batch, old, reason)
    if visit:
        visit.recipe = made
        visit.save(update_fields=["recipe"])
    if old is None:
        move(record, Move.MIX)
    verb, before = ("made a recipe", None) if old is None else ("corrected a recipe", old.mixture)
    leave_trace(
        by, verb, clinic=record.clinic, patient=record.patient, about=made.pk, before=before, after=made.mixture
    )
    return batch


def _kept(
    by: Actor, record: Course, request: Mapping[str, Any], batch: Batch, old: RecipeRecord | None, reason: str
) -> RecipeRecord:
    said, mixture = kept(library(), request, batch)
    weight = said.get("weight_kg")
    made: RecipeRecord = RecipeRecord.objects.create(
        course=record,
        request=said,
        mixture=mixture,
        library=library().fingerprint,
        weight_kg=Decimal(weight) if weight else None,
        **frame(by.name, record.clinic_id, now(), old, reason),
    )
    return made


def _before_the_time_out(course: Course, old: RecipeRecord) -> Session | None:
    """The session that holds a recipe to be corrected, if one has begun. Raises NotFound or OutOfOrder."""
    if old.course_id != course.pk or "product" in old.mixture:
        raise NotFound("there is no such recipe in this course")
    visit: Session | None = current(Session.objects.filter(recipe=old)).first()
    if visit is not None and TIME_OUT in standing_steps(visit):
        raise OutOfOrder("after the time-out the syringe is filled: break the visit off, or add an addendum")
    if visit is None and old != latest_recipe(course):
        raise OutOfOrder("this recipe was replaced by a later one before any session")
    return visit


def latest_recipe(course: Course) -> RecipeRecord:
    """The newest recipe of a course. Raises NotFound before the first."""
    found = current(RecipeRecord.objects.filter(course=course)).order_by("-recorded_at").first()
    if found is None:
        raise NotFound("this course has no recipe yet")
    return found


def strengths_of(recipe: RecipeRecord) -> dict[str, Decimal]:
    """The net strength of each component in the syringe, in percent; of a product, only the lidocaine in it."""
    said = recipe.mixture
    components = said.get("components") or [
        {"component": name, "net_percent": said[f"{name}_percent"]} for name in ("dextrose", "lidocaine")
    ]
    return {one["component"]: Decimal(str(one["net_percent"])) for one in components if one["net_percent"]}
