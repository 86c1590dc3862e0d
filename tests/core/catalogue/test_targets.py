"""The catalogue of targets: single places, found by words, and which of them one screening speaks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.catalogue import by_area, found, is_near, not_covered, targets, targets_for
from enthesis.knowledge import Area, BleedingClass, Library, Structure, parse_site, site_kinds
from enthesis.recovery import warning_signs_at
from enthesis.screening import rules

LIBRARY = Library.shipped()
EVERY = targets(LIBRARY)
KINDS = {entry.id: entry for entry in site_kinds(LIBRARY)}
anywhere = st.sampled_from(EVERY)


def site(written):
    return parse_site(written, LIBRARY)


def test_every_facet_joint_from_the_skull_to_the_sacrum_is_there_on_both_sides():
    levels = [one.level for one in EVERY if one.about.structure is Structure.FACET_JOINT and one.side == "right"]
    assert levels == [
        *("C0/1", "C1/2", "C2/3", "C3/4", "C4/5", "C5/6", "C6/7", "C7/T1"),
        *("T1/2", "T2/3", "T3/4", "T4/5", "T5/6", "T6/7", "T7/8", "T8/9", "T9/10", "T10/11", "T11/12", "T12/L1"),
        *("L1/2", "L2/3", "L3/4", "L4/5", "L5/S1"),
    ]
    assert {str(one) for one in EVERY} >= {f"lumbar-facet:{level}:left" for level in levels[-5:]}


def test_every_target_is_one_place_each_there_once_and_reads_back_as_itself():
    assert all(one.exact for one in EVERY)
    assert len({str(one) for one in EVERY}) == len({one.name for one in EVERY}) == len(EVERY)
    assert all(site(str(one)) == one for one in EVERY)


def test_a_joint_of_the_spine_is_called_as_people_call_it():
    assert site("lumbar-facet:L4/5:right").short == "right L4/5 facet joint"
    assert site("lumbar-facet:right").short == "right lumbar facet joint"
    assert site("knee:right").short == site("knee:right").name == "right knee"
    assert len({one.short for one in EVERY}) == len(EVERY)  # no two places are called the same


def test_every_entry_says_where_it_lies_what_it_is_and_who_advised_the_guidance():
    for entry in KINDS.values():
        assert entry.body.area is not Area.ELSEWHERE
        assert entry.body.structure is not Structure.NOT_STATED
        assert entry.body.bleeding_note
        advised = [one for one in entry.sources if "guidance" in one.supports]
        assert bool(entry.body.guidance) is bool(advised), entry.id


def test_what_no_list_of_bleeding_classes_names_beside_the_neck_takes_the_stricter_class():
    beside = [entry.body for entry in KINDS.values() if entry.body.area is Area.NECK]
    assert {kind.bleeding for kind in beside} == {BleedingClass.INTERMEDIATE}


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("right L4/5", "right L4/5 facet joint"),
        ("l4/5 RIGHT", "right L4/5 facet joint"),
        ("gluteus minimus left", "left gluteus minimus insertion"),
        ("fluoroscopy pelvis left", "left sacroiliac joint"),
        ("foot tendon right", "right Achilles tendon"),
    ],
)
def test_a_target_is_found_by_words_in_any_order(words, first):
    assert found(EVERY, words)[0].short == first


def test_words_nothing_is_called_by_find_nothing_and_no_words_find_all():
    assert found(EVERY, "spleen") == ()
    assert found(EVERY, "  ") == EVERY


@given(st.lists(anywhere, max_size=12, unique=True))
def test_groups_by_area_hold_each_site_once(some):
    groups = by_area(some)
    assert sorted((one for _, group in groups for one in group), key=str) == sorted(some, key=str)
    assert len({area for area, _ in groups}) == len(groups)


@given(anywhere, anywhere)
def test_whatever_is_covered_is_asked_every_rule_and_watched_for_every_sign_of_its_own(target, judged):
    """The promise itself, told plainly: of a covered target, no rule goes unasked but one for a milder class, or one whose
    very condition was asked with a stricter answer."""
    if not_covered(target, judged=judged, library=LIBRARY):
        return
    asked = {entry.id: entry.body for entry in rules(LIBRARY) if entry.body.where.covers(judged)}
    own = {entry.id: entry.body for entry in rules(LIBRARY) if entry.body.where.covers(target)}
    unasked = {id: rule for id, rule in own.items() if id not in asked}
    milder = {id for id, rule in unasked.items() if rule.where.bleeding}
    assert unasked.keys() <= milder or (judged.about.joint and not target.about.joint)
    for id in unasked.keys() - milder:
        assert [one for one in asked.values() if one.when == own[id].when and one.then.severity > own[id].then.severity]
    assert not milder or list(BleedingClass).index(target.about.bleeding) < list(BleedingClass).index(
        judged.about.bleeding
    )
    signs = {entry.id for entry in warning_signs_at(target, library=LIBRARY)}
    assert signs <= {entry.id for entry in warning_signs_at(judged, library=LIBRARY)}


@given(anywhere)
def test_a_judgment_for_one_place_always_speaks_for_that_place(one):
    assert one in targets_for(one, library=LIBRARY)
    assert not_covered(one, judged=one, library=LIBRARY) == ()


def test_the_neck_is_never_covered_by_a_judgment_for_the_low_back():
    beyond = not_covered(site("cervical-facet:C5/6:left"), judged=site("lumbar-facet:L4/5:left"), library=LIBRARY)
    titles = {entry.title for entry in rules(LIBRARY) if "intermediate" in entry.body.where.bleeding}
    assert titles <= set(beyond)
    assert not is_near(site("cervical-facet:C5/6:left"), site("lumbar-facet:L4/5:left"))


def test_a_sacroiliac_joint_needs_its_own_block_and_so_its_own_course():
    [beyond] = not_covered(site("sacroiliac:left"), judged=site("lumbar-facet:L4/5:left"), library=LIBRARY)
    assert "acroiliac" in beyond
    offered = {one.kind for one in targets_for(site("lumbar-facet:L4/5:left"), library=LIBRARY)}
    assert offered == {"lumbar-facet", "lumbopelvic-ligament", "sacroiliac-ligament", "coccyx"}


def test_a_ligament_beside_a_joint_is_covered_by_the_joint_and_the_joint_not_by_the_ligament():
    """Of an artificial joint the joint is refused and the ligament asks: the stricter answer holds for both."""
    joint, ligament = site("knee:right"), site("knee-ligament:right")
    assert not_covered(ligament, judged=joint, library=LIBRARY) == ()
    assert "Artificial joint at the target" in not_covered(joint, judged=ligament, library=LIBRARY)


def test_answers_about_the_knee_say_nothing_of_the_elbow():
    assert not is_near(site("lateral-epicondyle:right"), site("knee:right"))
    assert {one.kind for one in targets_for(site("knee:right"), library=LIBRARY)} == {"knee", "knee-ligament"}
