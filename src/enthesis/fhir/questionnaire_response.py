"""A filled-in instrument as a FHIR R4 QuestionnaireResponse, and the answers of one read back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from enthesis.fhir.questionnaire import URL, coding, version_of
from enthesis.knowledge import BadInput, Entry
from enthesis.outcomes import Instrument, Item, score


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
        "questionnaire": _canonical(entry),
        "status": "completed",
        "language": language,
        "authored": authored.isoformat(timespec="seconds"),
        "item": [
            _item(entry.id, item, answers[item.id]) for item in entry.body.items if answers.get(item.id) is not None
        ],
    }
    return made | ({"subject": {"reference": subject}} if subject else {})


def answers_of(entry: Entry[Instrument], resource: Mapping[str, Any]) -> dict[str, object]:
    """The answers of such a resource, by item id. Raises BadInput for another questionnaire or another version."""
    named = resource.get("questionnaire")
    if named != _canonical(entry):
        raise BadInput(f"questionnaire: {_canonical(entry)} was expected, not {named!r}")
    found = {item["linkId"]: _answer(item) for item in resource.get("item", ())}
    score(entry, found)
    return found


def _canonical(entry: Entry[Instrument]) -> str:
    return f"{URL}{entry.id}|{version_of(entry.body)}"


def _item(id: str, item: Item, answer: object) -> dict[str, Any]:
    rating = item.rating(answer)
    chosen = next(option for option in item.options if option.value == rating)
    given: dict[str, Any] = {"valueCoding": coding(id, item, chosen)}
    if isinstance(answer, Mapping):
        given["item"] = [{"linkId": f"{item.id}-text", "answer": [{"valueString": answer["text"]}]}]
    return {"linkId": item.id, "text": item.text, "answer": [given]}


def _answer(item: Mapping[str, Any]) -> object:
    try:
        [given] = item["answer"]
        rating = int(given["valueCoding"]["code"])
        named = [inner["answer"][0]["valueString"] for inner in given.get("item", ())]
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise BadInput(f"{item.get('linkId')}: one answer with the code of an option was expected") from error
    return {"text": named[0], "rating": rating} if named else rating
