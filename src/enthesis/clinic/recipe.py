"""The recipe for a session: any mixture of the mixing room, checked against the patient's weight."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.correcting import current, frame
from enthesis.clinic.errors import NotFound
from enthesis.clinic.library import library
from enthesis.clinic.moving import move
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput
from enthesis.mixing import Batch, batch_asked, kept
from enthesis.pathway import Move
from enthesis.registry.models import Course, RecipeRecord


@act
def make_recipe(*, by: Actor, course: UUID | str, request: Mapping[str, Any]) -> Batch:
    """Make the recipe and keep it. A mixture that cannot be made, or is over the dose limit, is refused in words.

    `request` holds, as text: parts (each a net strength at its vial, `dextrose=15@50:hydrous`), diluent, volume_ml,
    syringes, weight_kg, skin and elsewhere (anaesthetic that is planned or was had besides), limits, into. Or the two
    components by name: dextrose, lidocaine, dextrose_stock, lidocaine_stock, dextrose_form.
    """
    record = course_of(by, course, May.TREAT, lock=True)
    batch = batch_asked(library(), request)
    if not batch.feasible:
        raise BadInput("recipe: this cannot be made: " + " ".join(batch.warnings))
    if batch.session.within is False:
        raise BadInput("recipe: the local anaesthetic is over the limit for this weight: " + " ".join(batch.warnings))
    said, mixture = kept(library(), request, batch)
    weight = said.get("weight_kg")
    made = RecipeRecord.objects.create(
        course=record,
        request=said,
        mixture=mixture,
        library=library().fingerprint,
        weight_kg=Decimal(weight) if weight else None,
        **frame(by.name, record.clinic_id, now(), None, ""),
    )
    move(record, Move.MIX)
    leave_trace(by, "made a recipe", clinic=record.clinic, patient=record.patient, about=made.pk, after=mixture)
    return batch


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
