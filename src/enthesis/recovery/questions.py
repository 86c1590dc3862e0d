"""The questions of the diary and the answers they take. An unanswered question is never "no"."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from enthesis.knowledge import BadInput

PAIN = "pain"  # the first tap of every day
HIGHEST = 10  # of the numeric pain scale, which starts at 0

Answer = bool | int | float | None
Report = Mapping[str, Answer]


class Kind(StrEnum):
    """How a question is answered."""

    YES_NO = "yes-no"
    SCALE = "scale"  # 0 to 10


@dataclass(frozen=True)
class Question:
    """What the patient is asked, in words of about grade 6. The forms of every door are made from these.

    `short` names the thing asked about, for the clinic. A question that `follows` another makes sense only after a
    yes to it: where the first is answered no, the second needs no answer. `place`: it asks about the treated place, and
    not about the whole body.
    """

    id: str
    text: str
    short: str
    kind: Kind = Kind.YES_NO
    follows: str = ""
    place: bool = False


def nothing_else(asked: tuple[Question, ...], *, pain: float) -> Report:
    """The report of a normal day's two taps: pain (0 to 10), and an explicit no to every question that was listed.

    Raises BadInput when the pain is not a number from 0 to 10.
    """
    report: Report = {question.id: pain if question.kind is Kind.SCALE else False for question in asked}
    check(report, {question.id: question for question in asked})
    return report


def report_of(asked: tuple[Question, ...], marked: Report, *, nothing_else: bool) -> Report:
    """What somebody has tapped, as a report: marks count always, and "nothing else" is a no to all that was not marked.

    `marked` may hold a yes to a question that is not asked that day: it is heard. Without "nothing else" whatever was
    not marked stays unanswered.
    """
    given = {id: answer for id, answer in marked.items() if answer is not None}
    silent = {question.id: False for question in asked if question.kind is Kind.YES_NO} if nothing_else else {}
    return {**silent, **given}


def check(report: Report, questions: Mapping[str, Question]) -> None:
    """Raise BadInput for an answer to a question nobody asks, or an answer the question does not take."""
    for id, answer in report.items():
        if id not in questions:
            raise BadInput(f"diary: there is no question {id!r}; there are: {', '.join(questions)}")
        if answer is not None:
            _check_answer(questions[id], answer)


def _check_answer(question: Question, answer: bool | float) -> None:
    if question.kind is Kind.YES_NO and not isinstance(answer, bool):
        raise BadInput(f"diary: {question.id!r} takes true, false or nothing, not {answer!r}")
    if question.kind is Kind.SCALE and not _on_scale(answer):
        raise BadInput(f"diary: {question.id!r} takes a number from 0 to {HIGHEST}, not {answer!r}")


def _on_scale(answer: object) -> bool:
    return isinstance(answer, int | float) and not isinstance(answer, bool) and 0 <= answer <= HIGHEST
