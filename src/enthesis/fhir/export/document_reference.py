"""DocumentReference: what has no resource of its own (answers, judgments, plans, recipes, diary, decisions), as JSON."""

import base64
import json
from dataclasses import asdict

from enthesis.clinic.exporting import Exported
from enthesis.fhir.export.parts import Resource, concept, made_id, reference


def written(record: Exported) -> list[Resource]:
    """One document with every course as this clinic keeps it, so that an export leaves nothing behind."""
    if not record.courses:
        return []
    content = json.dumps([asdict(course) for course in record.courses], default=str, ensure_ascii=False).encode()
    return [
        {
            "resourceType": "DocumentReference",
            "id": made_id(record.id, "courses"),
            "status": "current",
            "type": concept("courses of treatment as recorded"),
            "subject": reference(record.id),
            "content": [
                {
                    "attachment": {
                        "contentType": "application/json",
                        "data": base64.b64encode(content).decode(),
                        "title": "Courses",
                    }
                }
            ],
        }
    ]
