"""The local anaesthetic of a whole session, skin, mixture and elsewhere together, held against the limits for the weight.

Toxic effects add up: each drug counts as the part of its own ceiling, and the parts may come to 1 (mixing/session.py).
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from enthesis.clinic.keeping import TIME_OUT
from enthesis.clinic.library import library
from enthesis.clinic.skin import skin_given
from enthesis.knowledge import BadInput
from enthesis.mixing import (
    ELSEWHERE,
    Dose,
    Given,
    Limits,
    SessionDose,
    anaesthetics_in,
    batch_asked,
    exact,
    had,
    percent_words,
    require_weight,
    session_dose,
    shown,
)
from enthesis.registry.models import RecipeRecord, Session, SessionStep

MIXTURE, PRODUCT = "in the mixture", "in the product"
MG_PER_ML_PER_PERCENT = 10  # one percent is 1 g in 100 mL


def within_dose(visit: Session, details: dict[str, Any], steps: Mapping[str, SessionStep]) -> dict[str, Any]:
    """The same details with the local anaesthetic in all of a session, of which `steps` stand. Raises BadInput over the limit.

    The weight is the one of the time-out, else the recipe's. Only a session older than the time-out may have neither:
    then no limit is calculated, and the record says so.
    """
    found = _session(visit, details, steps)
    if found.within is False:
        raise BadInput(f"volume_ml: {_over(found)}")
    doses = [
        {
            "component": dose.component,
            "form": dose.form,
            "mg": shown(dose.mg or Fraction(0)),
            "max_mg": None if dose.max_mg is None else shown(dose.max_mg),
        }
        for dose in found.doses
    ]
    share = None if found.weight_kg is None or found.share is None else percent_words(found.share)
    return {**details, "session_anaesthetic": doses, "session_share": share}


def weight_of(visit: Session, details: Mapping[str, Any]) -> Decimal:
    """The weight for the limit of local anaesthetic: of the recipe, else as weighed now. Raises BadInput without one."""
    if visit.recipe.weight_kg is not None:
        return Decimal(visit.recipe.weight_kg)
    given = str(details.get("weight_kg") or "").strip()
    if not given:
        raise BadInput(
            "weight_kg: the recipe was made without a weight; weigh the patient: without a weight there is no limit for "
            "the local anaesthetic, and none is assumed"
        )
    try:
        require_weight(exact("weight-kg", given))
    except BadInput as error:
        raise BadInput(str(error).replace("weight-kg:", "weight_kg:", 1)) from error
    return Decimal(given)


def _session(visit: Session, details: Mapping[str, Any], steps: Mapping[str, SessionStep]) -> SessionDose:
    standing = {name: step.details for name, step in steps.items()}
    standing["inject" if "injections" in details else "anaesthetise"] = details
    rows = standing.get("inject", {}).get("injections", ())
    injected = sum((Fraction(str(one["volume_ml"])) for one in rows), Fraction(0))
    weight = standing[TIME_OUT]["weight_kg"] if TIME_OUT in standing else visit.recipe.weight_kg
    given = (*_mixed(visit.recipe, injected), *skin_given(standing.get("anaesthetise", {})))
    limits = Limits(visit.recipe.request.get("limits", Limits.LABEL.value))
    return session_dose(given, weight_kg=None if weight is None else Fraction(str(weight)), limits=limits)


def _mixed(recipe: RecipeRecord, injected_ml: Fraction) -> tuple[Given, ...]:
    """What the injected volume held, and what the patient had elsewhere that day."""
    if "product" in recipe.mixture:  # no recipe was mixed; what numbs is plain lidocaine
        mg = Fraction(str(recipe.mixture["lidocaine_percent"])) * injected_ml * MG_PER_ML_PER_PERCENT
        return (had(library(), "lidocaine", mg=mg, where=PRODUCT),)
    batch = batch_asked(library(), recipe.request)
    made = anaesthetics_in(batch.made, where=MIXTURE, given_ml=injected_ml) if batch.made else ()
    return (*made, *(one for one in batch.also if one.where == ELSEWHERE))


def _over(found: SessionDose) -> str:
    """Why a session is over its limit, in a sentence."""
    kg = shown(found.weight_kg or Fraction(0))
    given = [dose for dose in found.doses if dose.mg]
    if len(given) == 1:
        mg, most = (shown(one or Fraction(0)) for one in (given[0].mg, given[0].max_mg))
        return f"with this the session's {given[0].component} would be {mg} mg, over the limit of {most} mg for {kg} kg"
    parts = ", ".join(map(_part, given))
    return (
        f"with this the local anaesthetics of the session would come to {percent_words(found.share or Fraction(0))} of "
        f"what may be given to {kg} kg ({parts}); their effects add up, and together they may come to 100%"
    )


def _part(dose: Dose) -> str:
    return f"{shown(dose.mg or Fraction(0))} mg of {dose.component} of at most {shown(dose.max_mg or Fraction(0))} mg"
