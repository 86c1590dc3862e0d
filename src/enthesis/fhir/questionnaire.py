"""An instrument as a FHIR R4 Questionnaire. Every answer carries its score twice: readers know one extension or the other.

`ordinalValue` is the older one, `itemWeight` replaces it; both stand on the option and on its coding, because programs
look in either place.
"""

import re
from typing import Any

from enthesis.knowledge import BadInput, Entry
from enthesis.outcomes import Instrument, Item, LicenceStanding, Option

URL = "urn:enthesis:questionnaire:"
ANSWERS = "urn:enthesis:answers:"
LOINC = "http://loinc.org"
SCORES = ("http://hl7.org/fhir/StructureDefinition/ordinalValue", "http://hl7.org/fhir/StructureDefinition/itemWeight")
NOTICE = (
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright © 1995-2020, Regenstrief Institute, "
    "Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the "
    "license at http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief Institute, Inc"
)  # as printed at https://hl7.org/fhir/uv/sdc/qa-hta.html


def questionnaire(entry: Entry[Instrument], *, accepted: bool = False) -> dict[str, Any]:
    """The instrument as a Questionnaire. `accepted` says that the terms of its pack were accepted.

    Raises BadInput for a licensed instrument, whose wording is not here, and for one whose terms were not accepted.
    """
    about = entry.body
    if about.is_slot:
        raise BadInput(f"{entry.id}: its wording is licensed and not shipped, so there is no questionnaire to export")
    if about.pack and not accepted:
        raise BadInput(
            f"{entry.id}: the terms of the pack {about.pack!r} must be accepted first ({about.licence.says})"
        )
    made: dict[str, Any] = {
        "resourceType": "Questionnaire",
        "url": URL + entry.id,
        "version": without_blanks(about.version),
        "name": "".join(part.capitalize() for part in entry.id.split("-")),
        "title": entry.title,
        "status": "active",
        "language": about.language,
        "subjectType": ["Patient"],
        "copyright": ". ".join((about.licence.says, *((NOTICE,) if _has_codes(about) else ()))),
        "item": [_item(entry.id, item) for item in about.items],
    }
    if about.loinc_panel:
        made["code"] = [{"system": LOINC, "code": about.loinc_panel}]
    if about.instructions:
        made["item"].insert(0, {"linkId": "instructions", "text": about.instructions, "type": "display"})
    return made


def without_blanks(version: str) -> str:
    """The version as a canonical reference must have it: "Krebs-2009"."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", version).strip("-")


def canonical(id: str, version: str) -> str:
    """The questionnaire with its version, as every response names it."""
    return f"{URL}{id}|{without_blanks(version)}"


def has_free_words(about: Instrument) -> bool:
    """May the words go wherever answers go? Not those of a licensed instrument, nor those behind an owner's terms."""
    return about.licence.standing not in (LicenceStanding.LICENSED, LicenceStanding.CLINIC) and not about.pack


def coding(id: str, item: Item, option: Option) -> dict[str, Any]:
    """One answer as a coding, with what it counts."""
    value = {"system": f"{ANSWERS}{id}:{item.id}", "code": str(option.value), "display": option.label}
    return {"extension": scores(item, option), **value}


def scores(item: Item, option: Option) -> list[dict[str, Any]]:
    """What an answer counts, under both names."""
    return [{"url": url, "valueDecimal": item.counted(option.value)} for url in SCORES]


def _item(id: str, item: Item) -> dict[str, Any]:
    made: dict[str, Any] = {
        "linkId": item.id,
        "text": f"{item.section}: {item.text}" if item.section else item.text,
        "type": "choice",
        "answerOption": [
            {"extension": scores(item, option), "valueCoding": coding(id, item, option)} for option in item.options
        ],
    }
    if item.loinc:
        made["code"] = [{"system": LOINC, "code": item.loinc}]
    if item.named:
        made["item"] = [{"linkId": f"{item.id}-text", "text": item.text, "type": "string", "maxLength": 200}]
    return made


def _has_codes(about: Instrument) -> bool:
    return bool(about.loinc_panel or about.loinc_score or any(item.loinc for item in about.items))
