"""A report told in parts: what one part showed stays, what was left open can still be answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import Library, parse_site
from enthesis.recovery import CHANGED, Kind, Urgency, Watch, diary_questions, judge, report_of, standing

LIBRARY = Library.shipped()
SITES = [parse_site(name, LIBRARY) for name in ("knee:left", "lumbar-facet:L4/5:right", "thoracic-facet", "shoulder")]
DAYS = st.integers(0, 14)


@st.composite
def told(draw):
    """A site, a day, and two or more parts of that day's report: each changes some answers of the one before."""
    site, day = draw(st.sampled_from(SITES)), draw(DAYS)
    asked = diary_questions(site=site, day=day, library=LIBRARY)
    one = {q.id: st.integers(0, 10) if q.kind is Kind.SCALE else st.booleans() for q in asked}
    parts = draw(st.lists(st.fixed_dictionaries({}, optional=one), min_size=2, max_size=4))
    return site, day, parts


def judged_in_parts(site, day, parts):
    report, watch = {}, Watch(Urgency.EXPECTED)
    for part in parts:
        report = report | part
        watch = standing(judge(report, site=site, day=day, library=LIBRARY), watch.findings)
        yield report, watch


@given(told())
def test_the_urgency_never_falls_below_what_any_part_has_shown(case):
    """Only the floor for open questions may go, by answering them: no sign that was found goes."""
    found = set()
    for report, watch in judged_in_parts(*case):
        alone = judge(report, site=case[0], day=case[1], library=LIBRARY)
        assert {one.warning for one in watch.findings} == found | {one.warning for one in alone.findings}
        assert watch.urgency.rank >= max([one.urgency.rank for one in watch.findings], default=0)
        assert watch.urgency.rank >= alone.urgency.rank
        assert watch.unanswered == alone.unanswered
        found = {one.warning for one in watch.findings}


@given(told())
def test_a_report_told_at_once_is_judged_as_ever(case):
    site, day, parts = case
    alone = judge(parts[0], site=site, day=day, library=LIBRARY)
    assert standing(alone, ()) == alone
    assert standing(alone, alone.findings) == alone


def test_a_fever_that_is_taken_back_stays_with_a_word_on_it(judged):
    first = judged("knee:left", 2, pain=3, fever=True)
    then = standing(judged("knee:left", 2, pain=3, fever=False), first.findings)
    again = standing(judged("knee:left", 2, pain=4, fever=False), then.findings)
    kept = next(one for one in again.findings if one.warning == first.findings[0].warning)
    assert (again.urgency, kept.because.count(CHANGED)) == (first.urgency, 1)
    assert kept.because == f"{first.findings[0].because}; told first, then changed"
    assert first.findings[0].to_patient in again.to_patient


def test_a_sign_told_again_reads_as_it_is_now(judged):
    first = judged("knee:left", 2, pain=3, fever=True)
    gone = standing(judged("knee:left", 2, pain=3, fever=False), first.findings)
    back = standing(judged("knee:left", 2, pain=5, fever=True), gone.findings)
    assert [one.because for one in back.findings if CHANGED in one.because] == []


@pytest.fixture
def asked():
    return diary_questions(site=SITES[0], day=2, library=LIBRARY)


def test_nothing_else_is_a_no_to_all_that_was_not_marked(asked):
    report = report_of(asked, {"pain": 4, "fever": True, "heat": None}, nothing_else=True)
    rest = {q.id: False for q in asked if q.kind is Kind.YES_NO} | {"pain": 4, "fever": True}
    assert report == rest


def test_without_nothing_else_what_was_not_marked_stays_open(asked):
    assert report_of(asked, {"pain": 4, "heat": False, "fever": None}, nothing_else=False) == {"pain": 4, "heat": False}


def test_a_yes_that_is_not_asked_that_day_is_heard_and_pain_is_never_made_up(asked):
    report = report_of(asked, {"breathless": True}, nothing_else=True)
    assert (report["breathless"], "pain" in report) == (True, False)
