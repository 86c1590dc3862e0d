"""Patient: who it is, as the registry knows them."""

from enthesis.clinic.exporting import Exported
from enthesis.fhir.export.parts import Resource, filled


def written(record: Exported) -> Resource:
    """The Patient. A key with a system becomes an identifier; a simulated person says so in a tag."""
    system, bar, number = record.key.rpartition("|")
    name = filled({"family": record.family, "given": record.given.split()})
    ways = [("phone", record.phone), ("email", record.email)]
    return filled(
        {
            "resourceType": "Patient",
            "id": str(record.id),
            "meta": {"tag": [{"display": "simulated"}]} if record.simulated else None,
            "identifier": [filled({"system": system if ":" in system else "", "value": number})] if bar else None,
            "name": [name] if name else None,
            "gender": record.sex,
            "birthDate": record.born.isoformat() if record.born else None,
            "deceasedBoolean": True if record.died else None,
            "telecom": [{"system": kind, "value": value} for kind, value in ways if value],
            "communication": [
                {
                    "language": {
                        "text": record.language,
                        "coding": [{"system": "urn:ietf:bcp:47", "code": record.language}],
                    }
                }
            ]
            if record.language
            else None,
            "managingOrganization": {"display": record.clinic},
        }
    )
