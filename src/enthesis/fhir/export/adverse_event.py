"""AdverseEvent: harm as it stands now. The resource is young (maturity 0): the clinic's own record stays the truth."""

from enthesis.clinic.exporting import Exported
from enthesis.clinic.harm_rows import HarmRow
from enthesis.clinic.library import library
from enthesis.fhir.export.parts import HL7, Resource, concept, filled, named, reference
from enthesis.safety import grading


def written(record: Exported) -> list[Resource]:
    """Every adverse event of the record."""
    return [_event(record, row) for row in record.harms]


def _event(record: Exported, row: HarmRow) -> Resource:
    scale = grading(library())
    grade = scale.grade(row.grade)
    serious = "Serious" if row.serious else "Non-serious"
    because = "; ".join(one.means for one in scale.criteria(row.serious))
    return filled(
        {
            "resourceType": "AdverseEvent",
            "id": str(row.id),
            "actuality": "actual",
            "event": concept(row.what),
            "subject": reference(record.id),
            "date": row.on.isoformat(),
            "recordedDate": row.looks[0]["at"].isoformat(timespec="seconds"),
            "seriousness": concept(because, f"{HL7}adverse-event-seriousness", serious),
            "severity": concept(
                f"grade {grade.grade}, {grade.name}: {grade.means}", f"{HL7}adverse-event-severity", grade.fhir
            ),
            "outcome": concept("", f"{HL7}adverse-event-outcome", row.outcome),
            "recorder": named(row.by),
            "suspectEntity": [{"instance": reference(row.session)}] if row.session else None,
        }
    )
