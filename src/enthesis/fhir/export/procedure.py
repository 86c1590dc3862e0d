"""Procedure: one session, with its sites, what was seen, and what was added after the signature."""

from enthesis.clinic.exporting import Exported
from enthesis.clinic.library import library
from enthesis.clinic.rows import CourseRow
from enthesis.clinic.session_record import SessionRecord
from enthesis.fhir.export.parts import Resource, concept, filled, moment, named, reference
from enthesis.knowledge import parse_site
from enthesis.pathway import Condition, Treatment

HCPCS = "urn:oid:2.16.840.1.113883.6.285"


def written(record: Exported) -> list[Resource]:
    """Every session of the record."""
    courses = {course.id: course for course in record.courses}
    return [_session(record, visit, courses[visit.course]) for visit in record.sessions]


def _session(record: Exported, visit: SessionRecord, course: CourseRow) -> Resource:
    watched, assessed = visit.step("observe"), visit.step("assess")
    reactions = [one for one in (watched["details"]["reactions"] if watched else ()) if one != "none"]
    marked = assessed["details"]["marked"] if assessed else [course.site]
    return filled(
        {
            "resourceType": "Procedure",
            "id": str(visit.id),
            "status": "completed" if watched else "in-progress",
            "code": _code(course.treatment),
            "subject": reference(record.id),
            "performedDateTime": visit.on.isoformat(),
            "performer": [{"actor": named(one)} for one in dict.fromkeys(step["by"] for step in visit.steps)],
            "reasonCode": [_reason(course.condition)],
            "bodySite": [concept(parse_site(site, library()).name) for site in marked],
            "complication": [concept(one) for one in reactions],
            "note": _notes(visit),
        }
    )


def _code(treatment: str) -> Resource:
    entry = library().entry("treatments", treatment, Treatment)
    made = concept(f"{entry.title}, one session")
    if entry.body.codes:
        made["coding"] = [{"system": HCPCS, "code": one.code, "display": one.title} for one in entry.body.codes]
    return made


def _reason(condition: str) -> Resource:
    """What it is for. The entry lists several codes; which of them holds is the clinician's to say, so none is sent."""
    return concept(library().entry("conditions", condition, Condition).title)


def _notes(visit: SessionRecord) -> list[Resource]:
    said = [
        {"authorString": named(step["by"])["display"], "time": moment(step["at"]), "text": step["details"]["note"]}
        for step in visit.steps
        if step["details"].get("note")
    ]
    added = [
        {
            "authorString": named(one["by"])["display"],
            "time": moment(one["at"]),
            "text": f"Addendum: {one['text']}" + (f" (lot named: {', '.join(one['lots'])})" if one["lots"] else ""),
        }
        for one in visit.addenda
    ]
    seal = visit.seal
    signed = (
        [{"authorString": named(seal.by)["display"], "time": moment(seal.at), "text": f"Signed; digest {seal.digest}"}]
        if seal
        else []
    )
    return [*said, *signed, *added]
