"""The answers of a FHIR QuestionnaireResponse, whoever wrote it: read where it is plain what was meant, and refused otherwise."""

from collections.abc import Iterator, Mapping
from typing import Any

from enthesis.fhir.questionnaire import ANSWERS, SCORES, canonical
from enthesis.knowledge import BadInput, Entry
from enthesis.outcomes import Instrument, Item, score

KIND = "QuestionnaireResponse"
ENDED = ("completed", "amended")  # what is still being filled in, given up or entered in error has no score
OWN_WORDS = "-wording-"  # in the version of a licensed instrument, before the mark of a clinic's own wording of it
DEEPEST = 20  # groups within groups
EXPECTED = "one answer with the code of an option, or its number, was expected"


def answers_of(entry: Entry[Instrument], resource: Mapping[str, Any]) -> dict[str, object]:
    """The answers of such a resource, by item id; questions may stand in groups.

    Raises BadInput, one sentence naming the field, for another questionnaire or version, a form that was not ended, an
    answer of another system, a question answered twice, and whatever cannot be an answer.
    """
    if resource.get("resourceType") != KIND:
        raise BadInput(f"resourceType: a {KIND} was expected, not {_short(resource.get('resourceType'))}")
    _check_meant(entry, resource)
    found: dict[str, object] = {}
    known = {item.id: item for item in entry.body.items}
    for item in _leaves(resource.get("item", []), "item"):
        id = item["linkId"]
        if id in found:
            raise BadInput(f"{id}: it is answered twice, and once was expected")
        found[id] = _answer(entry.id, known.get(id), item)
    score(entry, found)
    return found


def _check_meant(entry: Entry[Instrument], resource: Mapping[str, Any]) -> None:
    """Is this the very form, ended, with nothing that turns its meaning round?"""
    wanted, named = canonical(entry.id, entry.body.version), _named(resource)
    said = named.partition(OWN_WORDS)[0] if entry.body.is_slot and isinstance(named, str) else named
    if said != wanted:
        raise BadInput(f"questionnaire: {wanted} was expected, not {_short(named)}")
    if resource.get("status") not in ENDED:
        raise BadInput(f"status: {' or '.join(ENDED)} was expected, not {_short(resource.get('status'))}")
    if resource.get("modifierExtension") or resource.get("implicitRules"):
        raise BadInput("modifierExtension: what may change the meaning of the whole form cannot be read here")


def _named(resource: Mapping[str, Any]) -> object:
    """The questionnaire with its version, also where it is carried inside and named by "#"."""
    named = resource.get("questionnaire")
    if not isinstance(named, str) or not named.startswith("#"):
        return named
    contained = resource.get("contained")
    inside = [one for one in contained if isinstance(one, Mapping)] if isinstance(contained, list) else []
    form = next((one for one in inside if one.get("id") == named[1:]), {})
    return f"{form.get('url')}|{form.get('version')}" if form else named


def _leaves(items: object, where: str, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The answered questions, out of whatever groups they stand in; what has no answer was left out."""
    if not isinstance(items, list) or depth > DEEPEST:
        raise BadInput(f"{where}: a list of questions was expected")
    for item in items:
        if not isinstance(item, Mapping) or not isinstance(item.get("linkId"), str):
            raise BadInput(f"{where}: questions with a linkId were expected")
        if item.get("modifierExtension"):
            raise BadInput(f"{item['linkId']}: it has a modifierExtension, which may change what it means")
        if "answer" in item:
            yield item
        if "item" in item:
            yield from _leaves(item["item"], item["linkId"], depth + 1)


def _answer(id: str, asked: Item | None, item: Mapping[str, Any]) -> object:
    """What was chosen, with the words it is about where the patient names something."""
    link, answers = item["linkId"], item["answer"]
    if not isinstance(answers, list) or len(answers) != 1 or not isinstance(answers[0], Mapping):
        raise BadInput(f"{link}: {EXPECTED}")
    [given] = answers
    rating = _rating(f"{ANSWERS}{id}:{link}", asked, link, given)
    words = [_words(link, inner) for inner in _leaves(given.get("item", []), link)]
    return {"text": words[0], "rating": rating} if words else rating


def _words(link: str, inner: Mapping[str, Any]) -> str:
    try:
        [given] = inner["answer"]
        said = given["valueString"]
    except (KeyError, TypeError, ValueError):
        said = None
    if inner["linkId"] != f"{link}-text" or not isinstance(said, str):
        raise BadInput(f"{inner['linkId']}: the words of {link} as {link}-text with a valueString were expected")
    return said


def _rating(system: str, asked: Item | None, link: str, given: Mapping[str, Any]) -> object:
    """The number of an answer: the code of an option, or the number itself, where other programs write that."""
    values = {key: value for key, value in given.items() if key.startswith("value")}
    if len(values) != 1 or given.get("modifierExtension"):
        raise BadInput(f"{link}: {EXPECTED}")
    [(key, value)] = values.items()
    if key == "valueCoding":
        return _coded(system, asked, link, value)
    if key == "valueDecimal" and isinstance(value, float) and value.is_integer():
        return int(value)
    if key in ("valueInteger", "valueDecimal", "valueBoolean"):
        return value
    raise BadInput(f"{link}: {EXPECTED}, not a {key}")


def _coded(system: str, asked: Item | None, link: str, value: object) -> int:
    """The number of a coding of ours, or of none. Another system's code may look like one of our numbers and mean another."""
    code = value.get("code") if isinstance(value, Mapping) else None
    if not isinstance(value, Mapping) or not isinstance(code, str) or not code.isdecimal() or len(code) > len("100"):
        raise BadInput(f"{link}: {EXPECTED}")
    if value.get("system", system) != system:
        raise BadInput(f"{link}: a code of {system} was expected, not one of {_short(value['system'])}")
    for weight in _weights(value):
        if asked and asked.allows(int(code)) and weight != asked.counted(int(code)):
            raise BadInput(f"{link}: its answer {code} counts {asked.counted(int(code))}, and {_short(weight)} is said")
    return int(code)


def _weights(value: Mapping[str, Any]) -> list[object]:
    """What a coding says of itself that it counts."""
    carried = value.get("extension")
    told = [one for one in carried if isinstance(one, Mapping)] if isinstance(carried, list) else []
    return [one.get("valueDecimal") for one in told if one.get("url") in SCORES]


def _short(value: object) -> str:
    said = repr(value)
    return said if len(said) <= 80 else f"{said[:80]}..."
