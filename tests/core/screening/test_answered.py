"""Conditions that rest on one answer, on an allergy or on age."""

from datetime import date

import pytest
from tests.core.screening.made import ON, problem, read

from enthesis.screening import Allergy, State, When
from enthesis.screening.answered import denies
from enthesis.screening.conditions import NO, Moment, Reading, Truth

FAINTED = {"answered": {"question": "fainted"}}
BLOCK = {"answered": {"question": "diagnostic-block", "holds_when": False}}
LIDOCAINE = {"allergic": {"allergen": "amide-anaesthetic", "question": "allergy-anaesthetic"}}
NOT_NAMED = {"allergic": {"allergen": "anaesthetic-not-named"}}
CHILD = {"younger_than": {"years": 18}}


@pytest.mark.parametrize(
    ("when", "answer", "expected"),
    [
        (FAINTED, True, Reading(Truth.YES, "answered yes", ("answer:fainted",))),
        (FAINTED, False, NO),
        (FAINTED, None, Reading(Truth.UNKNOWN, asks=("fainted",))),
        (FAINTED, When.NEVER, Reading(Truth.UNKNOWN, asks=("fainted",))),
        (BLOCK, False, Reading(Truth.YES, "answered no", ("answer:diagnostic-block",))),
        (BLOCK, True, NO),
        (BLOCK, None, Reading(Truth.UNKNOWN, asks=("diagnostic-block",))),
    ],
)
def test_a_yes_or_no_question(when, answer, expected):
    [terms] = when.values()
    assert read(when, answers={} if answer is None else {terms["question"]: answer}) == expected


@pytest.mark.parametrize(
    ("named", "answer", "truth"),
    [
        (None, None, Truth.UNKNOWN),
        (None, False, Truth.NO),
        (None, True, Truth.YES),
        ("Lidocaine", None, Truth.YES),
        ("Lidocaine", False, Truth.YES),
        ("Peanut", False, Truth.NO),
        ("No known allergy to lidocaine", False, Truth.NO),
    ],
)
def test_an_allergy_in_the_chart_and_the_answer_together(named, answer, truth):
    allergies = () if named is None else (Allergy(named, "a1"),)
    answers = {} if answer is None else {"allergy-anaesthetic": answer}
    assert read(LIDOCAINE, answers=answers, allergies=allergies).truth == truth


def test_what_is_said_of_an_allergy():
    both = (Allergy("Lidocaine", "a1"), Allergy("Lidocaine", "a2"))
    assert read(LIDOCAINE, answers={"allergy-anaesthetic": True}, allergies=both) == Reading(
        Truth.YES, "in the chart: Lidocaine; answered yes", ("a1", "a2", "answer:allergy-anaesthetic")
    )
    assert read(LIDOCAINE) == Reading(Truth.UNKNOWN, asks=("allergy-anaesthetic",))


@pytest.mark.parametrize(
    ("name", "icd10", "truth"),
    [
        ("Allergy to lidocaine", (), Truth.YES),
        ("Anaphylaxis due to lidocaine", (), Truth.YES),
        ("Lidocaine overdose", (), Truth.NO),
        ("No known allergy to lidocaine", (), Truth.NO),
        ("Allergy to nuts", (), Truth.NO),
    ],
)
def test_an_allergy_kept_among_the_problems_counts(name, icd10, truth):
    told = problem(name, State.PAST, icd10=icd10)
    assert read(LIDOCAINE, answers={"allergy-anaesthetic": False}, problems=(told,)).truth == truth


def test_an_allergy_status_code_counts_without_a_word():
    assert read(NOT_NAMED, problems=(problem("History", icd10=("Z88.4",)),)).evidence == ("p1",)


def test_without_a_question_only_the_chart_speaks():
    assert read(NOT_NAMED) == NO
    assert read(NOT_NAMED, allergies=(Allergy("Novocaine", "a1"),)).truth == Truth.YES


@pytest.mark.parametrize(
    ("name", "denied"),
    [
        ("No known allergies", True),
        ("No known food allergy (situation)", True),
        ("No allergies", True),
        ("No known allergy to latex", True),
        ("NKDA", True),
        ("no known", True),
        ("No known allergies except latex", False),
        ("Latex allergy", False),
        ("No known drug or food allergies but lidocaine", False),
    ],
)
def test_an_entry_that_says_there_is_none(name, denied):
    assert denies(name) is denied


@pytest.mark.parametrize(
    ("born", "truth"),
    [
        (date(2012, 6, 15), Truth.NO),
        (date(2012, 6, 16), Truth.YES),
        (date(2012, 7, 1), Truth.YES),
        (date(2012, 5, 30), Truth.NO),
        (date(2013, 1, 1), Truth.YES),
        (date(1950, 1, 1), Truth.NO),
        (ON, Truth.YES),
        (date(2030, 6, 16), Truth.UNKNOWN),
        (None, Truth.UNKNOWN),
    ],
)
def test_the_birthday_decides(born, truth):
    assert read(CHILD, born=born).truth == truth


def test_somebody_born_on_a_leap_day_grows_up_on_the_first_of_march():
    born = date(2012, 2, 29)
    eve, day = date(2030, 2, 28), date(2030, 3, 1)
    assert read(CHILD, at=Moment(on=eve, as_of=eve), born=born).truth == Truth.YES
    assert read(CHILD, at=Moment(on=day, as_of=eve), born=born) == NO


def test_what_is_said_of_age():
    assert read(CHILD, born=date(2012, 6, 16)) == Reading(Truth.YES, "17 years old on the day", ("Patient",))
    assert read(CHILD).because == "the chart has no possible date of birth"
    assert read(CHILD).evidence == ("Patient",)
