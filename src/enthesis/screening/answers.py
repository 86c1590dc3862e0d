"""Answers as people and programs write them, made into values; what cannot be an answer is refused with a reason."""

from collections.abc import Mapping
from datetime import date, datetime

from enthesis.knowledge import BadInput
from enthesis.screening.facts import Answer, When
from enthesis.screening.rule import Kind, Question

UNKNOWN = ("", "unknown", None)  # said aloud or left empty: nobody knows, and it stays a question
YES_NO = {True: True, False: False, "yes": True, "no": False, "true": True, "false": False}
EXPECTED = {Kind.YES_NO: "yes, no or unknown", Kind.WHEN: "never, now, unknown or a date such as 2026-11-23"}


def parse_answers(written: Mapping[str, object], asked: Mapping[str, Question], *, as_of: date) -> dict[str, Answer]:
    """Answers by question id. Raises BadInput for a question nobody asks, an impossible answer or a day to come."""
    found: dict[str, Answer] = {}
    for id, answer in written.items():
        if id not in asked:
            raise BadInput(f"answers: there is no question {id!r}; there are: {', '.join(sorted(asked))}")
        spoken = answer.strip().lower() if isinstance(answer, str) else answer
        if spoken not in UNKNOWN:
            found[id] = _parsed(asked[id], spoken, as_of)
    return found


def _parsed(question: Question, answer: object, as_of: date) -> Answer:
    found = _yes_no(answer) if question.kind is Kind.YES_NO else _when(answer)
    if found is None:
        raise BadInput(f"answers: {question.id}: {answer!r} is not an answer; {EXPECTED[question.kind]} was expected")
    if isinstance(found, date) and found > as_of:
        raise BadInput(f"answers: {question.id}: {found.isoformat()} lies after the day of asking, {as_of.isoformat()}")
    return found


def _yes_no(answer: object) -> bool | None:
    return YES_NO.get(answer) if isinstance(answer, str | bool) else None


def _when(answer: object) -> When | date | None:
    if isinstance(answer, date) and not isinstance(answer, datetime):
        return answer
    if not isinstance(answer, str):
        return None
    if answer in set(When):
        return When(answer)
    try:
        return date.fromisoformat(answer)
    except ValueError:
        return None
