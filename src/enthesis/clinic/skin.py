"""The local anaesthetic put into the skin: which, how strong, how much; also as older records wrote it."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from enthesis.clinic.library import library
from enthesis.clinic.steps import number, text
from enthesis.knowledge import BadInput
from enthesis.mixing import SKIN, Draw, Given, anaesthetics, had, into_the_skin, stock_of, vial_words

USUAL = "lidocaine:plain"
MOST_ML = "60"


def anaesthesia(details: Mapping[str, Any]) -> dict[str, Any]:
    """The anaesthetic of the skin, or none: `anaesthetic` as drug:form, `strength_percent` of its vial, `volume_ml`.

    `lidocaine_percent` is read as the strength of plain lidocaine. Raises BadInput naming the field.
    """
    said = dict(details)
    if "lidocaine_percent" in said:
        said["strength_percent"] = said.pop("lidocaine_percent")
    name, _, form = (text(said, "anaesthetic", 40) or USUAL).partition(":")
    known = anaesthetics(library())
    if name not in known or form not in [one.name for one in known[name].forms]:
        there = ", ".join(f"{drug}:{one.name}" for drug, about in known.items() for one in about.forms)
        raise BadInput(f"anaesthetic: {f'{name}:{form}'!r} is not known; there are: {there}")
    volume = number(said, "volume_ml", "0", MOST_ML)
    percent = number(said, "strength_percent", "0.01" if volume else "0", f"{known[name].strongest_stock_percent:g}")
    return {
        "anaesthetic": f"{name}:{form}",
        "strength_percent": str(percent),
        "volume_ml": str(volume),
        "note": text(said, "note"),
    }


def skin_draw(details: Mapping[str, Any]) -> Draw | None:
    """The vial and the volume of a checked or recorded step; None where nothing was given."""
    if not Decimal(str(details.get("volume_ml") or "0")):
        return None
    name, _, form = str(details.get("anaesthetic", USUAL)).partition(":")
    percent = Fraction(str(details.get("strength_percent", details.get("lidocaine_percent"))))
    return Draw(stock_of(library(), name, percent=percent, form=form), Fraction(str(details["volume_ml"])))


def skin_given(details: Mapping[str, Any]) -> tuple[Given, ...]:
    """What a step put into the skin, for the sum of the session; plain lidocaine of 0 mg where nothing was."""
    draw = skin_draw(details)
    return (had(library(), "lidocaine", mg=0, where=SKIN) if draw is None else into_the_skin(draw),)


def skin_vial(details: Mapping[str, Any]) -> str:
    """The vial of a step as the shelf names it; empty where nothing was given."""
    draw = skin_draw(details)
    return vial_words(library(), draw.stock) if draw else ""
