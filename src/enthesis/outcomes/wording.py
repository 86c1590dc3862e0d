"""The wording of a licensed instrument, as a clinic's own licence gives it, laid over the scoring that ships."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from enthesis.knowledge import BadInput, Entry
from enthesis.outcomes.instrument import Instrument, LicenceStanding
from enthesis.outcomes.items import Choices, Item, Question

OWN = ", wording "  # in a version, before the mark of a clinic's own wording
LONGEST = 1000  # characters of one question or one answer


@dataclass(frozen=True)
class Worded:
    """One question in the words of its owner, and the words of each of its answers, from the lowest number up."""

    id: str
    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class Wording:
    """All questions of one instrument in the words of its owner."""

    questions: tuple[Worded, ...]
    instructions: str = ""
    language: str = "en"

    @property
    def fingerprint(self) -> str:
        """A short mark of this very text, kept with every answer to it."""
        said = json.dumps(wording_as_json(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:8]


def worded(slot: Entry[Instrument], wording: Wording) -> Entry[Instrument]:
    """The slot, ready to be asked. Raises BadInput naming the question that is missing, unknown or without its answers."""
    if not slot.body.is_slot:
        raise BadInput(f"instrument: {slot.id} comes with its wording, which must not be changed")
    said = {question.id: question for question in wording.questions}
    for id in said:
        if id not in {item.id for item in slot.body.items}:
            raise BadInput(f"{id}: there is no such question; there are: {_ids(slot.body)}")
    questions = tuple(_question(item, said) for item in slot.body.items)
    body = replace(
        slot.body,
        questions=questions,
        answers={item.id: Choices(item.options[0].value, _labels(item, said[item.id])) for item in slot.body.items},
        instructions=wording.instructions,
        language=wording.language,
        version=f"{slot.body.version}{OWN}{wording.fingerprint}",
        licence=replace(slot.body.licence, standing=LicenceStanding.CLINIC),
    )
    return replace(slot, body=body)


def without_wording(version: str) -> str:
    """The version of an instrument, whichever wording of it a clinic asked: it says how answers are scored."""
    return version.partition(OWN)[0]


def wording_from(given: Mapping[str, Any]) -> Wording:
    """A wording from a file's values: `questions` with id, text and answers. Raises BadInput naming what is wrong."""
    if unknown := sorted(given.keys() - {"questions", "instructions", "language"}):
        raise BadInput(f"{unknown[0]}: expected questions, instructions and language")
    rows = given.get("questions")
    if not isinstance(rows, list) or not rows:
        raise BadInput("questions: a list of questions with id, text and answers was expected")
    questions = tuple(_from_row(place, row) for place, row in enumerate(rows, 1))
    ids = [question.id for question in questions]
    if len(set(ids)) < len(ids):
        raise BadInput(f"questions: {next(id for id in ids if ids.count(id) > 1)} is there twice")
    instructions = _text(given.get("instructions", ""), "instructions")
    return Wording(questions, instructions, _text(given.get("language", "en"), "language") or "en")


def wording_as_json(wording: Wording) -> dict[str, Any]:
    """The same as plain values, for keeping."""
    return {
        "questions": [
            {"id": question.id, "text": question.text, "answers": list(question.answers)}
            for question in wording.questions
        ],
        "instructions": wording.instructions,
        "language": wording.language,
    }


def _from_row(place: int, row: object) -> Worded:
    if not isinstance(row, Mapping) or not {"id", "text"} <= row.keys() <= {"id", "text", "answers"}:
        raise BadInput(f"questions: number {place} needs id, text and answers, and nothing else")
    answers = row.get("answers", [])
    if not isinstance(answers, list):
        raise BadInput(f"questions: the answers of number {place} are a list of texts")
    id = _text(row["id"], f"question {place}")
    text = _text(row["text"], id)
    if not text:
        raise BadInput(f"{id}: the text of the question is missing")
    return Worded(id, text, tuple(_text(answer, id) for answer in answers))


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise BadInput(f"{where}: a text of at most {LONGEST} letters was expected")
    return " ".join(value.split())


def _question(item: Item, said: Mapping[str, Worded]) -> Question:
    if item.id not in said:
        raise BadInput(f"{item.id}: this question has no wording yet")
    return Question(
        item.id,
        said[item.id].text,
        item.id,
        item.optional,
        item.loinc,
        item.note,
        item.section,
        item.reverse,
        item.counts,
    )


def _labels(item: Item, question: Worded) -> tuple[str, ...]:
    if len(question.answers) != len(item.options) or not all(question.answers):
        first, last = item.options[0].value, item.options[-1].value
        raise BadInput(
            f"{item.id}: {len(item.options)} answers were expected, the words for {first} up to {last}, "
            f"not {len([one for one in question.answers if one])}"
        )
    return question.answers


def _ids(about: Instrument) -> str:
    return ", ".join(item.id for item in about.items)
