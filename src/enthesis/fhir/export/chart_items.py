"""Condition, AllergyIntolerance, MedicationStatement, Procedure and Observation: the chart as it was read in.

The chart keeps names and not every code they came with, so words go out where words were kept. What nobody could
understand goes out as Basic: it is not lost.
"""

from collections.abc import Callable
from typing import Any

from enthesis.clinic.exporting import Exported
from enthesis.fhir.export.parts import HL7, UCUM, Resource, concept, filled, made_id, reference
from enthesis.screening import ChartItem, ItemKind, State, Taking

TAKEN = {
    Taking.TAKING: "active",
    Taking.AS_NEEDED: "active",
    Taking.STOPPED: "stopped",
    Taking.NOT_TAKEN: "not-taken",
    Taking.UNKNOWN: "unknown",
}


def written(record: Exported) -> list[Resource]:
    """Every item of the chart."""
    return [_item(record, item) for item in record.items]


def _item(record: Exported, item: ChartItem) -> Resource:
    kind, subject, body = WRITERS[item.kind]
    frame = {
        "resourceType": kind,
        "id": made_id(record.id, item.evidence),
        "identifier": [{"value": item.evidence}],
        subject: reference(record.id),
    }
    return filled(frame | body(item))


def _condition(item: ChartItem) -> Resource:
    sure = item.state != State.DOUBTFUL
    code = concept(item.name)
    if item.icd10:
        code["coding"] = [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": one} for one in item.icd10]
    return {
        "clinicalStatus": concept("", f"{HL7}condition-clinical", "resolved" if item.state == State.PAST else "active"),
        "verificationStatus": concept("", f"{HL7}condition-ver-status", "confirmed" if sure else "unconfirmed"),
        "code": code,
        "onsetDateTime": item.since.isoformat() if item.since else None,
        "abatementDateTime": item.last.isoformat() if item.last and item.state == State.PAST else None,
    }


def _allergy(item: ChartItem) -> Resource:
    return {
        "clinicalStatus": concept("", f"{HL7}allergyintolerance-clinical", "active"),
        "verificationStatus": concept("", f"{HL7}allergyintolerance-verification", "unconfirmed"),
        "code": concept(item.name),
        "onsetDateTime": item.since.isoformat() if item.since else None,
    }


def _medicine(item: ChartItem) -> Resource:
    taking = Taking(item.state) if item.state in set(Taking) else Taking.UNKNOWN
    period = {"start": item.since, "end": item.last}
    dosage = filled(
        {
            "asNeededBoolean": True if taking is Taking.AS_NEEDED else None,
            "route": concept(item.route.value) if item.route.value != "unknown" else None,
        }
    )
    return {
        "status": TAKEN[taking],
        "medicationCodeableConcept": concept(item.name),
        "effectivePeriod": {end: day.isoformat() for end, day in period.items() if day},
        "dosage": [dosage] if dosage else None,
    }


def _procedure(item: ChartItem) -> Resource:
    day = item.last or item.since
    return {"status": "completed", "code": concept(item.name), "performedDateTime": day.isoformat() if day else None}


def _measured(item: ChartItem) -> Resource:
    return {
        "status": "final",
        "code": concept(item.name),
        "effectiveDateTime": item.last.isoformat() if item.last else None,
        "valueQuantity": filled(
            {"value": item.value, "unit": item.unit, "system": UCUM if item.unit else None, "code": item.unit}
        ),
    }


def _unread(item: ChartItem) -> Resource:
    return {"code": concept(f"not understood: {item.name}")}


Writer = Callable[[ChartItem], dict[str, Any]]
WRITERS: dict[ItemKind, tuple[str, str, Writer]] = {
    ItemKind.PROBLEM: ("Condition", "subject", _condition),
    ItemKind.ALLERGY: ("AllergyIntolerance", "patient", _allergy),
    ItemKind.MEDICINE: ("MedicationStatement", "subject", _medicine),
    ItemKind.PROCEDURE: ("Procedure", "subject", _procedure),
    ItemKind.MEASUREMENT: ("Observation", "subject", _measured),
    ItemKind.UNREAD: ("Basic", "subject", _unread),
}
