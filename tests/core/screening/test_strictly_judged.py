"""What only a changed operator in the judgment would show: which action is gravest, what a finding carries, what is chosen."""

from datetime import date

import pytest
from tests.core.screening.made import LIBRARY, ON, back

from enthesis.knowledge import BadInput, parse_site
from enthesis.screening import Action, clear_answers, rules, screen, worst
from enthesis.screening.chart import ChartItem, ItemKind, facts_from
from enthesis.screening.choosing import Choice
from enthesis.screening.conditions import Reading, Truth
from enthesis.screening.judgment import is_finding
from enthesis.screening.vocabulary import Vocabulary

IN_ORDER = [Action.CLEAR, Action.INFORM, Action.ASK, Action.POSTPONE, Action.REFUSE]


def test_the_gravest_of_two_actions_is_the_graver_whichever_comes_first():
    for milder, action in enumerate(IN_ORDER):
        for other in IN_ORDER[: milder + 1]:
            assert (worst([action, other]), worst([other, action])) == (action, action)
    assert worst([]) is Action.CLEAR


@pytest.mark.parametrize(
    ("truth", "evidence", "shown"),
    [
        (Truth.YES, (), True),
        (Truth.NO, (), False),
        (Truth.NO, ("m1",), True),
        (Truth.UNKNOWN, ("m1",), True),
        (Truth.UNKNOWN, (), False),
    ],
)
def test_a_finding_holds_or_has_a_reason_for_its_question(truth, evidence, shown):
    assert is_finding(Reading(truth, evidence=evidence)) is shown


def judged(name, *, last=None, as_of=ON):
    item = ChartItem(ItemKind.MEDICINE, "m/1", name, state="stopped" if last else "taking", last=last)
    facts = facts_from([item], answers=clear_answers(LIBRARY), library=LIBRARY, sex="female", born=date(1970, 1, 1))
    return screen(facts, on=ON, site=parse_site("knee:left", LIBRARY), as_of=as_of, library=LIBRARY)


def test_a_finding_carries_the_title_the_urgency_and_the_sentences_of_its_rule():
    entries = {entry.id: entry for entry in rules(LIBRARY)}
    judgment = judged("Ibuprofen 400 MG Oral Tablet", last=back(2), as_of=back(1))
    assert (judgment.on, judgment.as_of) == (ON, back(1))
    assert judgment.findings
    for finding in judgment.findings:
        entry = entries[finding.rule]
        assert (finding.title, finding.urgency, finding.to_patient) == (
            entry.title,
            entry.body.urgency,
            entry.body.to_patient,
        )


DAYS = Choice("when.taken_within.days", "Days", least=2, most=10)
RATIO = Choice("when.measured.limits", "Ratio", least=1.5, most=3)
THEN = Choice("then", "Action", options=("ask", "postpone"))


def test_both_ends_may_be_chosen_and_nothing_beyond():
    assert [DAYS.read(text) for text in ("2", " 7 ", "10")] == [2, 7, 10]
    assert [RATIO.read(text) for text in ("1.5", "2.5", "3")] == [1.5, 2.5, 3]
    assert THEN.read(" ask ") == "ask"


@pytest.mark.parametrize(
    ("choice", "text", "said"),
    [
        (DAYS, "1", "value: Days: '1' cannot be chosen; a number from 2 to 10 can"),
        (DAYS, "11", "value: Days: '11' cannot be chosen; a number from 2 to 10 can"),
        (DAYS, "soon", "value: Days: 'soon' cannot be chosen; a number from 2 to 10 can"),
        (DAYS, "2.5", "value: Days: '2.5' cannot be chosen; a whole number can"),
        (RATIO, "nan", "value: Ratio: 'nan' cannot be chosen; a number from 1.5 to 3 can"),
        (THEN, "never", "value: Action: 'never' cannot be chosen; one of ask, postpone can"),
    ],
)
def test_what_cannot_be_chosen_is_refused_in_one_sentence(choice, text, said):
    with pytest.raises(BadInput) as error:
        choice.read(text)
    assert str(error.value) == said


@pytest.mark.parametrize("code", ["E11.9", "E119", "e11.9", " e119 "])
def test_a_code_is_the_same_however_it_is_written(code):
    assert Vocabulary(words=("diabetes",), icd10=("E11.9",)).means("", (code,))
    assert Vocabulary(words=("diabetes",), icd10=("e119",)).means("", (code,))
