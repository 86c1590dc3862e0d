"""The local anaesthetic of a whole session, skin and mixture together, held against the limit for the weight."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from enthesis.clinic.keeping import TIME_OUT, standing_steps
from enthesis.clinic.library import library
from enthesis.knowledge import BadInput
from enthesis.mixing import exact, mix, stock_of
from enthesis.registry.models import Session

MG_PER_ML_PER_PERCENT = 10  # one percent is 1 g in 100 mL


def lidocaine_mg(percent: Decimal, volume_ml: Decimal) -> Decimal:
    """What a volume of a strength holds, in mg, exactly."""
    return percent * volume_ml * MG_PER_ML_PER_PERCENT


def within_dose(visit: Session, details: dict[str, Any]) -> dict[str, Any]:
    """The same details with the session's lidocaine in all: skin and mixture together. Raises BadInput over the limit.

    The weight is the recipe's, else the one of the time-out. Only a session older than the time-out may have neither:
    then no limit is calculated, and the record says so.
    """
    total, weight = _session_mg(visit, details), _weight(visit)
    limit = None if weight is None else limit_mg(visit, weight)
    if limit is not None and total > limit:
        raise BadInput(
            f"volume_ml: with this the session's lidocaine would be {total.normalize():f} mg, "
            f"over the limit of {limit.normalize():f} mg for {Decimal(str(weight)).normalize():f} kg"
        )
    return {
        **details,
        "session_lidocaine_mg": str(total),
        "limit_mg": None if limit is None else f"{limit.normalize():f}",
    }


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
        limit_mg(visit, given)
    except BadInput as error:
        raise BadInput(str(error).replace("weight-kg:", "weight_kg:", 1)) from error
    return Decimal(given)


def limit_mg(visit: Session, weight_kg: str) -> Decimal:
    """The most lidocaine this session may hold for a weight, in mg. Raises BadInput for a weight no adult has."""
    if "product" in visit.recipe.mixture:  # no recipe was mixed; what numbs is plain lidocaine
        ceiling = stock_of(library(), "lidocaine", percent=Fraction(1)).ceiling
        most = ceiling.max_mg(exact("weight-kg", weight_kg)) if ceiling else None
    else:
        request = {name: value for name, value in visit.recipe.request.items() if name != "weight_kg"}
        made = mix(library(), **request, weight_kg=weight_kg)
        most = next((dose.max_mg for dose in made.doses if dose.component == "lidocaine"), None)
    if most is None:
        raise BadInput("weight_kg: no limit is known for what this recipe holds")
    return Decimal(most.numerator) / Decimal(most.denominator)


def _weight(visit: Session) -> str | None:
    checked = standing_steps(visit).get(TIME_OUT)
    if checked is not None:
        return str(checked.details["weight_kg"])
    return None if visit.recipe.weight_kg is None else str(visit.recipe.weight_kg)


def _session_mg(visit: Session, details: Mapping[str, Any]) -> Decimal:
    standing = {name: step.details for name, step in standing_steps(visit).items()}
    standing["inject" if "injections" in details else "anaesthetise"] = dict(details)
    skin = Decimal(standing.get("anaesthetise", {}).get("lidocaine_mg", "0"))
    percent = Decimal(str(visit.recipe.mixture["lidocaine_percent"]))
    volume = sum((Decimal(one["volume_ml"]) for one in standing.get("inject", {}).get("injections", ())), Decimal(0))
    return skin + lidocaine_mg(percent, volume)
