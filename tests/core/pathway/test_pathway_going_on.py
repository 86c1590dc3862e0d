"""Planning again once sessions were given: numbers go on, and the clock does not start anew."""

from datetime import date, timedelta
from typing import Any

import pytest

from enthesis.knowledge import BadInput, Library
from enthesis.pathway import Plan, Washout, plan

SHIPPED = Library.shipped()
MONDAY = date(2027, 3, 1)
DEXTROSE = "dextrose-prolotherapy"
TABLETS = Washout("anti-inflammatory tablets", 7, 14, "Only those you take on your own.")


def planned(condition: str = "knee-osteoarthritis", start: date = MONDAY, **options: Any) -> Plan:
    return plan(**{"treatment": DEXTROSE, "condition": condition, "start": start, "library": SHIPPED} | options)


def test_going_on_keeps_the_numbers_and_the_clock() -> None:
    start = MONDAY + timedelta(days=35)  # the second session comes a week late
    made = planned(start=start, given=(MONDAY,), today=start, washouts=(TABLETS,))
    assert [(visit.number, visit.on) for visit in made.sessions] == [(2, start), (3, start + timedelta(days=28))]
    assert [entry.session for entry in made.diary] == [2] * 7 + [3] * 7
    assert [(wave.wave, wave.due) for wave in made.waves][:2] == [
        ("2-weeks", MONDAY + timedelta(days=14)),
        ("6-weeks", MONDAY + timedelta(days=42)),
    ]
    assert len(made.waves) == 6
    assert [review.after_session for review in made.reviews] == [2]
    assert [pause.session for pause in made.washouts] == [2, 3]


def test_a_pause_that_began_before_a_session_given_is_kept_while_it_lasts() -> None:
    given_days = (MONDAY, MONDAY + timedelta(days=14))
    made = planned("lumbar-facet-pain", start=MONDAY + timedelta(days=28), given=given_days, washouts=(TABLETS,))
    assert [(pause.session, pause.last_session, pause.stop_by) for pause in made.washouts] == [
        (1, 6, MONDAY - timedelta(days=7))
    ]


def test_a_review_is_not_promised_again_once_the_course_went_on_after_it() -> None:
    given_days = (MONDAY, MONDAY + timedelta(days=14))
    made = planned("lumbar-facet-pain", start=MONDAY + timedelta(days=28), given=given_days)
    assert [review.after_session for review in made.reviews] == [4]


def test_an_optional_session_is_planned_when_the_usual_number_is_done() -> None:
    given_days = tuple(MONDAY + timedelta(days=28 * count) for count in range(3))
    start = MONDAY + timedelta(days=84)
    assert [visit.number for visit in planned(start=start, given=given_days).sessions] == [4]
    assert [visit.number for visit in planned(start=start, given=given_days, sessions=5).sessions] == [4, 5]
    with pytest.raises(BadInput) as refused:
        planned(start=start, given=given_days, sessions=3)
    assert str(refused.value) == "sessions: 3 were given already, so a plan for 3 in all has none left"


def test_beyond_the_most_of_a_protocol_nothing_is_planned() -> None:
    given_days = tuple(MONDAY + timedelta(days=28 * count) for count in range(5))
    with pytest.raises(BadInput) as refused:
        planned(start=MONDAY + timedelta(days=140), given=given_days)
    assert str(refused.value) == "sessions: the protocol has 3 to 5 sessions, not 6"


def test_a_diary_stops_on_the_day_before_the_next_session() -> None:
    made = planned(start=MONDAY + timedelta(days=7), given=(MONDAY, MONDAY + timedelta(days=3)))
    assert {entry.session for entry in made.diary} == {3}
    close = planned(start=MONDAY, given=(MONDAY - timedelta(days=3),))
    assert [entry.day for entry in close.diary if entry.session == 2] == [1, 2, 3, 4, 5, 6, 7]


def test_sessions_a_week_apart_leave_six_days_of_diary_between_them(with_entry: Any) -> None:
    mine = with_entry(
        "protocols",
        "weekly",
        """
treatment = "dextrose-prolotherapy"
condition = "knee-osteoarthritis"
basis = "trial"
chosen_by = "a test"
why = "a test"
mixtures = []
targets = []
sessions = { fewest = 2, usual = 2, most = 2, cite = "enthesis-judgement" }
interval = { days = 7, cite = "enthesis-judgement" }
""",
    )
    made = planned(protocol="weekly", library=mine)
    assert [(entry.session, entry.day) for entry in made.diary] == [
        *((1, day) for day in range(1, 7)),
        *((2, day) for day in range(1, 8)),
    ]
