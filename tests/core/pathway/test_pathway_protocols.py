"""Protocols: what each stands on, what is in the syringe, and what does not load."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from enthesis.knowledge import Library, LibraryError
from enthesis.pathway import Basis, Protocol, protocols, protocols_for


def test_each_condition_has_one_first_choice_of_dextrose_and_what_it_stands_on(library: Library) -> None:
    dextrose = [entry for entry in protocols(library) if entry.body.treatment == "dextrose-prolotherapy"]
    first = [entry for entry in dextrose if entry.body.first_choice]
    assert len(first) == len({entry.body.condition for entry in dextrose})
    assert {entry.body.condition: (entry.id, entry.body.basis) for entry in first} == {
        "achilles-tendinopathy": ("achilles-ryan-2010", Basis.SERIES),
        "cervical-facet-pain": ("cervical-facet-case-report", Basis.CASE_REPORT),
        "hip-osteoarthritis": ("hip-gul-2020", Basis.TRIAL),
        "knee-osteoarthritis": ("knee-rabago-2013", Basis.TRIAL),
        "lateral-epicondylosis": ("lateral-epicondylosis-assembled", Basis.ASSEMBLED),
        "lumbar-facet-pain": ("lumbar-facet-extrapolated", Basis.EXTRAPOLATED),
        "rotator-cuff-tendinopathy": ("shoulder-bertrand-2016", Basis.TRIAL),
        "sacroiliac-pain": ("sacroiliac-kim-2010", Basis.TRIAL),
        "jaw-joint-pain": ("tmj-louw-2019", Basis.TRIAL),
        "thumb-base-osteoarthritis": ("thumb-base-jahangiri-2014", Basis.TRIAL),
    }


def test_the_other_ways_to_give_dextrose_each_name_the_study_they_follow(library: Library) -> None:
    dextrose = [entry for entry in protocols(library) if entry.body.treatment == "dextrose-prolotherapy"]
    assert {
        entry.id: (entry.body.sessions.most, entry.body.interval.days, entry.body.sessions.cite, entry.body.basis)
        for entry in dextrose
        if not entry.body.first_choice
    } == {
        "knee-rezasoltani-2017-around": (3, 7, "rezasoltani-2017", Basis.TRIAL),
        "knee-rezasoltani-2017-joint": (3, 7, "rezasoltani-2017", Basis.TRIAL),
        "lateral-epicondylosis-nct04680936": (3, 21, "nct04680936", Basis.REGISTERED),
        "sacroiliac-ligament-cusi": (6, 42, "cusi-335978", Basis.REGISTERED),
        "sacroiliac-va-2018": (3, 28, "va-sacroiliac-2018", Basis.SERIES),
        "shoulder-nct04805242": (3, 21, "nct04805242", Basis.REGISTERED),
    }


def test_what_no_source_states_is_recorded_as_given_for_any_condition(library: Library) -> None:
    others = [entry for entry in protocols(library) if entry.body.treatment != "dextrose-prolotherapy"]
    assert {(entry.body.condition, entry.body.basis) for entry in others} == {("", Basis.AS_GIVEN)}
    assert {mixture for entry in others for mixture in entry.body.mixtures} == set()


def test_a_protocol_of_the_condition_goes_before_one_for_any(
    library: Library, with_entry: Callable[[str, str, str], Library]
) -> None:
    mine = PROTOCOL.format(**MINE | {"treatment": "prp", "first": "false"})
    found = protocols_for(with_entry("protocols", "zz", mine), treatment="prp", condition="knee-osteoarthritis")
    assert [entry.id for entry in found] == ["zz", "prp-as-given"]


def test_the_recipe_of_the_neck_case_cannot_give_the_lidocaine_it_states(library: Library) -> None:
    (mixture,) = library.entry("protocols", "cervical-facet-case-report", Protocol).body.mixtures
    assert mixture.lidocaine_at_most == Fraction(6, 10)
    assert mixture.lidocaine_percent is None
    assert mixture.lidocaine_mg(Fraction(10)) is None


def test_without_both_stocks_no_highest_lidocaine_is_worked_out(library: Library) -> None:
    (case,) = library.entry("protocols", "cervical-facet-case-report", Protocol).body.mixtures
    (low_back,) = library.entry("protocols", "lumbar-facet-extrapolated", Protocol).body.mixtures
    assert low_back.lidocaine_at_most is None
    assert replace(case, lidocaine_stock_percent=None).lidocaine_at_most is None


def test_a_strength_keeps_its_written_value_exactly(library: Library) -> None:
    (mixture,) = library.entry("protocols", "lumbar-facet-extrapolated", Protocol).body.mixtures
    assert mixture.lidocaine_mg(Fraction(10)) == Fraction(20)
    assert mixture.dextrose_g(Fraction(15, 2)) == Fraction(3, 2)


PROTOCOL = """
treatment = "{treatment}"
condition = "{condition}"
basis = "trial"
chosen_by = "a test"
why = "a test"
mixtures = []
targets = []
sessions = {{ fewest = {fewest}, usual = {usual}, most = {most}, cite = "enthesis-judgement" }}
interval = {{ days = {days}, cite = "enthesis-judgement" }}
first_choice = {first}
reviews = [{{ after_session = {review}, why = "a test", cite = "enthesis-judgement" }}]
"""
MINE = {
    "treatment": "dextrose-prolotherapy",
    "condition": "knee-osteoarthritis",
    "fewest": 1,
    "usual": 2,
    "most": 3,
    "days": 7,
    "first": "false",
    "review": 1,
}


def test_the_first_choice_stands_in_front_whatever_the_ids(with_entry: Callable[[str, str, str], Library]) -> None:
    mine = with_entry("protocols", "a-clinics-own", PROTOCOL.format(**MINE))
    found = protocols_for(mine, treatment="dextrose-prolotherapy", condition="knee-osteoarthritis")
    assert [entry.id for entry in found][:2] == ["knee-rabago-2013", "a-clinics-own"]


def test_two_first_choices_for_one_pair_are_refused(with_entry: Callable[[str, str, str], Library]) -> None:
    mine = with_entry("protocols", "mine", PROTOCOL.format(**MINE | {"first": "true"}))
    with pytest.raises(LibraryError) as refused:
        protocols_for(mine, treatment="dextrose-prolotherapy", condition="knee-osteoarthritis")
    assert str(refused.value) == (
        "protocols/mine.toml: 'knee-rabago-2013' is the first choice for knee-osteoarthritis already"
    )


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"treatment": "leeches"}, "there is no entry 'leeches' among the treatments"),
        ({"condition": "gout"}, "there is no entry 'gout' among the conditions"),
        ({"fewest": 0}, "1 <= fewest <= usual <= most was expected, not 0, 2, 3"),
        ({"fewest": 3}, "1 <= fewest <= usual <= most was expected, not 3, 2, 3"),
        ({"usual": 4}, "1 <= fewest <= usual <= most was expected, not 1, 4, 3"),
        ({"days": 0}, "a whole number of days above zero was expected, not 0"),
        ({"review": 0}, "sessions are counted from 1, not 0"),
    ],
)
def test_a_protocol_that_cannot_be_followed_does_not_load(
    wrong: dict[str, object], sentence: str, with_entry: Callable[[str, str, str], Library]
) -> None:
    with pytest.raises(LibraryError) as refused:
        protocols(with_entry("protocols", "mine", PROTOCOL.format(**MINE | wrong)))
    assert str(refused.value).startswith("protocols/mine.toml: ")
    assert sentence in str(refused.value)


def test_a_strength_of_nothing_does_not_load(with_entry: Callable[[str, str, str], Library]) -> None:
    body = PROTOCOL.format(**MINE).replace(
        "mixtures = []",
        'mixtures = [{ part = "joint", dextrose_percent = { value = 0, cite = "enthesis-judgement" } }]',
    )
    with pytest.raises(LibraryError, match="a number above zero was expected, not 0"):
        protocols(with_entry("protocols", "mine", body))
