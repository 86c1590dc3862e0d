"""A rule that would silently never hold, or that would tell a patient to stop a prescribed drug, is refused."""

import shutil

import pytest

from enthesis.knowledge import Library, LibraryError
from enthesis.knowledge.library import SHIPPED
from enthesis.screening import checked_rules, condition, questions, rules
from enthesis.screening.checking import tells_to_stop

RULE = """
id = "local"
title = "A clinic's own rule"
then = "{then}"
strength = "{strength}"
scope = "{scope}"
to_clinician = "Look."
to_patient = "{to_patient}"
{more}
[when.{kind}]
{terms}
[[sources]]
cite = "enthesis-judgement"
supports = "a test"
[review]
written_by = "A clinic"
written_on = 2027-01-01
next_review = 2028-01-01
"""
USUAL = {
    "then": "ask", "strength": "judgement", "scope": "care", "to_patient": "", "more": "",
    "kind": "answered", "terms": 'question = "fainted"',
}  # fmt: skip
CHOICE = 'restart_days = 28\n[[choices]]\nof = "{of}"\ntitle = "Days after"\nleast = {least}\nmost = 365\n'
TAKES = {"kind": "takes", "terms": 'classes = ["anticoagulant"]\nrecently = 14'}


@pytest.fixture
def with_rule(tmp_path):
    """with_rule(then="clear"): the shipped library and one local rule."""

    def act(**changes):
        (tmp_path / "rules").mkdir()
        (tmp_path / "rules" / "local.toml").write_text(RULE.format(**USUAL | changes), encoding="utf-8")
        return Library.shipped(tmp_path)

    return act


def test_a_good_rule_passes(with_rule):
    assert "local" in [entry.id for entry in checked_rules(with_rule())]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"then": "clear"}, "`then` cannot be clear for a rule of scope care"),
        ({"scope": "trial"}, "`then` cannot be ask for a rule of scope trial"),
        ({"scope": "trial", "then": "refuse"}, "`then` cannot be refuse for a rule of scope trial"),
        ({"strength": "guideline"}, "`strength` is guideline, and no source of the entry is of that strength"),
        ({"more": 'spread = "They differ."'}, "sources that disagree (`spread`) need a `default_reason`"),
        ({"more": 'where.sites = ["spine"]'}, "`where` covers no site"),
        ({"more": 'where.sites = ["knee", "spine"]'}, "`where` names 'spine', which is no site"),
        ({"more": 'where.sites = ["knee"]\nwhere.spinal = true'}, "`where` covers no site"),
        ({"terms": 'question = "shoe-size"'}, "`when` asks 'shoe-size', and no rule defines that question"),
        ({"terms": 'question = "nsaid"'}, "`when` cannot use the answer to 'nsaid': it is answered as when"),
        (
            {"kind": "takes", "terms": 'classes = ["statin"]\nrecently = 1'},
            "`when` speaks of 'statin', which is not among the drugs",
        ),
        (
            {"kind": "takes", "terms": 'classes = ["nsaid"]\nnot_classes = ["statin"]\nrecently = 1'},
            "`when` speaks of 'statin', which is not among the drugs",
        ),
        (
            {"kind": "takes", "terms": 'classes = ["nsaid"]\nproblem = "warts"\nrecently = 1'},
            "`when` speaks of 'warts', which is not among the problems",
        ),
        (
            {"kind": "taken_within", "terms": 'classes = ["statin"]\ndays = 1'},
            "`when` speaks of 'statin', which is not among the drugs",
        ),
        (
            {"kind": "taken_within", "terms": 'classes = ["nsaid"]\ndays = 1\nproblem = "warts"'},
            "`when` speaks of 'warts', which is not among the problems",
        ),
        (
            {"kind": "diagnosed", "terms": 'problem = "warts"'},
            "`when` speaks of 'warts', which is not among the problems",
        ),
        (
            {"kind": "allergic", "terms": 'allergen = "dust"'},
            "`when` speaks of 'dust', which is not among the allergens",
        ),
        (
            {"kind": "taken_within", "terms": 'classes = ["anticoagulant"]\ndays = 5'},
            "`taken_within` is for what a patient may stop alone; a prescribed medicine takes `takes`",
        ),
        (
            {**TAKES, "to_patient": "Stop your blood thinner five days before."},
            "`to_patient` tells a patient to stop a prescribed medicine; only its prescriber may",
        ),
        (
            {"more": 'asks = { id = "extra", text = "Why?", kind = "yes-no" }'},
            "the question 'extra' is asked and used by no rule",
        ),
        (
            {"more": CHOICE.format(of="restart_days", least=7)},
            "`choices` without a `spread`: where sources agree there is nothing to choose",
        ),
        (
            {"more": 'spread = "They differ."\ndefault_reason = "So."\n' + CHOICE.format(of="restart_days", least=29)},
            "`choices`: value: Days after: '28' cannot be chosen; a number from 29 to 365 can",
        ),
        (
            {"more": 'spread = "They differ."\ndefault_reason = "So."\n' + CHOICE.format(of="when.days", least=7)},
            "`choices`: there is nothing at 'when.days' to choose",
        ),
    ],
)
def test_a_broken_promise_is_named_with_the_file(with_rule, changes, said):
    with pytest.raises(LibraryError) as error:
        checked_rules(with_rule(**changes))
    assert str(error.value) == f"rules/local.toml: {said}"


def test_a_trial_rule_may_inform_and_a_prescribed_drug_may_go_on(with_rule):
    changes = TAKES | {"scope": "trial", "then": "inform", "to_patient": "Do not stop your blood thinner."}
    assert checked_rules(with_rule(**changes))


def test_a_drug_a_patient_may_stop_alone_may_be_stopped(with_rule):
    terms = {"kind": "takes", "terms": 'classes = ["nsaid"]\nrecently = 1', "to_patient": "Stop your tablets."}
    assert checked_rules(with_rule(**terms))


def test_two_rules_cannot_define_one_question(with_rule):
    with pytest.raises(LibraryError) as error:
        checked_rules(with_rule(more='asks = { id = "fainted", text = "Why?", kind = "yes-no" }'))
    assert str(error.value) == "rules/local.toml: the question 'fainted' is already asked by another rule"


def test_a_question_of_another_rule_may_be_used(with_rule):
    library = with_rule()
    assert questions(rules(library)) == questions(rules(Library.shipped()))


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("Keep taking it. Do not stop it.", False),
        ("Never stop it all at once.", False),
        ("Don't stop.", False),
        ("Do not skip a dose.", False),
        ("Do not stop aspirin, but stop warfarin.", True),
        ("Stopping is fine.", True),
        ("Pause it.", True),
        ("Skip one dose.", True),
        ("Leave out two days.", True),
        ("Take none for a week.", True),
        ("Do not take it.", True),
        ("Do not use it.", True),
        ("Hold it.", True),
        ("Withhold it.", True),
        ("Avoid it.", True),
        ("Cease.", True),
        ("Quit.", True),
        ("Come off it.", True),
        ("Go without it.", True),
        ("Discontinue it.", True),
        ("", False),
    ],
)
def test_what_a_patient_may_read_as_leave_to_stop(text, stops):
    assert tells_to_stop(text) is stops


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ({}, "`when` takes one of allergic, answered, "),
        ({"answered": {}, "allergic": {}}, ", not answered, allergic"),
        ({"feels": {}}, ", not feels"),
        ({}, ", not nothing"),
        ({"answered": {}}, "`when.answered`: required field missing @ $.question"),
        ({"answered": {"question": "a", "colour": 1}}, "`when.answered`: extra fields found (colour) @ $"),
        ({"taken_within": {"classes": ["nsaid"], "days": "soon"}}, "`when.taken_within`: invalid value for type"),
        ({"takes": {"classes": ["nsaid"], "recently": 1, "routes": ["magic"]}}, "`when.takes`: "),
        ({"unrecognised": {"what": "pets"}}, "`when.unrecognised`: "),
        ({"answered": "fainted"}, "`when.answered` is a table of terms, not 'fainted'"),
        ({"answered": {"question": "a", "holds_when": "no"}}, "`when.answered`: invalid value for type, expected bool"),
        ({"taken_within": {"classes": ["nsaid"], "days": 6.9}}, "`when.taken_within`: invalid value for type"),
        ({"taken_within": {"classes": ["nsaid"], "days": True}}, "`when.taken_within`: invalid value for type"),
        ({"answered": {"question": 7}}, "`when.answered`: invalid value for type, expected str"),
    ],
)
def test_a_condition_that_cannot_be_read_names_file_and_field(when, said):
    with pytest.raises(LibraryError) as error:
        condition(when, "rules/odd.toml")
    assert str(error.value).startswith("rules/odd.toml: `when")
    assert said in str(error.value)


def test_a_library_whose_rules_lost_their_drugs_does_not_judge(tmp_path):
    copy = tmp_path / "library"
    shutil.copytree(SHIPPED, copy)
    (copy / "drugs" / "nsaid.toml").unlink()
    with pytest.raises(LibraryError, match="speaks of 'nsaid', which is not among the drugs"):
        checked_rules(Library((copy,)))
