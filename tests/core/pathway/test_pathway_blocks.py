"""Diagnostic blocks: what each source asks, held against what was done at this very joint."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import Library, LibraryError, parse_site
from enthesis.pathway import Block, BlockRule, block_rules, blocks_asked, blocks_not_on_record

LIBRARY = Library.shipped()
HERE, THERE = "lumbar-facet:L4/5:right", "lumbar-facet:L4/5:left"
DAY = date(2030, 1, 1)


def met(*blocks, site=HERE):
    asked = blocks_asked(LIBRARY, site=parse_site(site, LIBRARY), blocks=blocks)
    return [rule.met for rule in asked]


def block(relief, days=0, site=HERE):
    return Block(site, DAY + timedelta(days=days), relief)


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ((), [False, False, False]),
        ((block(80),), [False, True, True]),
        ((block(80), block(80, 14)), [True, True, True]),
        ((block(80), block(79, 14)), [False, True, True]),
        ((block(80), block(90)), [False, True, True]),  # the same day is one block
        ((block(74),), [False, False, True]),
        ((block(49),), [False, False, False]),
        ((block(100, site=THERE), block(100, 14, site=THERE)), [False, False, False]),
    ],
)
def test_each_source_asks_its_own_and_only_this_very_joint_counts(blocks, said):
    assert met(*blocks) == said


def test_a_sacroiliac_joint_is_asked_otherwise_and_a_knee_not_at_all():
    here = "sacroiliac:left"
    assert met(block(60, site=here), site=here) == [False, False, True]
    assert met(block(60, site=here), block(60, 14, site=here), site=here) == [False, True, True]
    assert met(site="knee:right") == []


@given(st.lists(st.builds(block, st.integers(0, 100), st.integers(0, 60)), max_size=5), st.integers(0, 100))
def test_one_more_block_never_takes_a_rule_back(blocks, relief):
    assert all(after or not before for before, after in zip(met(*blocks), met(*blocks, block(relief, 99)), strict=True))


@pytest.mark.parametrize(("relief", "blocks"), [(0, 1), (101, 1), (50, 0)])
def test_an_impossible_rule_is_refused(relief, blocks):
    with pytest.raises(LibraryError):
        BlockRule(("knee",), relief, blocks, "says")


def test_every_rule_speaks_of_joints_that_are_there():
    there = LIBRARY.files("sites")
    assert all(site in there for entry in block_rules(LIBRARY) for site in entry.body.sites)


@pytest.mark.parametrize(
    ("said", "sites", "on_record", "missing"),
    [
        (True, [HERE], [], [HERE]),
        (True, [HERE], [HERE], []),
        (True, [HERE, THERE, HERE], [THERE], [HERE]),
        (True, [HERE], ["sacroiliac:left"], [HERE]),
        (True, ["lumbar-facet"], [], ["lumbar-facet"]),
        (True, ["lumbar-facet"], [THERE], []),  # no level is named, so a block at any of them answers
        (True, ["lumbar-facet"], ["sacroiliac:left"], ["lumbar-facet"]),
        (True, ["sacroiliac:right"], [], ["sacroiliac:right"]),
        (True, ["knee:right"], [], []),
        (False, [HERE], [], []),
        (None, [HERE], [], []),
    ],
)
def test_a_block_the_screening_was_told_of_is_missed_where_none_is_on_record(said, sites, on_record, missing):
    found = blocks_not_on_record(
        LIBRARY,
        answers={} if said is None else {"diagnostic-block": said},
        sites=[parse_site(site, LIBRARY) for site in sites],
        blocks=[block(0, site=site) for site in on_record],
    )
    assert [str(site) for site in found] == missing
