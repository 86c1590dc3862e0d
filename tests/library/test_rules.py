"""The screening rules as a whole: what is asked, what is said to patients, and what the rules of safety forbid."""

import re

import pytest

from enthesis.knowledge import Library, LibraryError, Standing, Strength, build_entry, nudged, parse_site
from enthesis.screening import (
    Action,
    AskedOf,
    Rule,
    Scope,
    Urgency,
    checked_rules,
    condition,
    drug_classes,
    questions,
    questions_for,
    run_example,
)
from enthesis.screening.checking import is_prescribed, tells_to_stop

LIBRARY = Library.shipped()
RULES = {entry.id: entry for entry in checked_rules(LIBRARY)}
MEANT = {id: condition(entry.body.when, entry.path) for id, entry in RULES.items()}
QUESTIONS = questions(tuple(RULES.values()))
GRADE = 6.9  # the last reading grade below seven
MOST_QUESTIONS = 26  # for one patient at one site, without those that staff answer
NUMBERED = [(id, name, data) for id in RULES for name, data in nudged(LIBRARY.raw("rules", id))]
KNOWN_TO_STOP = {"nsaid-tablets"}  # what a patient takes on their own, and may leave out
FOR_STAFF_ONLY = {
    "anaesthetic-from-elsewhere",
    "epinephrine-interaction",
    "lidocaine-raising-medicine",
    "oxidising-medicine",
}  # medicines that matter for the dose in the syringe

every_rule = pytest.mark.parametrize("id", RULES)


def grade(text):
    """The Flesch-Kincaid grade of a text, with vowel groups for syllables."""
    sentences = max(1, len(re.findall(r"[.!?:]+(?:\s|$)", text)))
    words = re.findall(r"[A-Za-z']+", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def holds(rule, example):
    """Does an example still hold? A rule that can no longer be read has noticed as well."""
    try:
        run_example(rule, example, LIBRARY)
    except (AssertionError, LibraryError):
        return False
    return True


@pytest.mark.parametrize(
    ("id", "story"), [(id, number) for id, entry in RULES.items() for number in range(len(entry.examples))]
)
def test_every_example_holds(id, story):
    run_example(RULES[id].body, RULES[id].examples[story], LIBRARY)


@pytest.mark.parametrize(("id", "name", "data"), NUMBERED, ids=[f"{id}: {name}" for id, name, _ in NUMBERED])
def test_every_number_is_noticed_when_it_moves(id, name, data):
    try:
        changed = build_entry("rules", data, Rule, LIBRARY.files("rules")[id]).body
    except LibraryError:
        return
    assert not all(holds(changed, example) for example in RULES[id].examples)


@every_rule
def test_both_sides_of_every_rule_are_shown(id):
    promised = {example["expect"] for example in RULES[id].examples}
    assert promised & {str(RULES[id].body.then), "ask"}
    assert "clear" in promised or not MEANT[id].asked()
    assert "ask" in promised or not MEANT[id].asked()


@every_rule
def test_nobody_has_reviewed_it_and_it_says_so(id):
    assert RULES[id].standing(RULES[id].review.written_on) is Standing.UNREVIEWED


@every_rule
def test_a_patient_is_never_told_to_stop_what_is_not_theirs_to_stop(id):
    assert not tells_to_stop(RULES[id].body.to_patient) or id in KNOWN_TO_STOP


@pytest.mark.parametrize("id", [id for id in RULES if is_prescribed(MEANT[id], LIBRARY)])
def test_the_patient_keeps_taking_what_was_prescribed(id):
    """What only staff read, about the anaesthetic and not about stopping, says nothing to the patient at all."""
    said = RULES[id].body.to_patient
    silent = not said and id in FOR_STAFF_ONLY
    assert silent or said.startswith(("Keep taking", "Take your antibiotics to the end")) or "Do not stop" in said


def test_blood_thinners_steroids_and_the_like_are_prescribed():
    free = {entry.id for entry in drug_classes(LIBRARY) if not entry.body.prescribed}
    assert free == {"nsaid", "paracetamol", "plant-anti-inflammatory", "herb-and-bleeding", "fish-oil"}


@every_rule
def test_a_patient_can_read_what_is_said(id):
    said = RULES[id].body.to_patient
    assert not said or grade(said) <= GRADE, f"grade {grade(said):.1f}: {said}"


@pytest.mark.parametrize("id", [id for id, question in QUESTIONS.items() if question.asked_of is AskedOf.PATIENT])
def test_a_patient_can_read_what_is_asked(id):
    asked = QUESTIONS[id].text
    assert grade(asked) <= GRADE, f"grade {grade(asked):.1f}: {asked}"
    assert asked.endswith("?")
    assert len(asked) <= 120


@pytest.mark.parametrize("id", QUESTIONS)
def test_every_question_is_used_and_a_clear_answer_to_it_is_shown(id):
    using = [rule for rule, meant in MEANT.items() if id in meant.asked()]
    assert using
    shown = [example for rule in using for example in RULES[rule].examples if example["expect"] == "clear"]
    assert any(id in example.get("given", {}).get("answers", {}) for example in shown)


@pytest.mark.parametrize("site", ["knee", "lumbar-facet", "cervical-facet", "sacroiliac", "lateral-epicondyle"])
def test_a_patient_is_not_asked_too_much(site):
    asked = questions_for(tuple(RULES.values()), parse_site(site, LIBRARY))
    assert len([question for question in asked if question.asked_of is AskedOf.PATIENT]) <= MOST_QUESTIONS


@every_rule
def test_what_only_trials_say_informs_and_no_more(id):
    rule = RULES[id].body
    if rule.scope is Scope.TRIAL:
        assert rule.then is Action.INFORM
        assert rule.strength in (Strength.TRIAL, Strength.TRIAL_PROTOCOL)
        assert "trial" in rule.to_clinician or "NCT" in rule.to_clinician


def test_only_nerve_signs_are_an_emergency_and_they_say_where_to_go():
    urgent = {id: entry.body for id, entry in RULES.items() if entry.body.urgency is Urgency.EMERGENCY}
    assert set(urgent) == {"new-nerve-signs"}
    assert "emergency department now" in urgent["new-nerve-signs"].to_patient


def test_no_limit_is_made_up():
    for entry in RULES.values():
        text = f"{entry.body.to_clinician} {entry.body.to_patient}"
        assert not re.search(r"HbA1c (of|over|above|below|under) ?\d", text)
    assert "No hold time" in RULES["immunosuppressant"].body.to_clinician


@pytest.mark.parametrize("id", ["facet-without-guidance", "facet-without-block"])
def test_facet_rules_say_that_there_is_no_controlled_evidence(id):
    assert "no controlled evidence for dextrose injections into the facet joint" in RULES[id].body.to_clinician


@every_rule
def test_no_source_is_one_that_must_not_be_cited(id):
    for citation in RULES[id].sources:
        source = LIBRARY.bibliography[citation.cite]
        assert not re.search(r"droracle|biologyinsights|medilib|safemindz", source.address)
        assert citation.supports


def test_the_days_for_anti_inflammatories_are_shown_as_custom():
    rule = RULES["nsaid-tablets"].body
    assert (rule.when["taken_within"]["days"], rule.restart_days) == (7, 28)
    assert "2 to 10 days before" in rule.spread
    assert "7 days to 12 weeks after" in rule.spread
    assert "No trial" in rule.to_clinician
    assert rule.strength is Strength.CLINIC_PRACTICE
