"""The recipe for a session: what to draw, checked against the patient's weight."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.correcting import current, frame
from enthesis.clinic.errors import NotFound
from enthesis.clinic.library import library
from enthesis.clinic.moving import move
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput
from enthesis.mixing import Mixture, mix, mixture_as_json
from enthesis.pathway import Move
from enthesis.registry.models import Course, RecipeRecord


@act
def make_recipe(*, by: Actor, course: UUID | str, request: Mapping[str, str]) -> Mixture:
    """Make the recipe and keep it. A mixture that cannot be made, or is over the dose limit, is refused in words.

    `request` holds the options of `mix` as text: dextrose, lidocaine, volume_ml, dextrose_stock, lidocaine_stock,
    diluent, dextrose_form, weight_kg.
    """
    record = course_of(by, course, May.TREAT, lock=True)
    asked = {name: value for name, value in request.items() if value not in ("", None)}
    made = mix(library(), **asked)  # type: ignore[arg-type]  # the core checks every option by name
    if not made.feasible:
        raise BadInput("recipe: this cannot be made: " + " ".join(made.warnings))
    if made.within_dose_limit is False:
        raise BadInput("recipe: the local anaesthetic is over the limit for this weight: " + " ".join(made.warnings))
    weight = asked.get("weight_kg")
    kept = RecipeRecord.objects.create(
        course=record,
        request=asked,
        mixture=dict(mixture_as_json(made)),
        library=library().fingerprint,
        weight_kg=Decimal(weight) if weight else None,
        **frame(by.name, record.clinic_id, now(), None, ""),
    )
    move(record, Move.MIX)
    leave_trace(by, "made a recipe", clinic=record.clinic, patient=record.patient, about=kept.pk, after=kept.mixture)
    return made


def latest_recipe(course: Course) -> RecipeRecord:
    """The newest recipe of a course. Raises NotFound before the first."""
    found = current(RecipeRecord.objects.filter(course=course)).order_by("-recorded_at").first()
    if found is None:
        raise NotFound("this course has no recipe yet")
    return found
