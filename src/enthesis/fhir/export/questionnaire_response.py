"""QuestionnaireResponse: each survey with its raw answers, version, language, how it came, and when each was given."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from enthesis.clinic.exporting import Exported
from enthesis.clinic.library import library
from enthesis.fhir.export.parts import Resource, concept, filled, made_id, moment, named, reference
from enthesis.fhir.questionnaire import canonical, questionnaire
from enthesis.fhir.questionnaire_response import answered_items, bare_items
from enthesis.knowledge import Entry
from enthesis.outcomes import Instrument, instruments, without_wording

Row = Mapping[str, Any]
WAVE = "urn:enthesis:wave"
COMPLETION = "http://hl7.org/fhir/StructureDefinition/questionnaireresponse-completionMode"
PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode"
MODES = {"private link": "ELECTRONIC", "paper": "WRITTEN", "by phone": "VERBAL", "in clinic": "VERBAL"}


def written(record: Exported) -> list[Resource]:
    """Every survey that stands, and once each questionnaire that was asked, where its wording may be passed on."""
    forms = {entry.id: entry for entry in instruments(library())}
    rows = [row for course in record.courses for row in course.surveys]
    asked = {row["instrument"] for row in rows if is_as_asked(forms.get(row["instrument"]), row)}
    return [*_questionnaires(forms[id] for id in sorted(asked)), *(_response(record, forms, row) for row in rows)]


def _questionnaires(entries: Iterable[Entry[Instrument]]) -> Iterator[Resource]:
    for entry in entries:
        if not entry.body.is_slot and not entry.body.pack:
            made = questionnaire(entry)
            yield {"resourceType": made["resourceType"], "id": made_id(made["url"], made["version"])} | made


def _response(record: Exported, forms: Mapping[str, Entry[Instrument]], row: Row) -> Resource:
    entry, times = forms.get(row["instrument"]), row["times"]
    return filled(
        {
            "resourceType": "QuestionnaireResponse",
            "id": str(row["id"]),
            "extension": [
                {"url": COMPLETION, "valueCodeableConcept": _came(row["mode"])},
                {"url": WAVE, "valueString": row["wave"]},
            ],
            "language": row["language"],
            "questionnaire": canonical(row["instrument"], row["version"]),
            "status": "amended" if row["corrected"] else "completed",
            "subject": reference(record.id),
            "authored": max(times.values(), default=moment(row["on"])),
            "author": named(row["by"]),
            "source": reference(record.id),
            "item": answered_items(entry, row["answers"], times)
            if entry and is_as_asked(entry, row)
            else bare_items(row["instrument"], row["answers"], times),
        }
    )


def is_as_asked(entry: Entry[Instrument] | None, row: Row) -> bool:
    """Are the questions of the library still those that were answered?"""
    if entry is None or entry.body.version != without_wording(row["version"]):
        return False
    items = {item.id: item for item in entry.body.items}
    return all(id in items and items[id].allows(answer) for id, answer in row["answers"].items() if answer is not None)


def _came(mode: str) -> Resource:
    code = MODES.get(mode, "")
    return concept(mode, PARTICIPATION, code) if code else concept(mode)
