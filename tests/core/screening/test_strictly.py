"""What only a changed word or number would show: the edges that mutation testing asked about."""

from dataclasses import replace

import pytest
from tests.core.screening.made import LIBRARY, problem, read

from enthesis.knowledge import parse_site
from enthesis.screening import Action, Rule, clear_answers, rules, run_example
from enthesis.screening.examples import outcome
from enthesis.screening.holds import Hold
from enthesis.screening.measured import Limit
from enthesis.screening.measures import Measure, written
from enthesis.screening.rule import Kind, Where, questions

KNEE = parse_site("knee:left", LIBRARY)


@pytest.mark.parametrize(
    "name",
    [
        "Allergy to lidocaine",
        "Lidocaine anaphylaxis",
        "Lidocaine hypersensitivity",
        "Intolerance of lidocaine",
        "Adverse reaction to lidocaine",
        "ADVERSE REACTION to lidocaine",
    ],
)
def test_a_problem_that_speaks_of_an_allergy_counts_however_it_is_put(name):
    when = {"allergic": {"allergen": "amide-anaesthetic", "question": "q"}}
    assert read(when, problems=(problem(name),)).because == f"in the chart: {name}"
    assert read(when, problems=(problem("Numb after lidocaine"),)).because == ""


@pytest.mark.parametrize(
    ("limit", "passed"),
    [
        ({"above": 3.0}, [False, False, True]),
        ({"at_least": 3.0}, [False, True, True]),
        ({"below": 3.0}, [True, False, False]),
        ({}, [True, True, True]),
    ],
)
def test_a_limit_at_its_own_value(limit, passed):
    assert [Limit(Measure.INR, **limit).passed(value) for value in (2.9, 3.0, 3.1)] == passed


def test_a_value_is_shown_in_its_own_unit_or_in_the_one_it_came_with():
    assert written(Measure.HBA1C, 7.5) == "HbA1c 7.5 %"
    assert written(Measure.HBA1C, 7.5, "percent") == "HbA1c 7.5 percent"
    assert written(Measure.HBA1C, 7.5, "") == "HbA1c 7.5"


def test_every_example_of_every_shipped_rule_holds():
    for entry in rules(LIBRARY):
        for example in entry.examples:
            run_example(entry.body, example, LIBRARY)


HELD = Hold("apixaban", "a-source", 72, restart_hours=24)
THINNER = Rule(
    when={"takes": {"classes": ["anticoagulant"], "recently": 14, "question": ""}},
    then=Action.POSTPONE,
    strength="judgement",
    to_clinician="",
    restart_days=28,
    holds=(HELD, replace(HELD, ingredient="warfarin")),
)
TAKEN = {"medicines": [{"name": "apixaban", "last_days_before": 3, "state": "stopped", "route": "oral"}]}


def test_a_story_says_all_that_the_rule_found():
    assert outcome(THINNER, TAKEN, KNEE, LIBRARY) == {
        "expect": "postpone",
        "free_in": None,
        "stop_before": None,
        "restart_after": 28,
        "holds": ["apixaban: 72 h before, 24 h after"],
        "may_choose": {},
    }
    spinal = replace(THINNER, where=Where(spinal=True))
    assert outcome(spinal, TAKEN, KNEE, LIBRARY) == {"expect": "not for this site"}


def test_nothing_to_disclose_is_an_answer_of_its_own_kind_to_every_question():
    asked = questions(rules(LIBRARY))
    answers = clear_answers(LIBRARY)
    assert set(answers) == set(asked)
    assert [id for id, answer in answers.items() if (asked[id].kind is Kind.YES_NO) != isinstance(answer, bool)] == []
