"""Resources that no reader is for: harmless ones counted by type, the rest kept one by one for a clinician."""

from collections import Counter
from collections.abc import Iterable

from enthesis.fhir.chart import NotUnderstood
from enthesis.fhir.entries import Entries, Entry

NO_RULE = "no rule reads them; what matters is asked instead"
LOOK = "not read, and they may matter; look at them in the record they came from"
UNUSED_PRODUCT = "no prescription or statement refers to them"
BEHIND = {"DeviceUseStatement": "device"}  # the field behind which a product stands; medicationReference for medicines

UNUSED = frozenset(
    {
        "Account",
        "Appointment",
        "AppointmentResponse",
        "AuditEvent",
        "CareTeam",
        "Claim",
        "ClaimResponse",
        "Composition",
        "Consent",
        "Coverage",
        "DiagnosticReport",
        "Encounter",
        "Endpoint",
        "EpisodeOfCare",
        "ExplanationOfBenefit",
        "Goal",
        "Group",
        "HealthcareService",
        "ImagingStudy",
        "Immunization",
        "ImmunizationEvaluation",
        "ImmunizationRecommendation",
        "Invoice",
        "Location",
        "Media",
        "MedicationKnowledge",
        "MessageHeader",
        "Observation",
        "OperationOutcome",
        "Organization",
        "OrganizationAffiliation",
        "Person",
        "Practitioner",
        "PractitionerRole",
        "Provenance",
        "Questionnaire",
        "RelatedPerson",
        "ResearchStudy",
        "ResearchSubject",
        "Schedule",
        "Slot",
        "Specimen",
        "Substance",
        "Task",
        "VisionPrescription",
    }
)
MAY_MATTER = frozenset(
    {
        "BodyStructure",
        "CarePlan",
        "ClinicalImpression",
        "Communication",
        "CommunicationRequest",
        "Device",
        "DeviceRequest",
        "DocumentReference",
        "FamilyMemberHistory",
        "List",
        "MolecularSequence",
        "NutritionOrder",
        "QuestionnaireResponse",
        "RequestGroup",
        "RiskAssessment",
        "ServiceRequest",
        "SupplyDelivery",
        "SupplyRequest",
    }
)
# Any other type, a misspelt one too, is kept and asked about. A Medication is read with what refers to it.
COUNTED = UNUSED | MAY_MATTER | {"Medication"}


def by_type(entries: Entries, unread: Iterable[Entry]) -> tuple[NotUnderstood, ...]:
    """One line for each type of resource that is only counted, of those that nobody reads."""
    used = _products_in_use(entries)
    counts = Counter(entry.kind for entry in unread if entry.kind in COUNTED and id(entry) not in used)
    return tuple(NotUnderstood(kind, _line(kind, count)) for kind, count in sorted(counts.items()))


def _products_in_use(entries: Entries) -> set[int]:
    using = [
        (entry.node, BEHIND.get(entry.kind, "medicationReference"))
        for entry in entries.every
        if entry.kind.startswith("Medication") or entry.kind in BEHIND
    ]
    return {id(entries.find(node.child(field).text("reference"), node)) for node, field in using}


def _line(kind: str, count: int) -> str:
    why = UNUSED_PRODUCT if kind == "Medication" else NO_RULE if kind in UNUSED else LOOK
    return f"{count} {'resource' if count == 1 else 'resources'} of this type: {why}"
