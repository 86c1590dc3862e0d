"""Measuring: what an answer is worth, what a change means, and what a patient is told of it."""

from datetime import date, timedelta

import pytest

from enthesis.knowledge import BadInput, Library
from enthesis.outcomes import Point, Reached, change, curve, instrument, score

LIBRARY = Library.shipped()
FIRST_INJECTION = date(2026, 3, 2)


def form(name):
    return instrument(LIBRARY, name)


def told(*answers, name="pain-nrs"):
    """The curve of somebody who answered so many weeks after the first injection, each time with a score."""
    points = [Point(FIRST_INJECTION + timedelta(weeks=weeks), value, f"{weeks} weeks") for weeks, value in answers]
    return curve(points=points, injections=[FIRST_INJECTION], instrument=form(name))


def refused(name, answers):
    with pytest.raises(BadInput) as refusal:
        score(form(name), answers)
    return str(refusal.value)


def test_the_pain_of_the_week_is_the_score_and_the_pain_of_the_moment_is_not():
    assert score(form("pain-nrs"), {"nrs_avg_7d": 6, "nrs_now": 9}).score == 6


def test_a_skipped_question_is_not_a_nought():
    found = score(form("peg"), {"peg_p": 8, "peg_e": 8})
    assert (found.score, found.missing) == (None, ("peg_g",))


def test_a_back_form_handed_in_with_nothing_ticked_is_the_best_score():
    assert score(form("rmdq-24"), {"rmdq_1": False}).score == 0


def test_a_back_form_never_handed_in_is_no_score():
    assert score(form("rmdq-24"), {}).score is None


def test_eleven_of_ten_is_sent_back_with_what_would_be_an_answer():
    assert refused("pain-nrs", {"nrs_avg_7d": 11}) == (
        "nrs_avg_7d: 11 is not a possible answer; a whole number from 0 to 10 was expected"
    )


def test_between_six_and_seven_is_not_an_answer():
    assert refused("pain-nrs", {"nrs_avg_7d": 6.5}) == (
        "nrs_avg_7d: 6.5 is not a possible answer; a whole number from 0 to 10 was expected"
    )


def test_from_ten_to_seven_is_thirty_percent_but_not_half():
    assert change(baseline=10, now=7, instrument=form("pain-nrs")).better_by == ("30-percent", "2-points")


def test_somebody_who_starts_at_one_is_not_a_failure_for_not_losing_two_points():
    two_points = change(baseline=1, now=1, instrument=form("pain-nrs")).verdicts[2]
    assert (two_points.threshold, two_points.better.reached) == ("2-points", Reached.UNREADABLE)


def test_getting_worse_counts_by_the_same_measure_as_getting_better():
    assert change(baseline=4, now=6, instrument=form("pain-nrs")).worse_by == ("30-percent", "50-percent", "2-points")


def test_a_very_disabled_back_that_gets_much_better_is_seen_to_although_it_cannot_be_seen_to_get_worse():
    found = change(baseline=22, now=10, instrument=form("rmdq-24"))
    assert found.better_by == ("5-points-or-30-percent",)
    assert found.cannot_tell == ("a baseline of 22 is over 20: too near the end to tell worse",)


def test_minimally_improved_is_not_counted_as_improved():
    assert change(baseline=None, now=3, instrument=form("pgic")).better_by == ()


def test_the_patient_reads_what_was_and_what_is_and_not_why():
    assert told((-1, 7), (6, 4)).sentence == "Your pain was 7 before the first injection and 4 at 6 weeks."


def test_pain_that_is_gone_at_two_weeks_is_not_called_benefit():
    early = told((-1, 7), (2, 0))
    assert early.sentence == (
        "Your pain was 7 before the first injection and 0 at 2 weeks, "
        "which is too soon to show whether the treatment helps."
    )
    assert early.change is None


def test_pain_that_comes_back_is_told_as_plainly_as_pain_that_went():
    assert told((-1, 7), (6, 3), (26, 8)).sentence == "Your pain was 7 before the first injection and 8 at 26 weeks."


def test_somebody_nobody_asked_before_the_injection_has_nothing_to_compare_with():
    assert told((6, 4)).sentence == (
        "Your pain was 4 at 6 weeks; there is no score from before the first injection to set beside it."
    )


def test_two_answers_before_the_injection_are_averaged_so_that_one_bad_day_does_not_flatter_us():
    found = told((-3, 6), (0, 9), (13, 5))
    assert found.sentence == "Your pain was 7.5 on average before the first injection and 5 at 13 weeks."
    assert found.change.points_better == 2.5
