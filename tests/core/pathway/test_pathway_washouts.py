"""Medicines left out around sessions: the days, and what becomes of them when sessions lie close together."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import BadInput, Library
from enthesis.pathway import Washout, pauses, washouts_of

MONDAY = date(2027, 3, 1)


def after(*days: int) -> list[date]:
    return [MONDAY + timedelta(days=count) for count in days]


def stretches(washout: Washout, *sessions: int) -> list[tuple[date, date | None, int, int]]:
    return [(p.stop_by, p.restart_from, p.session, p.last_session) for p in pauses((washout,), after(*sessions))]


def test_seven_days_before_and_fourteen_after_one_session() -> None:
    assert stretches(Washout("tablets", 7, 14), 0) == [(*after(-7, 14), 1, 1)]


def test_sessions_far_apart_have_a_stretch_each() -> None:
    assert stretches(Washout("tablets", 7, 14), 0, 28) == [(*after(-7, 14), 1, 1), (*after(21, 42), 2, 2)]


@pytest.mark.parametrize(("apart", "number"), [(22, 2), (21, 1), (20, 1)])
def test_stretches_that_touch_become_one(apart: int, number: int) -> None:
    assert len(stretches(Washout("tablets", 7, 14), 0, apart)) == number


def test_one_stretch_spans_all_sessions_that_lie_close() -> None:
    assert stretches(Washout("tablets", 7, 14), 0, 14, 28, 56) == [(*after(-7, 42), 1, 3), (*after(49, 70), 4, 4)]


@pytest.mark.parametrize(("apart", "number"), [(8, 2), (7, 1)])
def test_where_nobody_said_when_to_take_it_again_each_session_has_its_last_day(apart: int, number: int) -> None:
    found = stretches(Washout("tablets", 7), 0, apart)
    assert (len(found), {restart for _, restart, _, _ in found}) == (number, {None})


def test_no_days_at_all_is_the_day_itself() -> None:
    assert stretches(Washout("tablets", 0, 0), 0) == [(*after(0, 0), 1, 1)]


@pytest.mark.parametrize(
    ("today", "note"),
    [(-7, "Ask us."), (-6, "Ask us. That day has passed: if any was taken since, ask the clinic for a later visit.")],
)
def test_a_last_day_that_has_passed_is_said(today: int, note: str) -> None:
    (pause,) = pauses((Washout("tablets", 7, 14, "Ask us."),), after(0), today=after(today)[0])
    assert (pause.note, pause.drug_class) == (note, "tablets")


def test_two_washouts_of_one_medicine_become_the_stricter() -> None:
    (pause,) = pauses((Washout("Tablets", 7, 14, "One."), Washout("tablets", 10, None, "Two.")), after(0))
    assert (pause.stop_by, pause.restart_from, pause.note) == (*after(-10, 14), "One. Two.")
    assert pause.drug_class == "Tablets"
    (pause,) = pauses((Washout("tablets", 7, 14), Washout("tablets", 3, 28)), after(0))
    assert (pause.stop_by, pause.restart_from, pause.note) == (*after(-7, 28), "")
    (pause,) = pauses((Washout("tablets", 7, None, "One."), Washout("tablets", 3, None, "One.")), after(0))
    assert (pause.restart_from, pause.note) == (None, "One.")


def test_different_medicines_keep_their_own_days_in_the_order_given() -> None:
    found = pauses((Washout("tablets", 7), Washout("fish oil", 3)), after(0))
    assert {pause.drug_class: pause.stop_by for pause in found} == dict(
        zip(("tablets", "fish oil"), after(-7, -3), strict=True)
    )
    assert [pause.drug_class for pause in found] == ["tablets", "fish oil"]


@pytest.mark.parametrize(
    ("title", "before", "behind", "sentence"),
    [
        ("", 7, None, "washouts: each needs the name of the medicine"),
        (" - ", 7, None, "washouts: each needs the name of the medicine"),
        ("tablets", -1, None, "washouts: days to leave out 'tablets' are counted from 0, not less"),
        ("tablets", 0, -1, "washouts: days to leave out 'tablets' are counted from 0, not less"),
    ],
)
def test_a_washout_that_means_nothing_is_refused(title: str, before: int, behind: int | None, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        Washout(title, before, behind)
    assert str(refused.value) == sentence


def test_days_beyond_the_calendar_are_refused() -> None:
    with pytest.raises(BadInput) as refused:
        pauses((Washout("tablets", 10**10),), after(0))
    assert str(refused.value) == "start: -10000000000 days from 2027-03-01 lie outside the calendar"


@given(st.integers(0, 30), st.integers(0, 90), st.lists(st.integers(1, 60), max_size=6))
def test_every_session_lies_in_one_stretch_with_its_full_days_on_both_sides(
    before: int, behind: int, gaps: list[int]
) -> None:
    sessions = [MONDAY + timedelta(days=sum(gaps[:count])) for count in range(len(gaps) + 1)]
    found = pauses((Washout("tablets", before, behind),), sessions)
    for number, day in enumerate(sessions, 1):
        (pause,) = [pause for pause in found if pause.session <= number <= pause.last_session]
        assert pause.stop_by <= day - timedelta(days=before)
        assert (pause.restart_from or date.min) >= day + timedelta(days=behind)
    for earlier, later in pairwise(found):
        assert (earlier.restart_from or date.max) < later.stop_by


RULE = """
then = "postpone"
strength = "clinic-practice"
to_clinician = "a test"
to_patient = "Only those you take on your own."
restart_days = 14
when = { %s }
"""
DRUG = "prescribed = %s\ningredients = [{ name = '%s' }]"


def test_a_rule_about_what_a_patient_may_stop_alone_gives_a_washout(with_entry: Any) -> None:
    with_entry("drugs", "test-oil", DRUG % ("false", "testoline"))
    with_entry("rules", "test-oil", RULE % 'taken_within = { classes = ["test-oil"], days = 7 }')
    mine = with_entry("drugs", "test-other", DRUG % ("false", "otheroline"))
    found = {washout.title: washout for washout in washouts_of(mine)}
    assert found["test-oil"] == Washout("test-oil", 7, 14, "Only those you take on your own.")


def test_a_rule_about_a_prescribed_drug_or_another_matter_gives_none(with_entry: Any) -> None:
    before = washouts_of(Library.shipped())
    with_entry("drugs", "test-thinner", DRUG % ("true", "thinoline"))
    mine = with_entry("rules", "test-thinner", RULE % 'taken_within = { classes = ["test-thinner"], days = 7 }')
    with_entry("rules", "test-age", RULE % 'answered = { question = "test-age" }')
    assert washouts_of(mine) == before


def test_the_washouts_of_the_shipped_rules_can_be_planned(library: Library) -> None:
    found = washouts_of(library)
    assert all(washout.days_before > 0 for washout in found)
    assert len(pauses(found, after(0))) == len({washout.title for washout in found})
