"""The judgment as a whole: the worst finding decides, nothing unanswered is a no, and order does not matter."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.screening.made import LIBRARY, ON, back

from enthesis.knowledge import BadInput, parse_site, site_kinds
from enthesis.screening import (
    Action,
    ChartItem,
    ItemKind,
    Route,
    Taking,
    When,
    checked_rules,
    clear_answers,
    facts_from,
    questions,
    questions_for,
    screen,
    screening_as_json,
    worst,
)
from enthesis.screening.judgment import FIRST, LAST

CLEAR = clear_answers(LIBRARY)
ASKED = questions(checked_rules(LIBRARY))
BORN = date(1970, 1, 1)
SITES = [entry.id for entry in site_kinds(LIBRARY)]
DAYS_BACK = st.integers(min_value=0, max_value=400).map(back)


def judged(items=(), answers=CLEAR, *, site="knee:left", on=ON, as_of=ON, sex="female", born=BORN):
    facts = facts_from(items, answers=answers, library=LIBRARY, sex=sex, born=born)
    return screen(facts, on=on, site=parse_site(site, LIBRARY), as_of=as_of, library=LIBRARY)


def an_answer(id):
    if ASKED[id].kind == "yes-no":
        return st.booleans()
    return st.one_of(st.sampled_from(When), DAYS_BACK)


ANSWERS = st.fixed_dictionaries({id: an_answer(id) for id in ASKED})
MEDICINES = st.builds(
    ChartItem,
    st.just(ItemKind.MEDICINE),
    st.sampled_from(["m/1", "m/2", "m/3"]),
    st.sampled_from(
        ["Naproxen 220 MG Oral Tablet", "Aleve", "Warfarin 5 mg", "Aspirin 81 MG", "Aspirin", "Diclofenac gel",
         "Ketorolac eye drops", "prednisone 5 mg", "Humira", "white pill", "warfarine", "Amoxicillin", "metformin",
         "tramadol", "letaxaban", "omeprazole", ""]
    ),
    st.booleans(),
    st.sampled_from(Taking),
    st.sampled_from(Route),
    last=st.one_of(st.none(), DAYS_BACK),
)  # fmt: skip
OTHERS = st.builds(
    ChartItem,
    st.sampled_from([ItemKind.PROBLEM, ItemKind.ALLERGY, ItemKind.PROCEDURE, ItemKind.UNREAD]),
    st.sampled_from(["o/1", "o/2", "o/3"]),
    st.sampled_from(
        ["Diabetes mellitus", "Melanoma", "Multiple myeloma", "Lidocaine", "Latex", "Allergy to lidocaine", "Corn",
         "Injection of knee joint", "Total knee replacement", "Fracture of ankle", "Cauda equina syndrome",
         "No known allergies", "Pneumonia", "Long term use of aspirin", "714628002", "Peanut"]
    ),
    st.booleans(),
    st.sampled_from(["active", "past", "doubtful", ""]),
    last=st.one_of(st.none(), DAYS_BACK),
)  # fmt: skip
CHARTS = st.lists(st.one_of(MEDICINES, OTHERS), max_size=4)


@given(answers=ANSWERS, chart=CHARTS, more=st.one_of(MEDICINES, OTHERS), site=st.sampled_from(SITES))
def test_a_further_item_of_the_chart_never_makes_it_milder(answers, chart, more, site):
    before, after = judged(chart, answers, site=site), judged([*chart, more], answers, site=site)
    assert after.decision.severity >= before.decision.severity
    if before.decision is Action.POSTPONE is after.decision and before.earliest and after.earliest:
        assert after.earliest >= before.earliest


@given(answers=ANSWERS, chart=CHARTS, site=st.sampled_from(SITES), gone=st.sampled_from(sorted(ASKED)))
def test_taking_an_answer_away_never_brings_it_below_ask(answers, chart, site, gone):
    before = judged(chart, answers, site=site)
    after = judged(chart, {id: answer for id, answer in answers.items() if id != gone}, site=site)
    assert after.decision.severity >= min(before.decision.severity, Action.ASK.severity)


@given(answers=ANSWERS, chart=CHARTS, data=st.data())
def test_the_order_of_the_chart_does_not_matter(answers, chart, data):
    shuffled = data.draw(st.permutations(chart))
    assert judged(chart, answers) == judged(shuffled, answers) == judged(chart, answers)


@given(answers=ANSWERS, chart=CHARTS, site=st.sampled_from(SITES), ahead=st.integers(min_value=0, max_value=120))
def test_what_every_judgment_keeps_to(answers, chart, site, ahead):
    result = judged(chart, answers, site=site, as_of=ON - timedelta(days=ahead))
    actions = [finding.action for finding in result.findings]
    assert result.unknown == ()
    assert result.decision is worst(actions)
    assert actions == sorted(actions, key=lambda action: -action.severity)
    assert Action.CLEAR not in actions
    assert (result.earliest is None) == (
        result.decision.severity >= Action.POSTPONE.severity and not any(finding.free_on for finding in result.findings)
    )
    assert result.earliest is None or result.earliest >= ON
    for finding in result.findings:
        assert finding.because
        assert finding.evidence
        assert not (finding.free_on and finding.stop_by)
        assert finding.free_on is None or finding.free_on > ON


@given(site=st.sampled_from(SITES), data=st.data())
def test_whatever_is_not_answered_is_asked(site, data):
    wanted = questions_for(checked_rules(LIBRARY), parse_site(site, LIBRARY), sex="female")
    answered = data.draw(st.sets(st.sampled_from([question.id for question in wanted])))
    result = judged((), {id: CLEAR[id] for id in answered}, site=site)
    missing = [question for question in wanted if question.id not in answered]
    assert list(result.unknown) == missing
    assert result.decision is (Action.ASK if missing else Action.CLEAR)


@pytest.mark.parametrize("site", SITES)
def test_nothing_to_disclose_is_clear_everywhere(site):
    result = judged(site=site)
    assert (result.decision, result.findings, result.earliest) == (Action.CLEAR, (), ON)


def test_an_injection_before_the_day_of_asking_is_refused_in_a_sentence():
    assert judged(as_of=ON, on=ON).on == ON
    with pytest.raises(BadInput) as error:
        judged(as_of=ON + timedelta(days=1))
    assert str(error.value) == "on: the injection day 2030-06-15 lies before the day of asking 2030-06-16"


@pytest.mark.parametrize(
    ("on", "as_of", "name"),
    [
        (FIRST, FIRST - timedelta(days=1), "as-of"),
        (date(1, 1, 3), date(1, 1, 3), "as-of"),
        (LAST + timedelta(days=1), LAST, "on"),
        (date.max, ON, "on"),
    ],
)
def test_a_day_outside_the_calendar_is_refused_in_a_sentence(on, as_of, name):
    with pytest.raises(BadInput, match=f"^{name}: .* is not a day between 1900-01-01 and 2199-12-31$"):
        judged(on=on, as_of=as_of)


def test_the_first_and_the_last_day_are_inside():
    assert judged(on=FIRST, as_of=FIRST, born=date(1870, 1, 1)).decision is Action.CLEAR
    assert judged(on=LAST, as_of=LAST).decision is Action.CLEAR


def test_the_sex_that_is_not_asked_is_not_asked():
    silent = {id: answer for id, answer in CLEAR.items() if id != "pregnant"}
    assert judged(answers=silent, sex="male").decision is Action.CLEAR
    assert [question.id for question in judged(answers=silent, sex="unknown").unknown] == ["pregnant"]
    pregnant = ChartItem(ItemKind.PROBLEM, "p", "Normal pregnancy (finding)", state="active")
    assert judged((pregnant,), silent, sex="male").decision is Action.POSTPONE


def test_actions_have_an_order():
    assert [action.severity for action in Action] == [0, 1, 2, 3, 4]
    assert [str(action) for action in Action] == ["clear", "inform", "ask", "postpone", "refuse"]
    assert worst([]) is Action.CLEAR
    assert worst([Action.INFORM, Action.REFUSE, Action.ASK]) is Action.REFUSE


def test_the_judgment_as_json_has_the_keys_of_the_contract():
    answers = {id: answer for id, answer in CLEAR.items() if id != "fainted"} | {"nsaid": back(6)}
    result = judged(answers=answers)
    [finding] = result.findings
    assert screening_as_json(result) == {
        "decision": "postpone",
        "on": "2030-06-15",
        "site": "knee:left",
        "earliest": "2030-06-16",
        "library": LIBRARY.fingerprint,
        "findings": [
            {
                "rule": "nsaid-tablets",
                "because": "last taken, by answer, 2030-06-09",
                "action": "postpone",
                "stop_by": None,
                "restart_from": "2030-07-14",
                "to_patient": finding.to_patient,
                "to_clinician": finding.to_clinician,
                "strength": "clinic-practice",
                "sources": list(finding.sources),
                "evidence": ["answer:nsaid"],
            }
        ],
        "unknown": ["fainted"],
    }
    assert finding.to_patient
    assert finding.to_clinician
    assert finding.sources[0] == "source-article"


def test_a_day_to_stop_by_is_written_as_a_day():
    result = judged(answers={**CLEAR, "nsaid": When.NOW}, as_of=back(10))
    printed = screening_as_json(result)
    assert (printed["decision"], printed["earliest"]) == ("inform", "2030-06-15")
    assert printed["findings"][0]["stop_by"] == "2030-06-08"


def test_an_undated_wait_has_no_earliest_day():
    result = judged(answers={**CLEAR, "infection": True})
    assert (result.decision, result.earliest) == (Action.POSTPONE, None)


def test_an_undated_refusal_has_no_earliest_day_in_json():
    assert screening_as_json(judged(answers={**CLEAR, "infection-at-site": True}))["earliest"] is None
