"""Consent: the very text that was signed, with its language, who signed, and whether it still stands."""

import base64
import hashlib

from enthesis.clinic.consent import ConsentRow
from enthesis.clinic.exporting import Exported
from enthesis.fhir.export.parts import HL7, Resource, concept, filled, moment, named, reference


def written(record: Exported) -> list[Resource]:
    """Every consent given; the newest of a course is active unless it was taken back."""
    newest: dict[object, ConsentRow] = {}
    for course, row in record.consents:
        newest.setdefault(course, row)
    return [_consent(record, row, newest[course].id == row.id) for course, row in record.consents if row.given]


def _consent(record: Exported, row: ConsentRow, stands: bool) -> Resource:
    content = row.text.encode()
    return filled(
        {
            "resourceType": "Consent",
            "id": str(row.id),
            "language": row.language,
            "status": "active" if stands else "inactive",
            "scope": concept("treatment", f"{HL7}consentscope", "treatment"),
            "category": [concept("informed consent to treatment")],
            "patient": reference(record.id),
            "dateTime": moment(row.at),
            "performer": [{"display": row.signed_as}],
            "organization": [{"display": record.clinic}],
            "sourceAttachment": {
                "contentType": "text/plain; charset=utf-8",
                "language": row.language,
                "data": base64.b64encode(content).decode(),
                "hash": base64.b64encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode(),
                "title": "Consent text as signed",
                "creation": moment(row.at),
            },
            "policyRule": concept("consent text of the clinic, generated from its library"),
            "verification": [{"verified": True, "verifiedWith": named(row.by), "verificationDate": moment(row.at)}],
        }
    )
