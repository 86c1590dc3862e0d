"""Adding knowledge touches one file: a rule's file brings its question, its finding and its examples."""

from datetime import date

import pytest

from enthesis.knowledge import Library, parse_site
from enthesis.knowledge.library import SHIPPED
from enthesis.screening import (
    Action,
    Rule,
    checked_rules,
    clear_answers,
    facts_from,
    questions,
    questions_for,
    run_example,
    screen,
)

SHELLFISH = """
id = "shellfish"
title = "Allergy to shellfish"
then = "ask"
strength = "judgement"
to_patient = "Tell us about your allergy."
to_clinician = "A clinic's own rule."

[when.answered]
question = "shellfish"

[asks]
id = "shellfish"
text = "Are you allergic to shellfish?"
kind = "yes-no"

[[sources]]
cite = "enthesis-judgement"
supports = "nothing; this is a test"

[review]
written_by = "A clinic"
written_on = 2027-01-01
next_review = 2028-01-01

[[examples]]
story = "says yes"
given = { answers.shellfish = true }
expect = "ask"
"""
TODAY = date(2027, 3, 1)


@pytest.fixture
def grown(tmp_path):
    """The shipped library and one file more."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "shellfish.toml").write_text(SHELLFISH, encoding="utf-8")
    return Library((SHIPPED, tmp_path))


def judged(library, answers):
    knee = parse_site("knee:left", library)
    facts = facts_from((), answers=answers, library=library, sex="female", born=date(1970, 1, 1))
    return screen(facts, on=TODAY, site=knee, as_of=TODAY, library=library)


def test_one_file_more_asks_one_question_more(grown):
    shipped = Library.shipped()
    assert set(questions(checked_rules(grown))) - set(questions(checked_rules(shipped))) == {"shellfish"}
    knee = parse_site("knee", grown)
    asked = questions_for(checked_rules(grown), knee)
    assert "Are you allergic to shellfish?" in [question.text for question in asked]


def test_one_file_more_makes_a_new_finding(grown):
    today = judged(grown, {**clear_answers(grown), "shellfish": True})
    assert [(finding.rule, finding.action) for finding in today.findings] == [("shellfish", Action.ASK)]
    assert judged(grown, clear_answers(grown)).decision is Action.CLEAR


def test_answers_given_before_the_rule_came_leave_its_question_open(grown):
    today = judged(grown, clear_answers(Library.shipped()))
    assert (today.decision, [question.id for question in today.unknown]) == (Action.ASK, ["shellfish"])


def test_its_example_runs_and_its_text_has_a_fingerprint_of_its_own(grown):
    entry = grown.entry("rules", "shellfish", Rule)
    for example in entry.examples:
        run_example(entry.body, example, grown)
    assert grown.fingerprint != Library.shipped().fingerprint
