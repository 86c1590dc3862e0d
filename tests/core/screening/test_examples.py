"""The runner of examples: what holds, what does not, and what means nothing."""

import pytest
from tests.core.screening.made import LIBRARY

from enthesis.screening import (
    Action,
    Rule,
    When,
    clear_answers,
    questions,
    rules,
    run_drug_example,
    run_example,
    run_word_example,
)
from enthesis.screening.names import DrugClass, Ingredient
from enthesis.screening.rule import Where
from enthesis.screening.vocabulary import Vocabulary

WEEK = Rule(
    when={"taken_within": {"classes": ["nsaid"], "days": 7, "question": "nsaid"}},
    then=Action.POSTPONE,
    strength="judgement",
    to_clinician="",
    restart_days=28,
)


@pytest.mark.parametrize(
    "example",
    [
        {"given": {"answers": {"nsaid": 6}}, "expect": "postpone", "free_in": 1, "restart_after": 29},
        {"given": {"answers": {"nsaid": 7}}, "expect": "clear"},
        {"given": {"answers": {"nsaid": "now"}, "asked_days_before": 9}, "expect": "inform", "stop_before": 7,
         "restart_after": 28},
        {"given": {"answers": {"nsaid": "now"}}, "expect": "postpone", "free_in": 7, "restart_after": 35},
        {"given": {}, "expect": "ask"},
        {"expect": "ask", "site": "knee"},
        {"given": {"medicines": [{"name": "Aleve", "last_days_before": 3, "state": "stopped", "coded": False,
                                  "route": "oral", "since_days_before": 9}]}, "expect": "postpone", "free_in": 4},
    ],
)  # fmt: skip
def test_an_example_that_holds(example):
    run_example(WEEK, {"story": "a story", **example}, LIBRARY)


@pytest.mark.parametrize(
    ("example", "said"),
    [
        ({"given": {}, "expect": "clear"}, "'a story': expect is 'ask', and 'clear' was promised"),
        ({"given": {"answers": {"nsaid": 6}}, "expect": "postpone", "free_in": 2}, "free_in is 1, and 2 was promised"),
        ({"given": {}}, "the example 'a story' says nothing of what to expect"),
        ({"given": {"medicine": []}, "expect": "ask"}, "the example 'a story' has keys that mean nothing: medicine"),
        ({"givn": {}, "expect": "ask"}, "the example 'a story' has keys that mean nothing: givn"),
        (
            {"given": {"medicines": [{"name": "Aleve", "dose": 2, "colour": "red"}]}, "expect": "ask"},
            "has keys that mean nothing: colour, dose",
        ),
    ],
)
def test_an_example_that_does_not_hold_says_so(example, said):
    with pytest.raises(AssertionError) as error:
        run_example(WEEK, {"story": "a story", **example}, LIBRARY)
    assert said in str(error.value)


def test_an_example_without_a_site_is_told_at_the_first_site_the_rule_covers():
    spinal = Rule({"answered": {"question": "fainted"}}, Action.INFORM, "judgement", "", where=Where(spinal=True))
    run_example(spinal, {"given": {"answers": {"fainted": True}}, "expect": "inform"}, LIBRARY)
    run_example(spinal, {"given": {"answers": {"fainted": False}}, "expect": "clear"}, LIBRARY)
    run_example(
        spinal, {"given": {"answers": {"fainted": True}}, "expect": "not for this site", "site": "knee"}, LIBRARY
    )


def test_age_and_problems_and_the_rest_can_be_told():
    child = Rule({"younger_than": {"years": 18}}, Action.ASK, "judgement", "")
    run_example(child, {"given": {"age": 17, "sex": "female"}, "expect": "ask"}, LIBRARY)
    run_example(child, {"given": {"age": 18}, "expect": "clear"}, LIBRARY)
    odd = Rule({"unrecognised": {"what": "resources"}}, Action.ASK, "judgement", "")
    run_example(odd, {"given": {"unread": [{"name": "x"}]}, "expect": "ask"}, LIBRARY)
    run_example(
        odd, {"given": {"problems": [{"name": "Gout"}], "procedures": [{"name": "Walk"}]}, "expect": "clear"}, LIBRARY
    )


def test_nothing_to_disclose_answers_every_question():
    answers = clear_answers(LIBRARY)
    assert sorted(answers) == sorted(questions(rules(LIBRARY)))
    assert {id for id, answer in answers.items() if answer is When.NEVER} == {"nsaid", "injection-at-site"}
    assert {id for id, answer in answers.items() if answer is True} == {"image-guidance", "diagnostic-block"}


def test_names_of_drugs():
    drugs = DrugClass(True, (Ingredient("warfarin", brands=("Coumadin",)),), stems=("xaban",))
    run_drug_example(drugs, {"name": "Coumadin 5 mg / letaxaban", "expect": ["warfarin", "letaxaban"]}, LIBRARY)
    with pytest.raises(AssertionError, match=r"'Coumadin' is read as \['warfarin'\], and \[\] was promised"):
        run_drug_example(drugs, {"name": "Coumadin", "expect": []}, LIBRARY)


def test_words_of_problems():
    gout = Vocabulary(("gout",), icd10=("M10",))
    run_word_example(gout, {"name": "Gout", "expect": True}, LIBRARY)
    run_word_example(gout, {"icd10": ["M10.9"], "expect": True}, LIBRARY)
    with pytest.raises(AssertionError, match=r"'Gout': recognised is True, and False was promised"):
        run_word_example(gout, {"name": "Gout", "expect": False}, LIBRARY)
    with pytest.raises(AssertionError, match=r"\('M11',\): recognised is False, and True was promised"):
        run_word_example(gout, {"icd10": ["M11"], "expect": True}, LIBRARY)
