"""What of each trial goes into a fit: one time, one instrument, on one scale; and a reason for each trial that does not."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.evidence.review.making import arm, counted, made, printed, trial

from enthesis.evidence.review import Better, Bias, Question, Scores, Window, choose, flow
from enthesis.knowledge import BadInput

PAIN = Question("pain")


def pair(id, first, second, **more):
    return [arm(id, "dextrose", first, **more), arm(id, "saline-injection", second, **more)]


def reasons(chosen):
    return {one.trial: why for one, why in chosen.left_out}


def test_the_time_nearest_to_the_one_asked_for_is_taken():
    of = made([trial("a")], pair("a", -2, -1, week=12) + pair("a", -4, -1, week=24) + pair("a", -3, -1, week=52))
    assert [side.mean for side in choose(of, PAIN).sides] == [-4, -1]
    assert [side.mean for side in choose(of, Question("pain", weeks=60)).sides] == [-3, -1]


def test_the_first_weeks_are_not_shown_as_benefit_unless_asked_for():
    of = made([trial("a")], pair("a", -2, -1, week=2))
    assert reasons(choose(of, PAIN)) == {"a": "outside the weeks asked for (6 to 1000)"}
    assert len(choose(of, Question("pain", window=Window.SHORT)).sides) == 2


def test_the_first_instrument_of_the_table_is_taken_among_those_of_the_same_week():
    of = made([trial("a")], pair("a", -2, -1, instrument="walking") + pair("a", -9, 0, instrument="at night"))
    assert choose(of, PAIN).taken[0].instrument == "walking"


def test_a_scale_of_100_points_where_high_is_good_is_turned_and_put_on_10():
    hundred = {"scale_min": 0.0, "scale_max": 100.0, "better": Better.HIGHER, "sd": 20.0}
    of = made([trial("a")], pair("a", 15.0, 6.0, **hundred))
    chosen = choose(of, PAIN)
    assert [(side.mean, side.sd) for side in chosen.sides] == [(-1.5, 2.0), (-0.6, 2.0)]
    assert chosen.taken[0].notes == ("0 to 100 put on 0 to 10, divided by 10", "sign turned, so that low is good")


def test_a_final_score_on_a_scale_that_starts_at_one_is_moved_to_nought_and_a_change_is_not():
    eleven = {"scale_min": 1.0, "scale_max": 21.0, "sd": 4.0}
    final = made([trial("a")], pair("a", 11.0, 21.0, kind=Scores.FINAL, **eleven))
    change = made([trial("a")], pair("a", -4.0, -2.0, kind=Scores.CHANGE, **eleven))
    assert [side.mean for side in choose(final, PAIN).sides] == [5.0, 10.0]
    assert [side.mean for side in choose(change, PAIN).sides] == [-2.0, -1.0]


def test_without_the_range_of_its_scale_a_trial_has_no_mean_difference_but_a_standardised_one():
    of = made([trial("a")], pair("a", -2, -1, scale_min=None, scale_max=None))
    assert reasons(choose(of, PAIN)) == {
        "a": "the range of the scale is not stated, so it cannot be put on a common one"
    }
    assert len(choose(of, Question("pain", "SMD")).sides) == 2


def test_changes_and_finals_meet_in_a_mean_difference_and_never_in_a_standardised_one():
    arms = pair("a", -2, -1) + pair("b", -2, -1) + pair("c", 3, 4, kind=Scores.FINAL)
    of = made([trial(id) for id in "abc"], arms)
    assert choose(of, PAIN).mixed
    standard = choose(of, Question("pain", "SMD"))
    assert not standard.mixed
    assert reasons(standard) == {"c": "final scores, and change ones were asked for"}
    asked = choose(of, Question("pain", "SMD", scores=Scores.FINAL))
    assert [one.trial.trial for one in asked.taken] == ["c"]


def test_a_row_marked_unfit_is_never_pooled_and_its_reason_is_the_trials():
    of = made([trial("a")], pair("a", -2, -1, unfit="second period of the crossover"))
    assert reasons(choose(of, PAIN)) == {"a": "second period of the crossover"}


@pytest.mark.parametrize(
    ("arms", "why"),
    [
        ([], "no row on pain"),
        ([arm("a", "dextrose", -2)], "no second arm readable"),
        ([arm("a", "dextrose", -2), arm("a", "dextrose", -1, arm="other dose")], "no second arm readable"),
        (pair("a", -2, -1, n=None), "size, mean or spread is missing"),
        (pair("a", -2, -1, better=None), "size, mean or spread is missing"),
        (pair("a", 5, 5, week=0, unfit="baseline"), "only baseline values readable"),
        ([counted("a", "dextrose", 3), counted("a", "exercise", 2)], "only shares of people readable"),
    ],
)
def test_a_trial_left_out_says_why(arms, why):
    assert reasons(choose(made([trial("a")], arms), PAIN)) == {"a": why}


def test_counts_of_people_answer_a_question_about_people():
    of = made([trial("a"), trial("b")], [counted("a", "dextrose", 12), counted("a", "exercise", 6), *pair("b", -2, -1)])
    chosen = choose(of, Question("pain", "OR"))
    assert [(side.node, side.events, side.n) for side in chosen.sides] == [("dextrose", 12, 20), ("exercise", 6, 20)]
    assert reasons(chosen) == {"b": "only scores readable, no counts of people"}


def test_a_printed_difference_serves_where_no_arms_do_with_the_error_of_its_interval():
    of = made([trial("a")], differences=[printed("a", "dextrose", "saline-injection", -10.0, half=9.8)])
    (gap,) = choose(of, PAIN).gaps
    assert gap.estimate == -1.0
    assert gap.se == pytest.approx(0.98 / 1.959963984540054)
    assert reasons(choose(of, Question("pain", "SMD"))) == {
        "a": "printed as a difference, which a standardised one cannot be made of"
    }


def test_arms_are_better_than_a_printed_difference():
    of = made([trial("a")], pair("a", -2, -1), [printed("a", "dextrose", "saline-injection", -10.0)])
    assert choose(of, PAIN).gaps == ()


def test_two_arms_with_one_treatment_become_one_as_if_their_people_were_one_group():
    rows = [
        arm("a", "dextrose", -3.0, n=10, sd=1.0, arm="low"),
        arm("a", "dextrose", -5.0, n=10, sd=1.0, arm="high"),
        arm("a", "exercise", 0.0),
    ]
    chosen = choose(made([trial("a")], rows), PAIN)
    joined = chosen.sides[0]
    assert (joined.n, joined.mean) == (20, -4.0)
    assert joined.sd == pytest.approx(math.sqrt((9 + 9 + 5 * 4) / 19))
    assert chosen.taken[0].notes == ("arms joined as one: low and high",)


def test_filters_leave_out_by_condition_bias_and_caution_and_say_so():
    trials = [trial("a"), trial("b", condition="elbow"), trial("c", bias=Bias.HIGH), trial("d")]
    of = made(trials, [row for id in "abc" for row in pair(id, -2, -1)] + pair("d", -2, -1, caution="joints counted"))
    asked = Question("pain", conditions=frozenset({"knee"}), bias=frozenset({Bias.UNCLEAR}), without_cautions=True)
    assert reasons(choose(of, asked)) == {
        "b": "another condition than asked for",
        "c": "risk of bias high, and it was not asked for",
        "d": "set aside with all that carry a caution: joints counted",
    }


def test_an_excluded_trial_stays_out_whatever_is_asked_and_the_flow_adds_up():
    trials = [trial("a"), trial("b", excluded="the same patients as a", same_patients_as="a"), trial("c")]
    of = made(trials, pair("a", -2, -1) + pair("b", -2, -1))
    went = flow(of, choose(of, PAIN))
    assert (len(went.pooled), len(went.not_pooled), len(went.excluded), went.found) == (1, 1, 1, 3)
    assert went.reasons == (("no row on pain", 1),)
    assert went.in_words() == (
        "3 found: 1 pooled here, 1 read but not usable for this question, 1 excluded, 0 awaiting extraction, 0 registered without results."
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Question("sleep"), "outcome: there is no 'sleep'; there are: pain, stairs"),
        (Question("pain", "HR"), "measure: 'HR'; one of MD, SMD, OR, RR, RD was expected"),
        (Question("pain", weeks=-1), "weeks: -1 weeks after the first treatment cannot be before it"),
        (Question("pain", conditions=frozenset({"hip"})), "condition: there is no 'hip'; there are: knee, elbow"),
    ],
)
def test_a_question_the_review_does_not_know_is_refused_in_one_sentence(asked, said):
    with pytest.raises(BadInput) as refused:
        choose(made([trial("a")]), asked)
    assert str(refused.value) == said


@given(st.permutations(range(6)))
def test_the_order_of_rows_changes_nothing_but_which_instrument_comes_first(order):
    rows = pair("a", -2, -1, week=12) + pair("a", -3, -1, week=24) + pair("b", -4, -2)
    usual = choose(made([trial("a"), trial("b")], rows), PAIN)
    mixed = choose(made([trial("a"), trial("b")], [rows[place] for place in order]), PAIN)
    assert set(mixed.sides) == set(usual.sides)
