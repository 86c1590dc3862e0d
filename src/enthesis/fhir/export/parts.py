"""Parts that every exported resource shares: references, concepts, quantities, moments."""

from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

Resource = dict[str, Any]
HL7 = "http://terminology.hl7.org/CodeSystem/"
UCUM = "http://unitsofmeasure.org"


def reference(id: UUID | str, display: str = "") -> Resource:
    """A reference to another resource of the same bundle."""
    return {"reference": f"urn:uuid:{id}"} | ({"display": display} if display else {})


def named(who: str) -> Resource:
    """A person of the clinic by name only; accounts are not exported."""
    return {"display": who.partition(" <")[0]}


def concept(text: str, system: str = "", code: str = "", display: str = "") -> Resource:
    """A CodeableConcept: words, and a code where there is one."""
    coding = {"system": system, "code": code} | ({"display": display} if display else {})
    return ({"coding": [coding]} if code else {}) | ({"text": text} if text else {})


def moment(value: datetime | date) -> str:
    """A day or a moment with its offset, as FHIR writes them."""
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()


def made_id(*parts: object) -> str:
    """An id for what has none of its own; the same whenever it is exported."""
    return str(uuid5(NAMESPACE_URL, "/".join(str(part) for part in parts)))


def filled(resource: Resource) -> Resource:
    """The resource without its empty elements: FHIR has none."""
    return {key: value for key, value in resource.items() if value not in (None, "", [], {}, ())}
