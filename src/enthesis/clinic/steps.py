"""What each of the four steps takes, checked field by field."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from enthesis.clinic.library import library
from enthesis.knowledge import BadInput, parse_site
from enthesis.registry.models import Session

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
# Outside these an entry is a slip of the finger; they judge nobody's health.
VITALS = {"pulse": (20, 250), "systolic": (40, 300), "diastolic": (20, 200), "saturation": (40, 100)}
LONGEST_WATCH = 24 * 60  # minutes; a longer watch is a slip of the finger


def assessment(details: Mapping[str, Any]) -> dict[str, Any]:
    """Targets marked with their side, pain before, and red flags excluded; the session does not begin otherwise."""
    marked = [_target(str(site), "marked") for site in details.get("marked") or ()]
    if not marked:
        raise BadInput("marked: mark at least one site before going on")
    if details.get("red_flags_excluded") is not True:
        raise BadInput("red_flags_excluded: the session cannot begin without that red flags were excluded")
    return {
        "marked": marked,
        "pain": whole(details, "pain", 0, 10),
        "red_flags_excluded": True,
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
        "vitals": _vitals(details),
        "fit_to_leave": True,
        "note": text(details, "note"),
    }


def _injection(one: Mapping[str, Any]) -> dict[str, Any]:
    guidance = one.get("guidance") or "landmark"
    if guidance not in GUIDANCE:
        raise BadInput(f"guidance: {guidance!r} is not in the list; there are: {', '.join(GUIDANCE)}")
    return {
        "site": _target(str(one.get("site", "")), "site"),
        "volume_ml": number(one, "volume_ml", "0.1", "60"),
        "guidance": guidance,
        "needle": text(one, "needle", 60),
        "lot": text(one, "lot", 60),
    }


def _target(text: str, field: str) -> str:
    """A site with its side. Raises BadInput for one that has sides and names none."""
    site = parse_site(text, library())
    if site.about.sided and not site.side:
        raise BadInput(f"{field}: {site.name}: left or right was expected; a needle goes into one side")
    return str(site)


def _vitals(details: Mapping[str, Any]) -> dict[str, int]:
    """Vital signs, where they were taken; a blood pressure has both its numbers."""
    taken = {
        name: whole(details, name, low, high)
        for name, (low, high) in VITALS.items()
        if str(details.get(name) or "").strip()
    }
    if len({"systolic", "diastolic"} & set(taken)) == 1:
        raise BadInput("systolic: a blood pressure has two numbers; give both or none")
    if taken.get("diastolic", 0) >= taken.get("systolic", 1000):
        raise BadInput("diastolic: it is lower than the systolic blood pressure; check the two numbers")
    return taken


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
