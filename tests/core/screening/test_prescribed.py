"""Medicines nobody stops alone: taken now, or until lately."""

import pytest
from tests.core.screening.made import back, medicine, problem, read

from enthesis.screening import Route, State, Taking, When
from enthesis.screening.conditions import NO, Reading, Truth

THINNER = {"takes": {"classes": ["anticoagulant", "antiplatelet"], "recently": 14, "question": "blood-thinner"}}
STEROID = {"takes": {"classes": ["corticosteroid"], "recently": 28, "not_routes": ["inhaled", "eye"]}}
TOPICAL = {"takes": {"classes": ["nsaid"], "recently": 7, "routes": ["topical"]}}
TWO = {"takes": {"classes": ["anticoagulant", "antiplatelet", "aspirin"], "recently": 14, "at_least": 2}}
OTHER_ASPIRIN = {"takes": {"classes": ["aspirin"], "not_classes": ["aspirin-small"], "recently": 7}}
NOTED = {"takes": {"classes": ["antithrombotic-other"], "recently": 14, "problem": "long-term-antithrombotic"}}


@pytest.mark.parametrize(
    ("taking", "last", "truth"),
    [
        (Taking.TAKING, None, Truth.YES),
        (Taking.TAKING, 5000, Truth.YES),
        (Taking.AS_NEEDED, None, Truth.YES),
        (Taking.UNKNOWN, None, Truth.YES),
        (Taking.STOPPED, None, Truth.NO),
        (Taking.STOPPED, 13, Truth.YES),
        (Taking.STOPPED, 14, Truth.NO),
        (Taking.NOT_TAKEN, None, Truth.NO),
        (Taking.NOT_TAKEN, 1, Truth.NO),
    ],
)
def test_how_a_medicine_stands_in_the_chart(taking, last, truth):
    item = medicine("warfarin", taking, last=None if last is None else back(last))
    assert read(THINNER, answers={"blood-thinner": False}, medicines=(item,)).truth == truth


ENDED = {"takes": {"classes": ["antithrombotic-other"], "recently": 14}}


@pytest.mark.parametrize(
    ("since", "truth"),
    [(None, Truth.UNKNOWN), (13, Truth.YES), (14, Truth.UNKNOWN), (378, Truth.UNKNOWN), (379, Truth.NO)],
)
def test_one_that_was_stopped_on_a_day_nobody_wrote_is_asked_about(since, truth):
    item = medicine("alteplase", Taking.STOPPED, since=None if since is None else back(since))
    reading = read(ENDED, medicines=(item,))
    assert reading.truth is truth
    assert reading.evidence == (() if truth is Truth.NO else ("m1",))
    assert ("stale or over" in reading.because) is (truth is Truth.UNKNOWN)


@pytest.mark.parametrize(("since", "truth"), [(90, Truth.UNKNOWN), (91, Truth.NO)])
def test_where_entries_grow_stale_sooner_an_end_that_nobody_wrote_says_nothing_sooner(since, truth):
    item = medicine("Amoxicillin", Taking.STOPPED, since=back(since))
    assert read(COURSE, medicines=(item,)).evidence == (("m1",) if truth is Truth.UNKNOWN else ())


@pytest.mark.parametrize(("last", "truth"), [(13, Truth.UNKNOWN), (14, Truth.NO)])
def test_one_of_which_only_the_latest_day_is_known_is_asked_about(last, truth):
    item = medicine("alteplase", Taking.UNKNOWN, last=back(last))
    assert read(ENDED, medicines=(item,)).truth is truth


@pytest.mark.parametrize(("answer", "truth"), [(None, Truth.UNKNOWN), (False, Truth.NO), (True, Truth.YES)])
def test_the_answer_settles_an_end_that_nobody_wrote(answer, truth):
    answers = {} if answer is None else {"blood-thinner": answer}
    reading = read(THINNER, answers=answers, medicines=(medicine("warfarin", Taking.STOPPED),))
    assert (reading.truth, reading.asks) == (truth, ("blood-thinner",) if answer is None else ())


def test_one_that_is_taken_and_one_that_may_be_over_are_two_that_may_be_taken_together():
    both = (medicine("warfarin"), medicine("Plavix", Taking.STOPPED, evidence="m2"))
    assert read(TWO, medicines=both).truth is Truth.UNKNOWN


@pytest.mark.parametrize(
    ("answer", "in_the_chart", "truth"),
    [
        (None, False, Truth.UNKNOWN),
        (False, False, Truth.NO),
        (True, False, Truth.YES),
        (When.NOW, False, Truth.YES),
        (When.NEVER, False, Truth.NO),
        (back(13), False, Truth.YES),
        (back(14), False, Truth.NO),
        (None, True, Truth.YES),
        (False, True, Truth.YES),
        (True, True, Truth.YES),
        (back(14), True, Truth.YES),
    ],
)
def test_the_answer_and_the_chart_together(answer, in_the_chart, truth):
    answers = {} if answer is None else {"blood-thinner": answer}
    medicines = (medicine("warfarin"),) if in_the_chart else ()
    assert read(THINNER, answers=answers, medicines=medicines).truth == truth


def test_the_chart_and_a_denial_are_shown_side_by_side():
    reading = read(THINNER, answers={"blood-thinner": False}, medicines=(medicine("Eliquis", since=back(400)),))
    assert reading == Reading(
        Truth.YES,
        f"in the chart: Eliquis (taking since {back(400).isoformat()}); though the answer was no",
        ("m1", "answer:blood-thinner"),
        ingredients=("apixaban",),
    )


def test_the_chart_and_a_yes_are_shown_side_by_side():
    reading = read(THINNER, answers={"blood-thinner": True}, medicines=(medicine("Eliquis"), medicine("Eliquis")))
    assert reading.because == "in the chart: Eliquis (taking); answered yes"
    assert reading.evidence == ("m1", "m1", "answer:blood-thinner")


def test_a_yes_alone_rests_on_the_answer():
    assert read(THINNER, answers={"blood-thinner": True}) == Reading(
        Truth.YES, "answered yes", ("answer:blood-thinner",)
    )


def test_an_unanswered_question_is_asked_unless_the_chart_says_it_all():
    assert read(THINNER) == Reading(Truth.UNKNOWN, asks=("blood-thinner",))
    assert read(THINNER, medicines=(medicine("warfarin"),)).asks == ()


def test_without_a_question_only_the_chart_speaks():
    assert read(STEROID) == NO
    assert read(STEROID, medicines=(medicine("prednisone"),)).evidence == ("m1",)


@pytest.mark.parametrize(
    ("route", "truth"), [(Route.INHALED, Truth.NO), (Route.EYE, Truth.NO), (Route.UNKNOWN, Truth.YES)]
)
def test_routes_that_do_not_count(route, truth):
    assert read(STEROID, medicines=(medicine("budesonide", route=route),)).truth == truth


@pytest.mark.parametrize(
    ("route", "truth"), [(Route.TOPICAL, Truth.YES), (Route.ORAL, Truth.NO), (Route.UNKNOWN, Truth.NO)]
)
def test_the_only_routes_that_count(route, truth):
    assert read(TOPICAL, medicines=(medicine("diclofenac", route=route),)).truth == truth


@pytest.mark.parametrize(
    ("names", "truth"),
    [
        (("warfarin",), Truth.NO),
        (("warfarin", "Coumadin"), Truth.NO),
        (("warfarin", "Aspirin 81 mg"), Truth.YES),
        (("warfarin", "Plavix", "Aspirin"), Truth.YES),
        (("Aspirin 25 MG / Dipyridamole 200 MG Oral Capsule",), Truth.YES),
    ],
)
def test_two_together_are_two_ingredients_and_not_two_boxes(names, truth):
    assert read(TWO, medicines=tuple(medicine(name) for name in names)).truth == truth


def test_a_medicine_that_another_rule_speaks_of_is_left_to_it():
    assert read(OTHER_ASPIRIN, medicines=(medicine("Aspirin 81 mg"),)) == NO
    assert read(OTHER_ASPIRIN, medicines=(medicine("Aspirin 325 mg"),)).truth == Truth.YES


@pytest.mark.parametrize(
    ("state", "truth"), [(State.ACTIVE, Truth.YES), (State.DOUBTFUL, Truth.YES), (State.PAST, Truth.NO)]
)
def test_long_term_use_noted_in_the_chart_counts(state, truth):
    noted = problem("Anticoagulation therapy", state)
    reading = read(NOTED, problems=(noted,))
    assert (reading.truth, reading.evidence) == (truth, ("p1",) if truth is Truth.YES else ())


def test_a_noted_use_is_named():
    reading = read(NOTED, problems=(problem("Anticoagulation therapy"),), medicines=(medicine("alteplase"),))
    assert reading.because == "in the chart: alteplase (taking), Anticoagulation therapy"
    assert reading.evidence == ("m1", "p1")


COURSE = {"takes": {"classes": ["antibiotic"], "recently": 1, "stale_days": 90, "question": "infection"}}


@pytest.mark.parametrize(
    ("since", "last", "answer", "truth"),
    [
        (89, None, None, Truth.YES),
        (90, None, None, Truth.UNKNOWN),
        (90, None, False, Truth.UNKNOWN),
        (90, None, True, Truth.YES),
        (90, 0, None, Truth.YES),
        (None, None, None, Truth.YES),
    ],
)
def test_a_prescription_that_nobody_ended_for_long_is_a_question(since, last, answer, truth):
    days = {"since": None if since is None else back(since), "last": None if last is None else back(last)}
    answers = {} if answer is None else {"infection": answer}
    assert read(COURSE, answers=answers, medicines=(medicine("Amoxicillin", **days),)).truth == truth


def test_what_is_said_of_a_stale_prescription():
    reading = read(COURSE, answers={"infection": False}, medicines=(medicine("Amoxicillin", since=back(900)),))
    assert reading == Reading(
        Truth.UNKNOWN,
        f"in the chart: Amoxicillin (taking since {back(900).isoformat()}); though the answer was no; "
        "the entry may be stale or over",
        ("m1", "answer:infection"),
        ingredients=("amoxicillin",),
    )
    assert read(COURSE, medicines=(medicine("Amoxicillin", since=back(900)),)).asks == ("infection",)


def test_of_a_stale_and_a_fresh_prescription_the_fresh_one_counts():
    both = (medicine("Amoxicillin", since=back(900)), medicine("Azithromycin", since=back(2), evidence="m2"))
    reading = read(COURSE, medicines=both)
    assert (reading.truth, reading.evidence) == (Truth.YES, ("m1", "m2"))


def test_without_a_limit_no_prescription_is_stale():
    assert read(THINNER, medicines=(medicine("warfarin", since=back(9000)),)).truth == Truth.YES
