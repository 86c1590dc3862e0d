"""Days without a drug: the arithmetic of the contract, and what outranks what."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.screening.made import ON, TODAY, asked_ahead, back, medicine, problem, read

from enthesis.screening import Answer, Route, State, Taking, When
from enthesis.screening.conditions import NO, Moment, Reading, Truth

WEEK = {"taken_within": {"classes": ["nsaid"], "days": 7, "question": "nsaid", "not_routes": ["topical", "eye"]}}
CHART_ONLY = {"taken_within": {"classes": ["nsaid"], "days": 7}}
NOTED = {"taken_within": {"classes": ["nsaid"], "days": 7, "problem": "long-term-anti-inflammatory"}}

DAYS = st.integers(min_value=0, max_value=60)


def says(answer: Answer | None) -> dict[str, Answer]:
    return {} if answer is None else {"nsaid": answer}


@given(washout=DAYS, last=DAYS)
def test_last_taken_on_day_x_it_is_free_on_x_plus_d(washout, last):
    when = {"taken_within": {"classes": ["nsaid"], "days": washout, "question": "nsaid"}}
    reading = read(when, answers={"nsaid": back(last)})
    if last >= washout:
        assert reading == NO
    else:
        assert (reading.truth, reading.free_on) == (Truth.YES, back(last) + timedelta(days=washout))


@given(washout=DAYS, ahead=DAYS)
def test_still_taken_it_can_be_stopped_while_the_day_of_asking_is_not_after_on_minus_d(washout, ahead):
    when = {"taken_within": {"classes": ["nsaid"], "days": washout, "question": "nsaid"}}
    reading = read(when, at=asked_ahead(ahead), answers={"nsaid": When.NOW})
    if ahead >= washout:
        assert (reading.stop_by, reading.free_on) == (back(washout), None)
    else:
        assert (reading.stop_by, reading.free_on) == (None, back(ahead) + timedelta(days=washout))


@pytest.mark.parametrize(
    ("taking", "last", "expected"),
    [
        (Taking.TAKING, None, (Truth.YES, 7, None)),
        (Taking.TAKING, 30, (Truth.UNKNOWN, None, None)),
        (Taking.TAKING, 3, (Truth.UNKNOWN, None, None)),
        (Taking.TAKING, 0, (Truth.YES, 7, None)),
        (Taking.TAKING, -3, (Truth.YES, 7, None)),
        (Taking.AS_NEEDED, None, (Truth.UNKNOWN, None, None)),
        (Taking.AS_NEEDED, 3, (Truth.YES, 4, None)),
        (Taking.AS_NEEDED, 7, (Truth.NO, None, None)),
        (Taking.STOPPED, None, (Truth.UNKNOWN, None, None)),
        (Taking.STOPPED, 6, (Truth.YES, 1, None)),
        (Taking.STOPPED, 7, (Truth.NO, None, None)),
        (Taking.NOT_TAKEN, None, (Truth.NO, None, None)),
        (Taking.NOT_TAKEN, 1, (Truth.NO, None, None)),
        (Taking.UNKNOWN, None, (Truth.UNKNOWN, None, None)),
        (Taking.UNKNOWN, 6, (Truth.UNKNOWN, None, None)),
        (Taking.UNKNOWN, 7, (Truth.NO, None, None)),
        (Taking.STOPPED, 0, (Truth.YES, 7, None)),
    ],
)
def test_how_a_medicine_stands_in_the_chart(taking, last, expected):
    item = medicine("ibuprofen", taking, last=None if last is None else back(last))
    reading = read(CHART_ONLY, medicines=(item,))
    free = None if reading.free_on is None else (reading.free_on - ON).days
    assert (reading.truth, free, reading.stop_by) == expected


def test_a_medicine_to_be_stopped_on_a_day_to_come_is_still_taken():
    item = medicine("ibuprofen", Taking.STOPPED, last=back(4))
    assert read(CHART_ONLY, at=asked_ahead(5), medicines=(item,)).free_on == back(5 - 7)
    assert read(CHART_ONLY, at=asked_ahead(4), medicines=(item,)).free_on == back(4 - 7)
    assert read(CHART_ONLY, at=asked_ahead(5), medicines=(item,)).because == (
        f"ibuprofen may be taken up to {back(4).isoformat()}"
    )
    assert "last taken" in read(CHART_ONLY, at=asked_ahead(4), medicines=(item,)).because


@pytest.mark.parametrize(
    ("since", "truth"),
    [(None, Truth.UNKNOWN), (0, Truth.UNKNOWN), (6, Truth.UNKNOWN), (371, Truth.UNKNOWN), (372, Truth.NO)],
)
def test_one_that_was_stopped_on_a_day_nobody_wrote_is_asked_about_unless_it_began_more_than_a_year_before(
    since, truth
):
    item = medicine("ibuprofen", Taking.STOPPED, since=None if since is None else back(since))
    reading = read(CHART_ONLY, medicines=(item,))
    assert reading.truth is truth
    began = "" if since is None else f" since {back(since).isoformat()}"
    assert reading.because == ("" if truth is Truth.NO else f"ibuprofen{began} was stopped on a day that nobody wrote")


def test_a_day_by_answer_settles_an_end_that_nobody_wrote_but_not_what_is_taken_as_needed():
    said_to_be_over = medicine("ibuprofen", Taking.UNKNOWN, last=back(2))
    over = medicine("Aleve", Taking.STOPPED, evidence="m2")
    now_and_then = medicine("Advil", Taking.AS_NEEDED, evidence="m3")
    settled = read(WEEK, answers={"nsaid": back(9)}, medicines=(said_to_be_over, over))
    assert settled == NO
    open_still = read(WEEK, answers={"nsaid": back(9)}, medicines=(said_to_be_over, over, now_and_then))
    assert (open_still.stop_by, open_still.evidence) == (back(7), ("answer:nsaid", "m3"))


def test_an_end_of_which_only_the_latest_day_is_known_is_asked_about():
    reading = read(CHART_ONLY, medicines=(medicine("ibuprofen", Taking.UNKNOWN, last=back(2)),))
    assert reading.because == f"ibuprofen was stopped on a day that nobody wrote, {back(2).isoformat()} at the latest"


def test_a_medicine_entered_as_taken_whose_end_is_over_is_asked_about():
    reading = read(CHART_ONLY, medicines=(medicine("ibuprofen", last=back(40)),))
    assert (reading.truth, reading.free_on) == (Truth.UNKNOWN, None)
    assert reading.because == f"ibuprofen is entered as taken, though its end was {back(40).isoformat()}"


def test_an_end_that_a_chart_writes_as_never_is_no_overflow():
    item = medicine("ibuprofen", Taking.STOPPED, last=date(9999, 12, 31))
    assert read(CHART_ONLY, medicines=(item,)).free_on == ON + timedelta(days=7)


@pytest.mark.parametrize("ahead", [0, 6, 7, 8])
def test_an_undated_use_names_the_day_to_stop_while_there_is_time(ahead):
    reading = read(CHART_ONLY, at=asked_ahead(ahead), medicines=(medicine("ibuprofen", Taking.AS_NEEDED),))
    assert (reading.truth, reading.stop_by) == (Truth.UNKNOWN, back(7) if ahead >= 7 else None)


@pytest.mark.parametrize(
    ("answer", "chart", "truth"),
    [
        (None, None, Truth.UNKNOWN),
        (When.NEVER, None, Truth.NO),
        (False, None, Truth.NO),
        (When.NOW, None, Truth.YES),
        (True, None, Truth.YES),
        (back(1), None, Truth.YES),
        (back(7), None, Truth.NO),
        (None, Taking.TAKING, Truth.YES),
        (When.NEVER, Taking.TAKING, Truth.UNKNOWN),
        (When.NEVER, Taking.AS_NEEDED, Truth.UNKNOWN),
        (When.NEVER, Taking.NOT_TAKEN, Truth.NO),
        (When.NEVER, Taking.STOPPED, Truth.UNKNOWN),
        (None, Taking.STOPPED, Truth.UNKNOWN),
        (back(7), Taking.STOPPED, Truth.NO),
        (back(7), Taking.UNKNOWN, Truth.YES),
        (When.NOW, Taking.NOT_TAKEN, Truth.YES),
        (back(1), Taking.TAKING, Truth.YES),
        (back(7), Taking.TAKING, Truth.YES),
        (back(7), Taking.AS_NEEDED, Truth.YES),
        (back(7), Taking.NOT_TAKEN, Truth.NO),
    ],
)
def test_the_answer_and_the_chart_together(answer, chart, truth):
    medicines = () if chart is None else (medicine("ibuprofen", chart),)
    assert read(WEEK, answers=says(answer), medicines=medicines).truth == truth


def test_an_unanswered_question_stays_one_even_when_the_chart_says_enough():
    assert read(WEEK).asks == ("nsaid",)
    assert read(WEEK, medicines=(medicine("ibuprofen"),)).asks == ("nsaid",)
    assert read(WEEK, answers={"nsaid": When.NOW}, medicines=(medicine("ibuprofen"),)).asks == ()
    assert read(CHART_ONLY) == NO


def test_a_day_by_answer_decides_over_a_chart_that_says_still_taken():
    reading = read(WEEK, answers={"nsaid": back(3)}, medicines=(medicine("ibuprofen"),))
    assert (reading.free_on, reading.evidence) == (back(3 - 7), ("answer:nsaid",))
    long_ago = read(WEEK, answers={"nsaid": back(10)}, medicines=(medicine("ibuprofen", since=back(900)),))
    assert (long_ago.truth, long_ago.free_on, long_ago.stop_by) == (Truth.YES, None, back(7))
    assert long_ago.because == (
        f"last taken, by answer, {back(10)}, though ibuprofen is being taken since {back(900).isoformat()}"
    )
    assert long_ago.evidence == ("answer:nsaid", "m1")


def test_a_later_day_in_the_chart_outranks_an_earlier_answer():
    newer = medicine("ibuprofen", Taking.STOPPED, last=back(2))
    assert read(WEEK, answers={"nsaid": back(10)}, medicines=(newer,)).free_on == back(2 - 7)
    assert read(WEEK, answers={"nsaid": back(3)}, medicines=(newer,)).free_on == back(2 - 7)
    assert read(WEEK, answers={"nsaid": back(1)}, medicines=(newer,)).free_on == back(1 - 7)
    same_day = read(WEEK, answers={"nsaid": back(2)}, medicines=(newer,))
    assert (same_day.free_on, same_day.evidence) == (back(2 - 7), ("answer:nsaid",))


def test_a_later_day_of_a_medicine_still_taken_is_not_counted_twice():
    taken = medicine("ibuprofen", last=back(2))
    assert read(WEEK, answers={"nsaid": back(10)}, medicines=(taken,)).free_on is None


def test_what_stands_in_the_way_longest_decides_and_all_are_shown():
    few = (
        medicine("ibuprofen", Taking.STOPPED, last=back(5), evidence="a"),
        medicine("naproxen", Taking.STOPPED, last=back(2), evidence="b"),
        medicine("celecoxib", Taking.AS_NEEDED, evidence="c"),
        medicine("celecoxib", Taking.AS_NEEDED, evidence="c"),
    )
    reading = read(CHART_ONLY, medicines=few)
    assert (reading.truth, reading.free_on, reading.evidence) == (Truth.YES, back(2 - 7), ("a", "b", "c"))
    assert reading.because == (
        f"ibuprofen last taken {back(5)}; naproxen last taken {back(2)}; "
        "celecoxib is taken as needed; the last time is not known"
    )


def test_a_doubt_outranks_what_can_still_be_stopped_in_time():
    both = (medicine("ibuprofen", evidence="a"), medicine("naproxen", Taking.UNKNOWN, evidence="b"))
    reading = read(CHART_ONLY, at=asked_ahead(10), medicines=both)
    assert (reading.truth, reading.stop_by, reading.evidence) == (Truth.UNKNOWN, back(7), ("a", "b"))
    assert reading.because.endswith("it is not known whether naproxen is taken")


def test_now_by_answer_is_joined_with_the_chart():
    stopped = medicine("naproxen", Taking.STOPPED, last=back(1))
    reading = read(WEEK, at=asked_ahead(1), answers={"nsaid": When.NOW}, medicines=(stopped,))
    assert reading == Reading(
        Truth.YES, f"taken now, by answer; naproxen last taken {back(1)}", ("answer:nsaid", "m1"), free_on=back(1 - 7)
    )


def test_never_against_the_chart_says_both():
    reading = read(WEEK, answers={"nsaid": When.NEVER}, medicines=(medicine("Aleve"),))
    assert reading == Reading(Truth.UNKNOWN, "answered never, but Aleve is being taken", ("answer:nsaid", "m1"))


def test_what_can_still_be_stopped_says_so():
    reading = read(CHART_ONLY, at=asked_ahead(7), medicines=(medicine("Aleve"),))
    assert reading.because == "Aleve is being taken; can still be stopped in time"


@pytest.mark.parametrize("route", [Route.TOPICAL, Route.EYE])
def test_a_route_that_does_not_count_is_left_to_other_rules(route):
    assert read(WEEK, answers={"nsaid": When.NEVER}, medicines=(medicine("ibuprofen", route=route),)) == NO


@pytest.mark.parametrize("route", [Route.ORAL, Route.INJECTED, Route.OTHER, Route.UNKNOWN, Route.NASAL])
def test_a_route_nobody_knows_counts(route):
    assert read(CHART_ONLY, medicines=(medicine("ibuprofen", route=route),)).truth == Truth.YES


def test_a_drug_of_another_class_is_left_alone():
    assert read(CHART_ONLY, medicines=(medicine("warfarin"),)) == NO


@pytest.mark.parametrize(
    ("state", "truth"), [(State.ACTIVE, Truth.UNKNOWN), (State.DOUBTFUL, Truth.UNKNOWN), (State.PAST, Truth.NO)]
)
def test_long_term_use_noted_in_the_chart_is_asked_about(state, truth):
    noted = problem("Long term use", state, icd10=("Z79.1",))
    reading = read(NOTED, problems=(noted,))
    assert (reading.truth, reading.evidence) == (truth, ("p1",) if truth is Truth.UNKNOWN else ())


def test_a_problem_of_another_kind_is_no_use():
    assert read(NOTED, problems=(problem("Gout"),)) == NO
    assert read(CHART_ONLY, problems=(problem("Long term use", icd10=("Z79.1",)),)) == NO


def test_the_moment_counts_back_from_the_injection():
    assert (TODAY.before(7), Moment(on=ON, as_of=back(3)).before(0)) == (back(7), ON)
