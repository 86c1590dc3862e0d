"""The dated plan: what is counted from the first injection, and what from each session."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import Library
from enthesis.pathway import Plan, Protocol, Washout, plan, plan_items, session_days

SHIPPED = Library.shipped()
MONDAY = date(2027, 3, 1)
DEXTROSE = "dextrose-prolotherapy"
TABLETS = Washout("anti-inflammatory tablets", 7, 14, "Only those you take on your own.")
NO_EVIDENCE = "There is no controlled evidence for dextrose injections into the facet joint."
CONDITIONS = (
    "cervical-facet-pain",
    "knee-osteoarthritis",
    "lateral-epicondylosis",
    "lumbar-facet-pain",
    "sacroiliac-pain",
)


def planned(condition: str = "knee-osteoarthritis", start: date = MONDAY, **options: Any) -> Plan:
    return plan(**{"treatment": DEXTROSE, "condition": condition, "start": start, "library": SHIPPED} | options)


def days_after(plan_: Plan, *days: int) -> list[date]:
    return [plan_.start + timedelta(days=count) for count in days]


def days_of(plan_: Plan, days: dict[int, int]) -> dict[int, date]:
    return {key: plan_.start + timedelta(days=count) for key, count in days.items()}


def test_a_knee_has_three_sessions_four_weeks_apart() -> None:
    made = planned()
    assert [(visit.number, visit.on) for visit in made.sessions] == list(enumerate(days_after(made, 0, 28, 56), 1))
    assert (made.treatment, made.condition, made.protocol, made.start) == (
        DEXTROSE,
        "knee-osteoarthritis",
        "knee-rabago-2013",
        MONDAY,
    )
    assert made.library == SHIPPED.fingerprint


def test_preparing_starts_a_week_before_each_session() -> None:
    made = planned()
    assert [visit.prepare_on for visit in made.sessions] == days_after(made, -7, 21, 49)


def test_preparing_never_starts_before_the_plan_is_made() -> None:
    made = planned(today=MONDAY - timedelta(days=3))
    assert [visit.prepare_on for visit in made.sessions] == days_after(made, -3, 21, 49)


def test_the_diary_runs_for_seven_days_after_each_session() -> None:
    made = planned()
    assert [(entry.session, entry.day, entry.on) for entry in made.diary] == [
        (number, day, MONDAY + timedelta(days=28 * (number - 1) + day)) for number in (1, 2, 3) for day in range(1, 8)
    ]


def test_the_waves_of_a_knee_counted_from_the_first_injection() -> None:
    made = planned()
    assert [(w.wave, w.due, w.opens, w.closes) for w in made.waves] == [
        ("baseline-1", *days_after(made, -7, -90, -1)),
        ("baseline-2", *days_after(made, 0, 0, 0)),
        ("2-weeks", *days_after(made, 14, 10, 18)),
        ("6-weeks", *days_after(made, 42, 32, 52)),
        ("3-months", *days_after(made, 91, 77, 105)),
        ("6-months", *days_after(made, 182, 152, 212)),
        ("12-months", *days_after(made, 364, 300, 425)),
        ("24-months", *days_after(made, 728, 668, 788)),
    ]
    assert made.waves[3].instruments == ("pain-nrs", "peg")
    assert made.waves[0].title == "first baseline, at booking"


@pytest.mark.parametrize(("booked", "due"), [(30, -7), (8, -7), (7, -7), (6, -6), (1, -1)])
def test_the_first_baseline_is_due_a_week_before_or_at_booking(booked: int, due: int) -> None:
    made = planned(today=MONDAY - timedelta(days=booked))
    assert (made.waves[0].wave, made.waves[0].due) == ("baseline-1", *days_after(made, due))


def test_booked_on_the_day_itself_there_is_no_first_baseline() -> None:
    made = planned(today=MONDAY)
    assert [wave.wave for wave in made.waves][:2] == ["baseline-2", "2-weeks"]
    assert made.waves[0].due == MONDAY


def test_the_reviews_of_a_low_back_fall_on_the_day_of_the_next_session() -> None:
    made = planned("lumbar-facet-pain")
    assert {review.after_session: review.on for review in made.reviews} == days_of(made, {2: 28, 4: 56})
    assert made.reviews[0].why.startswith("No improvement after two sessions")


def test_a_sacroiliac_joint_is_looked_at_before_the_second_session_too() -> None:
    made = planned("sacroiliac-pain")
    assert {review.after_session: review.on for review in made.reviews} == days_of(made, {1: 14, 2: 28})


def test_a_review_after_the_last_session_falls_where_the_next_would_be() -> None:
    made = planned("sacroiliac-pain", sessions=1)
    assert [review.on for review in made.reviews] == days_after(made, 14)
    assert [review.after_session for review in planned(sessions=4).reviews] == [2, 4]


@pytest.mark.parametrize("condition", ["lumbar-facet-pain", "cervical-facet-pain"])
def test_a_plan_for_a_facet_joint_says_that_there_is_no_controlled_evidence(condition: str) -> None:
    assert planned(condition).notes[0] == NO_EVIDENCE
    assert len(planned(condition).notes) == 2


def test_a_plan_for_a_knee_says_what_its_protocol_stands_on() -> None:
    assert [note.startswith("A randomised trial of 90 people") for note in planned().notes] == [True]


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)), st.sampled_from(CONDITIONS))
def test_a_later_start_moves_everything_by_as_many_days(start: date, condition: str) -> None:
    early, late = planned(condition, MONDAY, washouts=(TABLETS,)), planned(condition, start, washouts=(TABLETS,))
    shift = start - MONDAY
    assert [item.on + shift for item in plan_items(early)] == [item.on for item in plan_items(late)]
    assert [item.key for item in plan_items(early)] == [item.key for item in plan_items(late)]
    assert all(item.opens <= item.on <= item.closes for item in plan_items(late))


@given(st.integers(min_value=3, max_value=5))
def test_sessions_are_as_far_apart_as_the_protocol_says(number: int) -> None:
    knee = SHIPPED.entry("protocols", "knee-rabago-2013", Protocol).body
    days = session_days(knee, start=MONDAY, sessions=number)
    assert [(later - earlier).days for earlier, later in pairwise(days)] == [28] * (number - 1)
