"""Planning a course: what the patient is given to take home, and what the clinic may not skip."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from enthesis.knowledge import BadInput, Library
from enthesis.pathway import (
    Condition,
    Move,
    Plan,
    Report,
    Stage,
    Washout,
    after,
    check_report,
    levels_suggested,
    move_of_screening,
    plan,
    plan_as_ics,
)

LIBRARY = Library.shipped()
MONDAY = date(2027, 3, 1)
TWO_WEEKS_BEFORE = MONDAY - timedelta(days=14)
IBUPROFEN = Washout("anti-inflammatory tablets", 7, 14, "Only those you take on your own.")
NO_EVIDENCE = "There is no controlled evidence for dextrose injections into the facet joint."


def course_of(condition: str, **options: Any) -> Plan:
    terms = {"start": MONDAY, "today": TWO_WEEKS_BEFORE, "washouts": (IBUPROFEN,), "library": LIBRARY}
    return plan(treatment="dextrose-prolotherapy", condition=condition, **terms | options)


def stage_after(moves: Iterable[Move], stage: Stage = Stage.ENROLLED) -> Stage:
    for move in moves:
        stage = after(stage, move)
    return stage


UP_TO_THE_NEEDLE = (Move.SCREEN_PASSES, Move.PLAN, Move.MIX, Move.ASSESS, Move.ANAESTHETISE)
ONE_SESSION = (*UP_TO_THE_NEEDLE, Move.INJECT, Move.OBSERVE, Move.SEND_HOME)


def test_a_patient_with_back_pain_comes_six_times_two_weeks_apart() -> None:
    visits = [visit.on.isoformat() for visit in course_of("lumbar-facet-pain").sessions]

    assert visits == ["2027-03-01", "2027-03-15", "2027-03-29", "2027-04-12", "2027-04-26", "2027-05-10"]


def test_a_patient_with_facet_pain_is_told_that_nobody_has_tested_this() -> None:
    assert course_of("lumbar-facet-pain").notes[0] == NO_EVIDENCE
    assert course_of("cervical-facet-pain").notes[0] == NO_EVIDENCE


def test_the_last_ibuprofen_is_a_full_week_before_the_injection() -> None:
    first = course_of("knee-osteoarthritis").washouts[0]

    assert (first.stop_by, first.restart_from) == (date(2027, 2, 22), date(2027, 3, 15))


def test_with_sessions_two_weeks_apart_ibuprofen_stays_away_from_first_to_last() -> None:
    (only,) = course_of("lumbar-facet-pain").washouts

    assert (only.stop_by, only.restart_from) == (date(2027, 2, 22), date(2027, 5, 24))


def test_someone_booked_for_tomorrow_is_told_that_the_last_day_for_ibuprofen_has_gone() -> None:
    first = course_of("knee-osteoarthritis", today=date(2027, 2, 28)).washouts[0]

    assert first.note == (
        "Only those you take on your own. "
        "That day has passed: if any was taken since, ask the clinic for a later visit."
    )


def test_everybody_is_asked_twice_before_the_needle_and_six_times_after_the_first_one() -> None:
    waves = course_of("knee-osteoarthritis").waves

    assert [wave.wave for wave in waves if wave.due <= MONDAY] == ["baseline-1", "baseline-2"]
    assert [wave.wave for wave in waves if wave.due > MONDAY] == [
        "2-weeks",
        "6-weeks",
        "3-months",
        "6-months",
        "12-months",
        "24-months",
    ]


def test_a_patient_who_stops_after_one_session_is_asked_on_the_same_days_as_one_who_had_three() -> None:
    assert course_of("sacroiliac-pain", sessions=1).waves == course_of("sacroiliac-pain", sessions=3).waves


def test_when_the_second_visit_comes_late_the_questions_keep_their_days() -> None:
    promised = course_of("knee-osteoarthritis").waves
    late = course_of("knee-osteoarthritis", given=(MONDAY,), start=MONDAY + timedelta(days=40))

    assert late.waves == promised[2:]
    assert [visit.number for visit in late.sessions] == [2, 3]


def test_the_clinician_looks_again_before_a_third_session() -> None:
    review = course_of("knee-osteoarthritis").reviews[0]

    assert (review.after_session, review.on) == (2, course_of("knee-osteoarthritis").sessions[2].on)


def test_a_calendar_lying_open_tells_nobody_what_hurts() -> None:
    made = plan_as_ics(course_of("lumbar-facet-pain"), uid_prefix="course-0042", now=datetime(2027, 2, 15, tzinfo=UTC))
    titles = {str(event["summary"]) for event in Calendar.from_ical(made).walk("VEVENT")}

    words = {word for title in titles for word in title.lower().split()}
    assert words & {"lumbar", "facet", "pain", "dextrose", "injection", "tablets", "anti-inflammatory"} == set()


def test_pain_in_the_buttock_does_not_say_which_lumbar_joint_to_treat() -> None:
    back = LIBRARY.entry("conditions", "lumbar-facet-pain", Condition).body

    assert levels_suggested(back, "buttock and side of the hip") == ()


def test_a_course_cannot_start_yesterday() -> None:
    with pytest.raises(BadInput) as refused:
        course_of("knee-osteoarthritis", today=date(2027, 3, 2))

    assert str(refused.value) == "start: 2027-03-01 lies in the past; today is 2027-03-02"


def test_nobody_is_anaesthetised_before_the_recipe_is_made() -> None:
    with pytest.raises(BadInput) as refused:
        stage_after((Move.SCREEN_PASSES, Move.PLAN, Move.ANAESTHETISE))

    assert str(refused.value) == "stage: the recipe must be made before the skin is anaesthetised"


@pytest.mark.parametrize("decision", ["postpone", "refuse"])
def test_a_patient_who_was_postponed_or_refused_is_not_planned_for(decision: str) -> None:
    with pytest.raises(BadInput) as refused:
        stage_after((move_of_screening(decision), Move.PLAN))

    assert str(refused.value) == (
        f"stage: the screening says {decision}, so the patient must be screened again before the visit is planned"
    )


def test_a_question_for_the_clinician_waits_for_the_clinician() -> None:
    with pytest.raises(BadInput):
        stage_after((move_of_screening("ask"), Move.PLAN))

    assert stage_after((move_of_screening("ask"), Move.ALLOW, Move.PLAN)) == Stage.PLANNED


def test_a_fever_found_on_the_day_sends_the_patient_home_untreated() -> None:
    on_the_day = stage_after((Move.SCREEN_PASSES, Move.PLAN, Move.MIX))

    assert after(on_the_day, move_of_screening("postpone")) == Stage.POSTPONED


def test_each_session_needs_a_screening_of_its_own() -> None:
    with pytest.raises(BadInput) as refused:
        stage_after((*ONE_SESSION, Move.GO_ON, Move.PLAN))

    assert str(refused.value) == "stage: the patient must be screened before the visit is planned"
    assert stage_after((*ONE_SESSION, Move.GO_ON, *ONE_SESSION, Move.STOP, Move.CLOSE)) == Stage.CLOSED


def test_a_diary_may_come_while_the_next_visit_is_being_prepared() -> None:
    preparing = stage_after((*ONE_SESSION, Move.GO_ON, Move.SCREEN_PASSES, Move.PLAN))

    check_report(Report.DIARY, on=MONDAY + timedelta(days=3), stage=preparing, first_injection=MONDAY)


def test_a_diary_before_any_injection_has_nothing_to_tell() -> None:
    with pytest.raises(BadInput) as refused:
        check_report(Report.DIARY, on=MONDAY, stage=stage_after(UP_TO_THE_NEEDLE), first_injection=None)

    assert str(refused.value) == "diary: the first injection must be recorded before a diary is taken"


def test_a_warning_sign_from_someone_who_withdrew_is_still_heard() -> None:
    gone = stage_after((*ONE_SESSION, Move.WITHDRAW))

    check_report(Report.DIARY, on=MONDAY + timedelta(days=2), stage=gone, first_injection=MONDAY)
