"""What the words of a diagnosis claim, and what a rule makes of them: a denial neither holds nor clears."""

from datetime import date

import pytest
from tests.core.screening.made import LIBRARY, ON, back, problem

from enthesis.knowledge import parse_site
from enthesis.screening import Action, Allergy, Facts, State, Vocabulary, clear_answers, screen
from enthesis.screening.worded import Put, put

INFECTION = LIBRARY.entry("problems", "infection", Vocabulary).body
STENT = LIBRARY.entry("problems", "coronary-stent", Vocabulary).body

IS_NOT = (
    "No evidence of infection", "No evidence of infection (situation)", "no clinical evidence of acute infection", "No signs of infection",
    "There is no sign of infection.", "No infection", "no fever", "No known infection", "No joint infection", "No fever, chills or infection",
    "no fever or cellulitis", "Without evidence of infection", "Absence of infection", "Negative for infection", "denies fever",
    "Infection ruled out", "Pneumonia excluded", "Infection: none", "Fever - no", "Infection has been ruled out", "sepsis is absent",
    "Infection not present", "No history of infection", "No fever and no infection", "No infection of wound", "free of infection",
    "No evidence of infection / No infection",
)  # fmt: skip
MAY_BE = (
    "Rule out septic arthritis", "R/O sepsis", "r/o infection", "Rule-out pneumonia", "Suspected COVID-19", "Suspected infection (situation)",
    "Possible cellulitis", "probable pneumonia", "?infection", "? pneumonia", "Infection?",
    "Infection cannot be ruled out", "Infection not ruled out", "cannot exclude infection", "At risk for infection",
    "Pneumonia (suspected)", "Pneumonia to be ruled out", "query cystitis", "Presumptive influenza", "concern for sepsis", "Screening for infection",
)  # fmt: skip
WAS = ("History of pneumonia", "Hx of sepsis", "H/O infection", "Personal history of septic arthritis", "Previous cellulitis", "Resolved infection",
       "Pneumonia (resolved)", "infection in the past", "History of infection (situation)")  # fmt: skip
ELSEWHERE = (
    "Family history of sepsis",
    "FH: endocarditis",
    "Family history: infection",
    "Father had pneumonia",
    "maternal aunt had sepsis",
    "FHx sepsis",
)
IS = (
    "Infection", "Septic arthritis", "Infection of knee", "No improvement of infection", "No longer improving pneumonia", "No antibiotics for infection",
    "No fever, cellulitis of leg", "No fever and cellulitis of leg", "No fever but abscess", "No change in infection", "Infection, cultures negative",
    "Culture negative endocarditis", "Pneumonia with tuberculosis ruled out", "History of recurrent infection", "recent infection",
    "No evidence of fracture, cellulitis of leg", "Non-healing infected wound with abscess", "Infection / No evidence of infection of bone",
    "Not improving pneumonia", "Infection despite antibiotics", "Infection due to unknown cause", "Nosocomial pneumonia", "Family, infection",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "how"),
    [(name, how) for how, names in zip((Put.IS_NOT, Put.MAY_BE, Put.WAS, Put.ELSEWHERE, Put.IS), (IS_NOT, MAY_BE, WAS, ELSEWHERE, IS), strict=True)
     for name in names],
)  # fmt: skip
def test_how_words_put_an_infection(name, how):
    if how is not Put.IS:
        assert INFECTION.means(name)
    assert put(name, (), INFECTION) is how


LOOKED = """any clear clinical radiographic radiological imaging laboratory objective definite obvious convincing known current
    active acute recent present ongoing further other prior previous past personal family medical"""


@pytest.mark.parametrize("word", LOOKED.split())
def test_how_it_was_looked_for_changes_nothing(word):
    assert put(f"No {word} evidence of infection", (), INFECTION) is Put.IS_NOT
    assert put(f"Without {word} {word} signs of infection", (), INFECTION) is Put.IS_NOT


def test_a_code_means_what_it_says_whatever_stands_beside_it():
    assert put("No evidence of infection", ("A41.9",), INFECTION) is Put.IS
    assert put("No evidence of infection", ("M17.11",), INFECTION) is Put.IS_NOT


def test_a_mother_who_breastfeeds_is_the_patient():
    meant = LIBRARY.entry("problems", "pregnancy-or-breastfeeding", Vocabulary).body
    assert put("Mother currently breastfeeding (finding)", (), meant) is Put.IS


def test_the_history_of_what_stays_is_no_past():
    assert put("History of coronary artery stent", (), STENT) is Put.IS
    assert put("No coronary artery stent", (), STENT) is Put.IS_NOT


def judged(*problems, site="knee:left", allergies=(), without="", **answers):
    """Somebody with nothing to disclose, save these entries of the chart and these answers."""
    said = {id: answer for id, answer in (clear_answers(LIBRARY) | answers).items() if id != without}
    facts = Facts(answers=said, problems=problems, allergies=allergies, born=date(1970, 1, 1))
    return screen(facts, on=ON, site=parse_site(site, LIBRARY), as_of=back(10), library=LIBRARY)


@pytest.mark.parametrize("name", ["No evidence of infection", "History of pneumonia", "Family history of sepsis"])
def test_what_the_chart_does_not_claim_is_a_question_until_somebody_says_no_and_then_it_is_told(name):
    asked = judged(problem(name), without="infection")
    [finding] = [one for one in asked.findings if one.rule == "infection-anywhere"]
    assert (finding.action, finding.evidence) == (Action.ASK, ("p1",))
    assert finding.because == f"named in the chart, but not as something the patient has now: {name}"
    assert [question.id for question in asked.unknown] == ["infection"]
    told = judged(problem(name))
    [finding] = [one for one in told.findings if one.rule == "infection-anywhere"]
    assert finding.action is Action.INFORM
    assert finding.because == f"named in the chart, but not as something the patient has now: {name}; answered no"
    assert finding.evidence == ("p1", "answer:infection")
    assert finding.to_patient == ""
    assert finding.to_clinician


def test_an_answer_of_yes_outranks_a_denial_in_the_chart():
    assert judged(problem("No evidence of infection"), infection=True).decision is Action.POSTPONE


@pytest.mark.parametrize("name", ["Rule out pneumonia", "Suspected COVID-19", "Infection?"])
def test_what_may_be_is_asked_about_even_when_somebody_says_no(name):
    found = judged(problem(name))
    assert found.decision is Action.ASK
    assert "though answered no" in next(one.because for one in found.findings if one.rule == "infection-anywhere")


@pytest.mark.parametrize(
    ("name", "decision"),
    [
        ("Septic arthritis of knee", Action.REFUSE),
        ("Rule out septic arthritis", Action.ASK),
        ("No evidence of septic arthritis", Action.INFORM),
        ("Sepsis", Action.REFUSE),
        ("No evidence of sepsis", Action.ASK),  # no question speaks of sepsis: a clinician reads it
        ("Family history of sepsis", Action.INFORM),
        ("Family history of septicaemia", Action.INFORM),  # no question either, and it is not the patient
        ("Pneumonia", Action.POSTPONE),
        ("Pneumonia, no fever", Action.POSTPONE),
        ("No fever, pneumonia", Action.POSTPONE),
        ("Essential hypertension", Action.CLEAR),
    ],
)
def test_the_whole_judgment(name, decision):
    assert judged(problem(name)).decision is decision


def test_a_denial_beside_the_thing_itself_changes_nothing():
    both = problem("No evidence of infection", evidence="p2"), problem("Pneumonia")
    found = judged(*both)
    assert found.decision is Action.POSTPONE
    [finding] = [one for one in found.findings if one.rule == "infection-anywhere"]
    assert finding.evidence == ("p1", "answer:infection")


def test_a_denial_that_is_over_is_over():
    assert judged(problem("No evidence of infection", State.PAST)).decision is Action.CLEAR


@pytest.mark.parametrize("entry", [{"allergies": (Allergy("No evidence of lidocaine allergy", "a1"),)}, {"problem": "Lidocaine allergy ruled out"},
                                   {"problem": "Family history of lidocaine allergy"}])  # fmt: skip
def test_a_denied_allergy_is_a_question_until_somebody_says_no_and_then_it_is_told(entry):
    problems = (problem(entry["problem"], evidence="a1"),) if "problem" in entry else ()
    for without, action in (("allergy-anaesthetic", Action.ASK), ("", Action.INFORM)):
        found = judged(*problems, allergies=entry.get("allergies", ()), without=without)
        [finding] = [one for one in found.findings if one.rule == "allergy-anaesthetic"]
        assert finding.evidence == ("a1", *(() if without else ("answer:allergy-anaesthetic",)))
        assert finding.action is action
        assert finding.because.startswith("named in the chart, but not as something the patient has now: ")


@pytest.mark.parametrize("name", ["Suspected lidocaine allergy", "History of lidocaine allergy", "Lidocaine allergy"])
def test_an_allergy_that_may_be_or_was_counts(name):
    found = judged(allergies=(Allergy(name, "a1"),))
    assert found.decision.severity > Action.INFORM.severity


def test_a_denial_is_told_of_by_the_rule_that_would_act_and_by_no_other():
    found = judged(problem("No diabetes"))
    assert [(one.rule, one.action) for one in found.findings] == [("diabetes", Action.INFORM)]
