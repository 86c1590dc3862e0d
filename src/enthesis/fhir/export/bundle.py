"""Bundle: one collection for one patient, every reference inside it."""

from datetime import datetime

from enthesis.clinic.exporting import Exported
from enthesis.fhir.export import (
    adverse_event,
    chart_items,
    consent,
    document_reference,
    medication_administration,
    observation,
    patient,
    procedure,
    questionnaire_response,
)
from enthesis.fhir.export.parts import Resource, made_id

WRITERS = (
    chart_items,
    consent,
    procedure,
    medication_administration,
    questionnaire_response,
    observation,
    adverse_event,
    document_reference,
)


def bundle_of(record: Exported, *, at: datetime) -> Resource:
    """The record of one patient as a collection made at a moment (with its offset)."""
    resources = [patient.written(record), *(one for module in WRITERS for one in module.written(record))]
    return {
        "resourceType": "Bundle",
        "id": made_id(record.id, at.isoformat()),
        "type": "collection",
        "timestamp": at.isoformat(timespec="seconds"),
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources],
    }
