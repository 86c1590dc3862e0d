"""A filled-in instrument as a FHIR R4 QuestionnaireResponse: what was answered, what it counts, and when it was said."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from enthesis.fhir.questionnaire import ANSWERS, canonical, coding, has_free_words
from enthesis.knowledge import BadInput, Entry
from enthesis.outcomes import Instrument, Item, score

ANSWERED_AT = "urn:enthesis:answered-at"  # FHIR R4 has no place for the time of one answer


def questionnaire_response(
    entry: Entry[Instrument], answers: Mapping[str, object], *, authored: datetime, language: str, subject: str = ""
) -> dict[str, Any]:
    """The raw answers as a resource; questions left out are left out. Raises BadInput on an answer that is not possible.

    `authored` has a zone. `subject` is a reference such as "Patient/p1"; without one the resource names nobody.
    """
    if authored.tzinfo is None:
        raise BadInput("authored: a moment with its zone was expected")
    score(entry, answers)  # refuses what cannot be an answer
    made: dict[str, Any] = {
        "resourceType": "QuestionnaireResponse",
        "questionnaire": canonical(entry.id, entry.body.version),
        "status": "completed",
        "language": language,
        "authored": authored.isoformat(timespec="seconds"),
    }
    if items := answered_items(entry, answers):
        made["item"] = items
    return made | ({"subject": {"reference": subject}} if subject else {})


def answered_items(
    entry: Entry[Instrument], answers: Mapping[str, object], times: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """The answered questions in the order asked, with the time of each where it is known.

    The words of a licensed instrument, and of one behind terms, stay out: ids and numbers say what was answered.
    """
    free, when = has_free_words(entry.body), times or {}
    return [
        _item(entry.id, item, answers[item.id], when.get(item.id, ""), free=free)
        for item in entry.body.items
        if answers.get(item.id) is not None
    ]


def bare_items(id: str, answers: Mapping[str, object], times: Mapping[str, str]) -> list[dict[str, Any]]:
    """The same where the questions are no longer those that were asked: ids and numbers, and what they count is not said."""
    return [
        _asked(
            question, _given({"system": f"{ANSWERS}{id}:{question}", "code": _code(answer)}, question, answer, times)
        )
        for question, answer in answers.items()
        if answer is not None
    ]


def _item(id: str, item: Item, answer: object, at: str, *, free: bool) -> dict[str, Any]:
    rating = item.rating(answer)
    chosen = next(option for option in item.options if option.value == rating)
    value = coding(id, item, chosen)
    if not free:
        del value["display"]
    return _asked(item.id, _given(value, item.id, answer, {item.id: at}), item.text if free else "")


def _asked(id: str, given: dict[str, Any], text: str = "") -> dict[str, Any]:
    return {"linkId": id, **({"text": text} if text else {}), "answer": [given]}


def _given(value: dict[str, Any], id: str, answer: object, times: Mapping[str, str]) -> dict[str, Any]:
    """One answer: when it was given, what was chosen, and the words a patient chose it for."""
    made: dict[str, Any] = {"valueCoding": value}
    if at := times.get(id):
        made = {"extension": [{"url": ANSWERED_AT, "valueDateTime": at}], **made}
    if isinstance(answer, Mapping):
        made["item"] = [{"linkId": f"{id}-text", "answer": [{"valueString": answer["text"]}]}]
    return made


def _code(answer: Any) -> str:
    return str(int(answer["rating"] if isinstance(answer, Mapping) else answer))
