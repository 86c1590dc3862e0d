"""What each of the four steps takes, checked field by field."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from enthesis.clinic.correcting import current
from enthesis.clinic.library import library
from enthesis.knowledge import BadInput, parse_site
from enthesis.registry.models import Session, SessionStep

REACTIONS = (
    "none",
    "faint",
    "numb mouth or metallic taste",
    "ringing in the ears",
    "drowsy",
    "rash",
    "breathless",
    "other",
)
GUIDANCE = ("fluoroscopy", "ct", "ultrasound", "landmark")
MG_PER_ML_PER_PERCENT = 10  # one percent is 1 g in 100 mL
LONGEST_WATCH = 24 * 60  # minutes; a longer watch is a slip of the finger


def assessment(details: Mapping[str, Any]) -> dict[str, Any]:
    """Targets marked, pain before, consent given and red flags excluded; the session does not begin without both."""
    marked = [str(parse_site(site, library())) for site in details.get("marked") or ()]
    if not marked:
        raise BadInput("marked: mark at least one site before going on")
    for field, words in (("consent", "the patient's consent"), ("red_flags_excluded", "that red flags were excluded")):
        if details.get(field) is not True:
            raise BadInput(f"{field}: the session cannot begin without {words}")
    return {
        "marked": marked,
        "pain": whole(details, "pain", 0, 10),
        "consent": True,
        "red_flags_excluded": True,
        "note": text(details, "note"),
    }


def anaesthesia(details: Mapping[str, Any]) -> dict[str, Any]:
    """Local anaesthetic for the skin: strength and volume of lidocaine, or none."""
    percent = number(details, "lidocaine_percent", "0", "4")
    volume = number(details, "volume_ml", "0", "60")
    mg = percent * volume * MG_PER_ML_PER_PERCENT
    return {
        "lidocaine_percent": str(percent),
        "volume_ml": str(volume),
        "lidocaine_mg": str(mg),
        "note": text(details, "note"),
    }


def injections(visit: Session, given: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each needle placement. Together they cannot be more than was drawn up."""
    if not given:
        raise BadInput("injections: record at least one injection; if none was given, break this visit off instead")
    placed = [_injection(one) for one in given]
    drawn, used = Decimal(str(visit.recipe.request["volume_ml"])), sum((one["volume_ml"] for one in placed), Decimal(0))
    if used > drawn:
        raise BadInput(f"volume_ml: the injections add up to {used} mL, but {drawn} mL were drawn up")
    return placed


def observation(details: Mapping[str, Any]) -> dict[str, Any]:
    """How long the patient was watched, what happened, and that they were fit to leave."""
    reactions = list(details.get("reactions") or ["none"])
    for reaction in reactions:
        if reaction not in REACTIONS:
            raise BadInput(f"reactions: {reaction!r} is not in the list; there are: {', '.join(REACTIONS)}")
    if len(reactions) > 1 and "none" in reactions:
        raise BadInput("reactions: either none, or what happened, not both")
    if details.get("fit_to_leave") is not True:
        raise BadInput("fit_to_leave: the session ends when the patient is fit to leave")
    return {
        "minutes": whole(details, "minutes", 0, LONGEST_WATCH),
        "reactions": reactions,
        "pain": whole(details, "pain", 0, 10),
        "fit_to_leave": True,
        "note": text(details, "note"),
    }


def within_dose(visit: Session, details: dict[str, Any]) -> dict[str, Any]:
    """The same details with the session's lidocaine in all: skin and mixture together. Raises BadInput over the limit."""
    total = _lidocaine_mg(visit, details)
    limit = visit.recipe.mixture["lidocaine_max_mg"]  # null without a weight: then nothing is calculated, and said so
    if limit is not None and total > Decimal(str(limit)):
        raise BadInput(
            f"volume_ml: with this the session's lidocaine would be {total.normalize():f} mg, "
            f"over the limit of {limit:g} mg for {visit.recipe.weight_kg} kg"
        )
    return {**details, "session_lidocaine_mg": str(total), "limit_mg": None if limit is None else f"{limit:g}"}


def _lidocaine_mg(visit: Session, details: Mapping[str, Any]) -> Decimal:
    standing = {step.step: step.details for step in current(SessionStep.objects.filter(session=visit))}
    standing["inject" if "injections" in details else "anaesthetise"] = dict(details)
    skin = Decimal(standing.get("anaesthetise", {}).get("lidocaine_mg", "0"))
    percent = Decimal(str(visit.recipe.mixture["lidocaine_percent"]))
    volume = sum((Decimal(one["volume_ml"]) for one in standing.get("inject", {}).get("injections", ())), Decimal(0))
    return skin + percent * volume * MG_PER_ML_PER_PERCENT


def _injection(one: Mapping[str, Any]) -> dict[str, Any]:
    guidance = one.get("guidance") or "landmark"
    if guidance not in GUIDANCE:
        raise BadInput(f"guidance: {guidance!r} is not in the list; there are: {', '.join(GUIDANCE)}")
    return {
        "site": str(parse_site(str(one.get("site", "")), library())),
        "volume_ml": number(one, "volume_ml", "0.1", "60"),
        "guidance": guidance,
        "needle": text(one, "needle", 60),
        "lot": text(one, "lot", 60),
    }


def number(details: Mapping[str, Any], field: str, low: str, high: str) -> Decimal:
    """An exact number in a range. Raises BadInput for anything else, a decimal comma included."""
    try:
        value = Decimal(str(details.get(field, "")).strip())
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or not Decimal(low) <= value <= Decimal(high):
        raise BadInput(
            f"{field}: a number from {low} to {high} was expected, with a decimal point, not {details.get(field)!r}"
        )
    return value


def whole(details: Mapping[str, Any], field: str, low: int, high: int) -> int:
    """A whole number in a range. Raises BadInput."""
    value = number(details, field, str(low), str(high))
    if value != value.to_integral_value():
        raise BadInput(f"{field}: a whole number from {low} to {high} was expected, not {details.get(field)!r}")
    return int(value)


def text(details: Mapping[str, Any], field: str, longest: int = 2000) -> str:
    """Free text of a bounded length. Raises BadInput when it is longer."""
    value = str(details.get(field) or "").strip()
    if len(value) > longest:
        raise BadInput(f"{field}: at most {longest} characters were expected, not {len(value)}")
    return value.replace("\x00", "")
