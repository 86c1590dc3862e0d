"""What a change is: which way, by how much, and by as much as counts; the same for better and for worse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import BadInput, Library
from enthesis.outcomes import Direction, Reached, Reading, Verdict, change, instrument

LIBRARY = Library.shipped()
PAIN, RMDQ, PGIC = (instrument(LIBRARY, id) for id in ("pain-nrs", "rmdq-24", "pgic"))
YES, NO = Reading(Reached.YES), Reading(Reached.NO)


def cannot(why):
    return Reading(Reached.UNREADABLE, why)


def test_seven_to_four_is_three_points_and_43_percent_better():
    found = change(baseline=7, now=4, instrument=PAIN)
    assert (found.baseline, found.now, found.points_better, found.direction) == (7, 4, 3, Direction.BETTER)
    assert found.percent_better == 300 / 7
    assert found.verdicts == (
        Verdict("30-percent", YES, NO),
        Verdict("50-percent", NO, cannot("from a baseline of 7 nobody can get worse by 3.5 points")),
        Verdict("2-points", YES, NO),
    )
    assert (found.better_by, found.worse_by) == (("30-percent", "2-points"), ())
    assert found.cannot_tell == ("from a baseline of 7 nobody can get worse by 3.5 points",)


def test_four_to_seven_is_worse_by_as_much():
    found = change(baseline=4, now=7, instrument=PAIN)
    assert (found.points_better, found.percent_better, found.direction) == (-3, -75, Direction.WORSE)
    assert (found.better_by, found.worse_by) == ((), ("30-percent", "50-percent", "2-points"))


def test_no_change_is_neither():
    found = change(baseline=5, now=5, instrument=PAIN)
    assert (found.points_better, found.percent_better, found.direction) == (0, 0, Direction.SAME)
    assert (found.better_by, found.worse_by, found.cannot_tell) == ((), (), ())


def test_from_no_pain_there_is_no_percentage():
    found = change(baseline=0, now=1, instrument=PAIN)
    nothing = cannot("the baseline is 0, and there is no percentage of nothing")
    assert (found.points_better, found.percent_better) == (-1, None)
    assert found.verdicts == (
        Verdict("30-percent", nothing, nothing),
        Verdict("50-percent", nothing, nothing),
        Verdict("2-points", cannot("from a baseline of 0 nobody can get better by 2 points"), NO),
    )


def test_where_points_or_percent_will_do_a_baseline_of_nothing_leaves_the_points():
    [verdict] = change(baseline=0, now=5, instrument=RMDQ).verdicts
    assert verdict.worse == YES


@pytest.mark.parametrize(
    ("baseline", "now", "better", "worse"),
    [
        (4, 2, YES, NO),
        (4, 2.9, NO, NO),
        (3.9, 2, cannot("a baseline of 3.9 is under 4: too near the end to tell better"), NO),
        (19, 14, YES, NO),
        (19, 24, NO, YES),
        (20, 15, YES, cannot("from a baseline of 20 nobody can get worse by 5 points")),
        (20.1, 15, YES, cannot("a baseline of 20.1 is over 20: too near the end to tell worse")),
    ],
)
def test_near_the_ends_of_the_roland_morris_a_change_cannot_be_read(baseline, now, better, worse):
    found = change(baseline=baseline, now=now, instrument=RMDQ)
    assert found.verdicts == (Verdict("5-points-or-30-percent", better, worse),)


@pytest.mark.parametrize(
    ("now", "direction", "better", "worse"),
    [
        (1, Direction.BETTER, YES, NO),
        (2, Direction.BETTER, YES, NO),
        (3, Direction.BETTER, NO, NO),
        (4, Direction.SAME, NO, NO),
        (5, Direction.WORSE, NO, NO),
        (6, Direction.WORSE, NO, YES),
        (7, Direction.WORSE, NO, YES),
    ],
)
def test_a_rating_of_change_is_read_as_it_stands_and_its_mirror_image_is_as_much_worse(now, direction, better, worse):
    found = change(baseline=None, now=now, instrument=PGIC)
    assert (found.baseline, found.now, found.points_better, found.percent_better) == (None, now, None, None)
    assert (found.direction, found.verdicts) == (direction, (Verdict("much-improved", better, worse),))


@pytest.mark.parametrize(
    ("now", "direction", "better", "worse"),
    [
        (7, Direction.BETTER, YES, NO),
        (6, Direction.BETTER, YES, NO),
        (5, Direction.BETTER, NO, NO),
        (3, Direction.WORSE, NO, NO),
        (2, Direction.WORSE, NO, YES),
    ],
)
def test_a_rating_that_rises_when_things_get_better_is_read_the_other_way(made, now, direction, better, worse):
    rising = made(
        rates_change=True,
        higher_is_worse=False,
        range=[1, 7],
        scoring={"kind": "single"},
        missing={"needed": 1, "says": ""},
        thresholds=[{"id": "much", "found_in": "x", "rated": 6}],
        answers={"c": {"first": 1, "labels": list("abcdefg")}},
        questions=[{"id": "q", "text": "?", "answers": "c"}],
    )
    found = change(baseline=None, now=now, instrument=rising)
    assert (found.direction, found.verdicts) == (direction, (Verdict("much", better, worse),))


@pytest.mark.parametrize(
    ("baseline", "now", "points", "better", "worse"),
    [
        (4, 6, 2, YES, NO),
        (4, 2, -2, NO, YES),
        (6, 8, 2, YES, NO),
        (2, 0, -2, NO, YES),
        (7, 8, 1, cannot("from a baseline of 7 nobody can get better by 2 points"), NO),
        (6.5, 8, 1.5, cannot("a baseline of 6.5 is over 6: too near the end to tell better"), NO),
        (1.5, 0, -1.5, NO, cannot("a baseline of 1.5 is under 2: too near the end to tell worse")),
    ],
)
def test_where_higher_is_better_everything_turns_round(made, baseline, now, points, better, worse):
    rising = made(
        higher_is_worse=False,
        thresholds=[{"id": "two", "found_in": "x", "points": 2}],
        readable={"baseline_from": 2, "baseline_to": 6 if baseline < 7 else 8},
    )
    found = change(baseline=baseline, now=now, instrument=rising)
    assert (found.points_better, found.verdicts) == (points, (Verdict("two", better, worse),))


@pytest.mark.parametrize(
    ("baseline", "now", "sentence"),
    [
        (None, 4, "baseline: a score from before the treatment is needed to tell a change"),
        (11, 4, "baseline: a score from 0 to 10 was expected, not 11"),
        (-0.1, 4, "baseline: a score from 0 to 10 was expected, not -0.1"),
        (7, 10.1, "now: a score from 0 to 10 was expected, not 10.1"),
        (7, float("nan"), "now: a score from 0 to 10 was expected, not nan"),
    ],
)
def test_a_score_off_the_scale_is_refused(baseline, now, sentence):
    with pytest.raises(BadInput) as refusal:
        change(baseline=baseline, now=now, instrument=PAIN)
    assert str(refusal.value) == sentence


def test_a_rating_of_change_takes_no_baseline():
    with pytest.raises(BadInput) as refusal:
        change(baseline=4, now=2, instrument=PGIC)
    assert str(refusal.value) == (
        "baseline: this instrument rates change since the start, so there is no baseline to give"
    )


scores = st.integers(0, 20).map(lambda half: half / 2)


@given(scores, scores)
def test_nobody_is_better_and_worse_at_once(baseline, now):
    found = change(baseline=baseline, now=now, instrument=PAIN)
    assert not (found.better_by and found.worse_by)
    assert not found.better_by or found.direction is Direction.BETTER
    assert not found.worse_by or found.direction is Direction.WORSE


@given(scores, scores, scores)
def test_less_pain_never_loses_a_threshold(baseline, one, other):
    worse, better = sorted((one, other), reverse=True)
    less = change(baseline=baseline, now=better, instrument=PAIN)
    more = change(baseline=baseline, now=worse, instrument=PAIN)
    assert set(more.better_by) <= set(less.better_by)
    assert set(less.worse_by) <= set(more.worse_by)


@given(st.integers(0, 24), st.integers(0, 24))
def test_a_threshold_is_a_threshold_by_plain_arithmetic(baseline, now):
    """A slow twin: whole numbers only, no fractions."""
    [verdict] = change(baseline=baseline, now=now, instrument=RMDQ).verdicts
    gained = baseline - now
    assert (verdict.better.reached is Reached.YES) == (baseline >= 4 and (gained >= 5 or 10 * gained >= 3 * baseline))


def test_a_hair_short_of_thirty_percent_is_not_thirty_percent():
    assert change(baseline=10, now=7.01, instrument=PAIN).better_by == ("2-points",)
    assert change(baseline=10, now=5.01, instrument=PAIN).better_by == ("30-percent", "2-points")


@pytest.mark.parametrize(
    ("baseline", "now", "better", "worse"),
    [
        (4, 2, YES, NO),
        (3.5, 2, cannot("from a baseline of 3.5 nobody can get better by 2 points"), NO),
        (8, 10, NO, YES),
        (8.5, 10, NO, cannot("from a baseline of 8.5 nobody can get worse by 2 points")),
    ],
)
def test_the_room_for_a_change_is_counted_from_the_ends_of_the_scale(made, baseline, now, better, worse):
    scale = {"much": {"first": 1, "labels": list("abcde")}}
    from_two_to_ten = made(range=[2, 10], answers=scale, thresholds=[{"id": "two", "found_in": "x", "points": 2}])
    found = change(baseline=baseline, now=now, instrument=from_two_to_ten)
    assert found.verdicts == (Verdict("two", better, worse),)
