"""Observation: pain before and after each session, vital signs where they were taken, and every survey's score."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from enthesis.clinic.exporting import Exported
from enthesis.clinic.library import library
from enthesis.clinic.session_record import SessionRecord
from enthesis.fhir.export.parts import HL7, UCUM, Resource, concept, filled, made_id, moment, reference
from enthesis.fhir.export.questionnaire_response import Row, is_as_asked
from enthesis.knowledge import Entry
from enthesis.outcomes import Instrument, instruments, score

LOINC = "http://loinc.org"
PAIN = concept("pain, 0 to 10, as told", LOINC, "72514-3")
SIGNS = {"pulse": ("pulse", "/min"), "saturation": ("oxygen saturation", "%")}
PRESSURE = {"systolic": "8480-6", "diastolic": "8462-4"}


def written(record: Exported) -> list[Resource]:
    """Every measured value of the clinic's own."""
    sessions = [one for visit in record.sessions for one in _session(record, visit)]
    return [*sessions, *_scores(record)]


def _session(record: Exported, visit: SessionRecord) -> Iterator[Resource]:
    for name in ("assess", "observe"):
        step = visit.step(name)
        if step is None:
            continue
        score = {"valueInteger": step["details"]["pain"]}
        yield _observed(record, made_id(step["id"], "pain"), PAIN, step["at"], score, part_of=visit)
        vitals = step["details"].get("vitals", {})
        for sign, (called, unit) in SIGNS.items():
            if sign in vitals:
                value = {"valueQuantity": _quantity(vitals[sign], unit)}
                yield _observed(record, made_id(step["id"], sign), concept(called), step["at"], value, part_of=visit)
        if "systolic" in vitals:
            parts = [
                {
                    "code": concept(f"{one} blood pressure", LOINC, code),
                    "valueQuantity": _quantity(vitals[one], "mm[Hg]"),
                }
                for one, code in PRESSURE.items()
            ]
            yield _observed(
                record, made_id(step["id"], "pressure"), concept("blood pressure", LOINC, "85354-9"), step["at"],
                {"component": parts}, part_of=visit,
            )  # fmt: skip


def _scores(record: Exported) -> Iterator[Resource]:
    forms = {entry.id: entry for entry in instruments(library())}
    for course in record.courses:
        for one in course.surveys:
            entry = forms.get(one["instrument"])
            said = concept(
                f"{one['instrument']} score at {one['wave']}", LOINC, entry.body.loinc_score if entry else ""
            )
            made = _observed(record, made_id(one["id"], "score"), said, one["on"], _score(one))
            parts = {"component": list(_parts(entry, one["answers"]))} if entry and is_as_asked(entry, one) else {}
            yield filled(made | {"derivedFrom": [reference(one["id"])]} | parts)


def _score(row: Row) -> Resource:
    """The score, or that there is none and why."""
    if row["score"] is not None:
        return {"valueQuantity": {"value": float(row["score"])}}
    return _none(row["result"].get("reason") or "not scorable")


def _parts(entry: Entry[Instrument], answers: Row) -> Iterator[Resource]:
    """The scores of the parts, where the instrument has any."""
    codes = {part.id: part.loinc_score for part in entry.body.subscales}
    for part in score(entry, answers).subscales:
        value = _none(part.reason) if part.score is None else {"valueQuantity": {"value": float(part.score)}}
        yield {"code": concept(part.title, LOINC, codes[part.id]), **value}


def _none(why: str) -> Resource:
    return {"dataAbsentReason": concept(why, f"{HL7}data-absent-reason", "unknown")}


def _observed(
    record: Exported,
    id: str,
    code: Resource,
    at: datetime | date,
    value: dict[str, Any],
    part_of: SessionRecord | None = None,
) -> Resource:
    frame = {
        "resourceType": "Observation",
        "id": id,
        "partOf": [reference(part_of.id)] if part_of else None,
        "status": "final",
        "code": code,
        "subject": reference(record.id),
        "effectiveDateTime": moment(at),
    }
    return filled(frame) | value


def _quantity(value: float, unit: str) -> Resource:
    return {"value": value, "unit": unit, "system": UCUM, "code": unit}
