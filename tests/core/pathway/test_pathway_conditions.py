"""Conditions: what they say of evidence, and what pain may and may not suggest."""

from collections.abc import Callable

import pytest

from enthesis.knowledge import BadInput, Library, LibraryError, parse_site
from enthesis.outcomes import free_for_all
from enthesis.pathway import Condition, conditions, is_site_of, levels_suggested

FACETS = ("cervical-facet-pain", "lumbar-facet-pain")
NO_EVIDENCE = "There is no controlled evidence for dextrose injections into the facet joint."


@pytest.mark.parametrize("id", FACETS)
def test_both_facet_conditions_say_that_there_is_no_controlled_evidence(id: str, library: Library) -> None:
    assert library.entry("conditions", id, Condition).body.must_say == NO_EVIDENCE


def test_the_shipped_conditions_and_the_instruments_of_each(library: Library) -> None:
    asked = {entry.id: entry.body.instruments for entry in conditions(library)}
    free = free_for_all(library)
    asked = {id: tuple(one for one in ids if one in free) for id, ids in asked.items()}
    first, last = ("pain-nrs", "peg"), ("psfs", "phq-4", "pgic", "satisfaction", "life-changing")
    assert asked == {
        "achilles-tendinopathy": (*first, *last),
        "cervical-facet-pain": (*first, *last),
        "hip-osteoarthritis": (*first, "hoos-jr", *last),
        "jaw-joint-pain": (*first, *last),
        "knee-osteoarthritis": (*first, "koos-jr", *last),
        "lateral-epicondylosis": (*first, *last),
        "lumbar-facet-pain": (*first, "rmdq-24", *last),
        "rotator-cuff-tendinopathy": (*first, "spadi", *last),
        "sacroiliac-pain": (*first, "rmdq-24", *last),
        "thumb-base-osteoarthritis": (*first, *last),
    }


def test_pain_in_the_neck_suggests_levels_that_the_neck_has(library: Library) -> None:
    neck = library.entry("conditions", "cervical-facet-pain", Condition).body
    for area in neck.referral:
        for level in levels_suggested(neck, area.area):
            assert is_site_of(neck, parse_site(f"cervical-facet:{level}", library))


@pytest.mark.parametrize("id", ["lumbar-facet-pain", "sacroiliac-pain"])
def test_pain_in_the_low_back_never_suggests_a_level(id: str, library: Library) -> None:
    back = library.entry("conditions", id, Condition).body
    assert [levels_suggested(back, area.area) for area in back.referral] == [(), (), ()]


def test_an_area_nobody_described_lists_those_there_are(library: Library) -> None:
    for id, there in (("sacroiliac-pain", "upper buttock; lower buttock; groin"), ("knee-osteoarthritis", "none")):
        with pytest.raises(BadInput) as refused:
            levels_suggested(library.entry("conditions", id, Condition).body, "knee")
        assert str(refused.value) == f"area: there is no area 'knee' for this condition; there are: {there}"


CONDITION = """
sites = ["{site}"]
instruments = []
codes = []
known = []
not_known = []
referral = [{{ area = "buttock", cite = "enthesis-judgement", levels = [{level}] }}]
"""


@pytest.mark.parametrize("site", ["lumbar-facet", "thoracic-facet"])
def test_an_entry_that_would_name_a_lumbar_level_from_pain_does_not_load(
    site: str, with_entry: Callable[[str, str, str], Library]
) -> None:
    with pytest.raises(LibraryError, match=r"conditions/mine\.toml: .*never inferred from where it hurts"):
        conditions(with_entry("conditions", "mine", CONDITION.format(site=site, level='"L4/5"')))


def test_a_condition_at_a_site_no_catalogue_has_does_not_load(with_entry: Callable[[str, str, str], Library]) -> None:
    with pytest.raises(LibraryError) as refused:
        conditions(with_entry("conditions", "mine", CONDITION.format(site="elbow", level="")))
    assert str(refused.value) == "conditions/mine.toml: there is no site 'elbow' in the catalogue"


@pytest.mark.parametrize(("site", "level"), [("lumbar-facet", ""), ("cervical-facet", '"C2/3"')])
def test_an_area_without_levels_loads_and_so_does_one_of_the_neck_with_them(
    site: str, level: str, with_entry: Callable[[str, str, str], Library]
) -> None:
    mine = with_entry("conditions", "mine", CONDITION.format(site=site, level=level))
    assert levels_suggested(mine.entry("conditions", "mine", Condition).body, "buttock") == (("C2/3",) if level else ())
