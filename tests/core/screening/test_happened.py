"""What was done at the site before: the answer decides, and the chart is asked about."""

from datetime import date

import pytest
from tests.core.screening.made import asked_ahead, back, medicine, read

from enthesis.screening import PastProcedure, Route, Taking, When, condition
from enthesis.screening.conditions import NO, Reading, Truth

SHOT = {
    "happened_within": {
        "days": 90, "question": "injection-at-site", "procedure_words": ["inject*"], "not_words": ["prolotherap*"],
    }
}  # fmt: skip


def says(answer):
    return {} if answer is None else {"injection-at-site": answer}


def done(name, days=None, evidence="pr1"):
    return PastProcedure(name, evidence, None if days is None else back(days))


@pytest.mark.parametrize(
    ("answer", "truth", "free"),
    [
        (back(89), Truth.YES, back(-1)),
        (back(90), Truth.NO, None),
        (back(91), Truth.NO, None),
        (When.NEVER, Truth.NO, None),
        (False, Truth.NO, None),
        (When.NOW, Truth.YES, back(-90)),
        (True, Truth.YES, back(-90)),
        (None, Truth.UNKNOWN, None),
    ],
)
def test_the_answer_alone(answer, truth, free):
    reading = read(SHOT, answers=says(answer))
    assert (reading.truth, reading.free_on) == (truth, free)


def test_now_means_the_day_of_asking():
    assert read(SHOT, at=asked_ahead(10), answers=says(When.NOW)).free_on == back(10 - 90)


@pytest.mark.parametrize(
    ("answer", "procedure", "truth"),
    [
        (None, done("Injection of knee", 30), Truth.UNKNOWN),
        (When.NEVER, done("Injection of knee", 89), Truth.UNKNOWN),
        (When.NEVER, done("Injection of knee", 90), Truth.NO),
        (When.NEVER, done("Injection of knee"), Truth.UNKNOWN),
        (When.NEVER, done("Colonoscopy", 3), Truth.NO),
        (When.NEVER, done("Prolotherapy injection", 3), Truth.NO),
        (back(100), done("Injection of knee", 89), Truth.UNKNOWN),
        (back(100), done("Injection of knee"), Truth.NO),
        (back(89), done("Injection of knee", 30), Truth.YES),
    ],
)
def test_the_answer_and_the_chart_together(answer, procedure, truth):
    assert read(SHOT, answers=says(answer), procedures=(procedure,)).truth == truth


def test_a_procedure_of_the_very_day_answered_is_the_one_that_was_meant():
    short = {"happened_within": {"days": 90, "question": "injection-at-site", "procedure_words": ["inject*"]}}
    assert read(short, answers=says(back(90)), procedures=(done("Injection of knee", 90),)) == NO


def test_what_is_said():
    found = (done("Injection of knee", 30), done("Injection of hip", evidence="pr2"))
    assert read(SHOT, procedures=found) == Reading(
        Truth.UNKNOWN,
        f"in the chart: Injection of knee on {back(30).isoformat()}, Injection of hip, not dated",
        ("pr1", "pr2"),
        asks=("injection-at-site",),
    )
    never = read(SHOT, answers=says(When.NEVER), procedures=found[:1])
    assert never.because == f"answered never, but in the chart: Injection of knee on {back(30).isoformat()}"
    assert never.evidence == ("answer:injection-at-site", "pr1")
    before = read(SHOT, answers=says(back(100)), procedures=found[:1])
    assert before.because.startswith(f"last done, by answer, {back(100).isoformat()}, but in the chart: ")
    yes = read(SHOT, answers=says(back(89)), procedures=found[:1])
    assert yes.because.startswith(f"last done {back(89).isoformat()}, by answer; in the chart: Injection of knee")
    assert yes.evidence == ("answer:injection-at-site", "pr1")
    assert read(SHOT).because == ""


def test_a_far_day_is_no_overflow():
    assert read(SHOT, answers=says(date(9999, 12, 31))).free_on == date(9999, 12, 31)


SHOTS = {"happened_within": SHOT["happened_within"] | {"shots": ["corticosteroid"]}}
KENALOG = "triamcinolone acetonide 40 mg/mL injection"


@pytest.mark.parametrize(
    ("shot", "found"),
    [
        (medicine(KENALOG, Taking.STOPPED, route=Route.INJECTED, last=back(89)), True),
        (medicine(KENALOG, Taking.STOPPED, route=Route.INJECTED, last=back(90)), False),
        (medicine(KENALOG, Taking.TAKING, route=Route.INJECTED), True),
        (medicine(KENALOG, Taking.NOT_TAKEN, route=Route.INJECTED), False),
        (medicine("prednisone tablet", Taking.STOPPED, route=Route.ORAL, last=back(30)), False),
        (medicine("enoxaparin injection", Taking.STOPPED, route=Route.INJECTED, last=back(30)), False),
    ],
)
def test_a_steroid_shot_among_the_medicines_is_asked_about_like_one_among_the_procedures(shot, found):
    reading = read(SHOTS, answers=says(When.NEVER), medicines=(shot,))
    assert reading.truth is (Truth.UNKNOWN if found else Truth.NO)
    assert reading.evidence == (("answer:injection-at-site", "m1") if found else ())
    assert read(SHOT, answers=says(When.NEVER), medicines=(shot,)) == NO


def test_a_steroid_shot_is_shown_with_its_day():
    given = medicine(KENALOG, Taking.STOPPED, route=Route.INJECTED, last=back(30))
    because = read(SHOTS, answers=says(When.NEVER), medicines=(given,)).because
    assert because == f"answered never, but in the chart: {KENALOG} on {back(30).isoformat()}"


def test_the_classes_of_shots_must_exist():
    assert condition(SHOTS, "x").refers_to() == (("drugs", "corticosteroid"),)
    assert condition(SHOT, "x").refers_to() == ()
