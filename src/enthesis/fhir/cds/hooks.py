"""The services that other systems discover, and what each asks to be sent along.

Shapes as the CDS Hooks 2.0 specification gives them (HL7 cds-hooks 2.0, discovery and prefetch templates).
"""

from types import MappingProxyType
from typing import Any

PREFETCH = MappingProxyType(
    {
        "patient": "Patient/{{context.patientId}}",
        "medications": "MedicationRequest?patient={{context.patientId}}",
        "statements": "MedicationStatement?patient={{context.patientId}}",
        "conditions": "Condition?patient={{context.patientId}}",
        "allergies": "AllergyIntolerance?patient={{context.patientId}}",
        "procedures": "Procedure?patient={{context.patientId}}",
        "observations": (
            "Observation?patient={{context.patientId}}&code=6301-6,34714-6,777-3,26515-7,4548-4,17856-6,85354-9,39156-5,"
            "82810-3,72166-2"
        ),
    }
)
HOOK_OF = MappingProxyType(
    {
        "prolotherapy-patient": "patient-view",
        "prolotherapy-order-select": "order-select",
        "prolotherapy-order-sign": "order-sign",
        "prolotherapy-appointment": "appointment-book",
    }
)
ABOUT = MappingProxyType(
    {
        "patient-view": ("Prolotherapy: what bears on an injection", "What in the chart would bear on a dextrose injection today."),
        "order-select": ("Prolotherapy preparation check", "Judges the chart for the injection being ordered, and says why."),
        "order-sign": ("Prolotherapy check before signing", "The same judgment for the injection as it is signed, with its date."),
        "appointment-book": ("Prolotherapy appointment check", "Whether every washout is met on the day being booked."),
    }
)  # fmt: skip


def discovery() -> dict[str, Any]:
    """What `GET /cds-services` answers."""
    return {
        "services": [
            {"hook": hook, "id": id, "title": ABOUT[hook][0], "description": ABOUT[hook][1], "prefetch": dict(PREFETCH)}
            for id, hook in HOOK_OF.items()
        ]
    }
