"""Answers as people write them: what is an answer, what stays a question, and what is refused in one sentence."""

from datetime import date, datetime

import pytest

from enthesis.knowledge import BadInput
from enthesis.screening import Kind, Question, When, parse_answers

ASKED = {
    "fainted": Question("fainted", "Did you faint?", Kind.YES_NO),
    "nsaid": Question("nsaid", "When did you last take one?", Kind.WHEN),
}
TODAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("question", "written", "expected"),
    [
        ("fainted", "yes", True),
        ("fainted", " No ", False),
        ("fainted", "TRUE", True),
        ("fainted", "false", False),
        ("fainted", True, True),
        ("fainted", False, False),
        ("nsaid", "never", When.NEVER),
        ("nsaid", " NOW ", When.NOW),
        ("nsaid", "2027-02-20", date(2027, 2, 20)),
        ("nsaid", date(2027, 2, 20), date(2027, 2, 20)),
        ("nsaid", "2027-03-01", TODAY),
    ],
)
def test_what_is_an_answer(question, written, expected):
    assert parse_answers({question: written}, ASKED, as_of=TODAY) == {question: expected}


@pytest.mark.parametrize("written", ["", "  ", "unknown", "Unknown ", None])
@pytest.mark.parametrize("question", ASKED)
def test_what_stays_a_question(question, written):
    assert parse_answers({question: written}, ASKED, as_of=TODAY) == {}


@pytest.mark.parametrize("written", ["perhaps", 1, 0, 2.0, [], ["yes"], {}, "now", date(2027, 2, 1)])
def test_what_is_no_answer_to_a_yes_or_no_question(written):
    with pytest.raises(BadInput) as error:
        parse_answers({"fainted": written}, ASKED, as_of=TODAY)
    assert str(error.value) == f"answers: fainted: {written!r} is not an answer; yes, no or unknown was expected"


@pytest.mark.parametrize("written", ["yes", "last week", "2027-02-30", 20270220, True, [], datetime(2027, 2, 1)])  # noqa: DTZ001 -- a value a file may hold
def test_what_is_no_answer_to_a_when_question(written):
    with pytest.raises(BadInput) as error:
        parse_answers({"nsaid": written}, ASKED, as_of=TODAY)
    assert str(error.value) == (
        f"answers: nsaid: {written!r} is not an answer; never, now, unknown or a date such as 2026-11-23 was expected"
    )


def test_a_day_to_come_is_no_answer():
    with pytest.raises(BadInput) as error:
        parse_answers({"nsaid": "2027-03-02"}, ASKED, as_of=TODAY)
    assert str(error.value) == "answers: nsaid: 2027-03-02 lies after the day of asking, 2027-03-01"


def test_a_question_nobody_asks_is_refused():
    with pytest.raises(BadInput) as error:
        parse_answers({"shoe-size": "42"}, ASKED, as_of=TODAY)
    assert str(error.value) == "answers: there is no question 'shoe-size'; there are: fainted, nsaid"


def test_no_answers_are_no_answers():
    assert parse_answers({}, ASKED, as_of=TODAY) == {}
