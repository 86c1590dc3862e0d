"""The hours a prescribed medicine is left out for, as staff are told of them."""

from dataclasses import replace
from datetime import date

import pytest
from tests.core.screening.made import LIBRARY, ON, back, medicine, problem, read

from enthesis.knowledge import LibraryError, parse_site
from enthesis.screening import Facts, Taking, clear_answers, rules, screen
from enthesis.screening.checking import checked_rules
from enthesis.screening.holds import Hold, said_of_holds

PLAVIX = Hold("clopidogrel", "asra-2018", 168, restart_hours=24)
PRADAXA = Hold("dabigatran", "asra-2018", 96, 144, 24, note="with weak kidneys")
HEPARIN = Hold("heparin", "asra-2018", 6, restart_hours=2, restart_hours_most=4)
TICLID = Hold("ticlopidine", "asra-2018", 336)


def test_the_hours_read_as_a_sentence():
    assert [str(one) for one in (PLAVIX, PRADAXA, HEPARIN, TICLID)] == [
        "clopidogrel: 168 h before, 24 h after",
        "dabigatran: 96 to 144 h before, 24 h after (with weak kidneys)",
        "heparin: 6 h before, 2 to 4 h after",
        "ticlopidine: 336 h before, nothing read on restarting",
    ]


def test_the_last_dose_counts_by_the_longest_time_and_only_in_whole_days():
    assert PLAVIX.last_dose(ON) == back(7)
    assert PRADAXA.last_dose(ON) == back(6)
    assert HEPARIN.last_dose(ON) is None
    assert Hold("x", "y", 36).last_dose(ON) is None
    assert Hold("x", "y", 24).last_dose(ON) == back(1)
    assert type(PLAVIX.last_dose(ON)) is date


def test_staff_are_told_of_each_medicine_that_was_found():
    said = said_of_holds((PLAVIX, HEPARIN), ("betrixaban", "clopidogrel", "heparin"), ON)
    assert said == (
        " If the prescriber agrees to interrupt (staff data, read second hand): betrixaban: no time was read; "
        "clopidogrel: 168 h before, 24 h after, last dose by 2030-06-08; heparin: 6 h before, 2 to 4 h after."
    )
    assert said_of_holds((), ("heparin",), ON) == ""
    assert said_of_holds((PLAVIX,), (), ON) == ""


def test_every_ingredient_found_is_named_once_and_in_order():
    when = {"takes": {"classes": ["anticoagulant", "antiplatelet"], "recently": 14}}
    taken = (medicine("Plavix"), medicine("Eliquis"), medicine("apixaban 5 MG"))
    assert read(when, medicines=taken).ingredients == ("apixaban", "clopidogrel")
    stale = {"takes": {"classes": ["anticoagulant"], "recently": 14, "stale_days": 10}}
    assert read(stale, medicines=(medicine("Eliquis", since=back(10)),)).ingredients == ("apixaban",)
    by_problem = {"takes": {"classes": ["anticoagulant"], "recently": 14, "problem": "long-term-antithrombotic"}}
    assert read(by_problem, problems=(problem("x", icd10=("Z79.01",)),)).ingredients == ()


def test_the_dates_count_from_the_day_on_which_the_injection_can_be():
    taken = (medicine("Plavix"), medicine("Aleve", Taking.STOPPED, last=back(3), evidence="m2"))
    answers = {id: answer for id, answer in clear_answers(LIBRARY).items() if id not in ("nsaid", "blood-thinner")}
    site = parse_site("cervical-facet", LIBRARY)
    judged = screen(Facts(answers=answers, medicines=taken), on=ON, site=site, as_of=ON, library=LIBRARY)
    told = {finding.rule: finding.to_clinician for finding in judged.findings}["blood-thinner-neck"]
    assert judged.earliest == date(2030, 6, 19)
    assert "last dose by 2030-06-12" in told


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"ingredient": "mist"}, "`holds` names 'mist', which no class of drugs holds"),
        ({"cite": "hjr-centre"}, "`holds` cites 'hjr-centre', which is no source of the entry"),
    ],
)
def test_hours_for_nothing_or_without_a_source_are_a_fault(monkeypatch, fault, said):
    entries = rules(LIBRARY)
    bad = [
        replace(entry, body=replace(entry.body, holds=(replace(PLAVIX, **fault),)))
        if entry.id == "blood-thinner-neck"
        else entry
        for entry in entries
    ]
    monkeypatch.setattr("enthesis.screening.checking.rules", lambda library: tuple(bad))
    checked_rules.cache_clear()
    with pytest.raises(LibraryError) as caught:
        checked_rules(LIBRARY)
    monkeypatch.undo()
    checked_rules.cache_clear()
    assert str(caught.value) == f"rules/blood-thinner-neck.toml: {said}"
