"""MedicationAdministration: every needle placement with its volume and lots, and the anaesthetic of the skin."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from enthesis.clinic.exporting import Exported
from enthesis.clinic.library import library
from enthesis.clinic.session_record import SessionRecord
from enthesis.clinic.skin import skin_vial
from enthesis.fhir.export.parts import UCUM, Resource, concept, filled, made_id, moment, named, reference
from enthesis.knowledge import parse_site

Row = Mapping[str, Any]


def written(record: Exported) -> list[Resource]:
    """Everything that went into the patient in the sessions of the record."""
    return [one for visit in record.sessions for one in (*_skin(record, visit), *_placements(record, visit))]


def _placements(record: Exported, visit: SessionRecord) -> Iterator[Resource]:
    for one in visit.injections:
        product = visit.recipe.get("product", {}).get("product", "")
        mixed = " and ".join(f"{name} {_plain(round(percent, 4))}%" for name, percent in one["strengths"].items())
        text = " with ".join(filter(None, (product, mixed))) or "what the record of the session says"
        lots = [lot for lot in visit.lots if lot["part"] in ("mixture", "product")]
        if one["lot"]:
            lots = [*lots, {"what": "lot written beside this injection", "lot": one["lot"], "expires_on": None}]
        note = [f"needle {one['needle']}"] if one["needle"] else []
        yield _given(
            record,
            visit,
            id=str(one["id"]),
            by=one["by"],
            at=one["at"],
            text=f"{text} (net, as injected)",
            lots=lots,
            dosage={
                "text": f"{_plain(one['volume_ml'])} mL",
                "site": concept(parse_site(one["site"], library()).name),
                "route": concept("injection"),
                "method": concept(f"guided by {one['guidance']}"),
                "dose": _millilitres(one["volume_ml"]),
            },
            note=note,
        )


def _skin(record: Exported, visit: SessionRecord) -> Iterator[Resource]:
    step = visit.step("anaesthetise")
    if step is None or not (what := skin_vial(step["details"])):
        return
    volume = Decimal(step["details"]["volume_ml"])
    yield _given(
        record,
        visit,
        id=made_id(step["id"], "skin"),
        by=step["by"],
        at=step["at"],
        text=what,
        lots=[lot for lot in visit.lots if lot["part"] == "skin"],
        dosage={"text": f"{_plain(volume)} mL", "route": concept("into the skin"), "dose": _millilitres(volume)},
        note=[],
    )


def _given(
    record: Exported,
    visit: SessionRecord,
    *,
    id: str,
    by: str,
    at: Any,
    text: str,
    lots: list[Row],
    dosage: Resource,
    note: list[str],
) -> Resource:
    return filled(
        {
            "resourceType": "MedicationAdministration",
            "id": id,
            "contained": _product(text, lots),
            "partOf": [reference(visit.id)],
            "status": "completed",
            "medicationReference": {"reference": "#product", "display": text},
            "subject": reference(record.id),
            "effectiveDateTime": moment(at),
            "performer": [{"actor": named(by)}],
            "dosage": dosage,
            "note": [{"text": one} for one in note],
        }
    )


def _product(text: str, lots: list[Row]) -> list[Resource]:
    """What was given, and each vial it came from with its lot and expiry: a mixture has several."""
    vials = [
        filled(
            {
                "resourceType": "Medication",
                "id": f"vial-{number}",
                "code": concept(lot["what"]),
                "batch": filled(
                    {
                        "lotNumber": lot["lot"],
                        "expirationDate": lot["expires_on"].isoformat() if lot["expires_on"] else None,
                    }
                ),
            }
        )
        for number, lot in enumerate(lots, 1)
    ]
    parts = [{"itemReference": {"reference": f"#{vial['id']}"}} for vial in vials]
    return [filled({"resourceType": "Medication", "id": "product", "code": concept(text), "ingredient": parts}), *vials]


def _millilitres(volume: Decimal) -> Resource:
    return {"value": float(volume), "unit": "mL", "system": UCUM, "code": "mL"}


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
