"""What happened to our patients: the numbers of a real trial, and what a clinic may not read out of them."""

import pytest
from tests.core.outcomes.headache import SCALES, as_table, flat, headache_rows

from enthesis.outcomes import cohort


@pytest.fixture(scope="module")
def trial():
    """Vickers 2004 with both arms; numbers by R (base and nlme's gls), told in tests/data/outcomes/README.md."""
    return cohort.analyse(as_table(headache_rows()), measures=SCALES)


def at_a_year(trial, arm):
    group = next(group for group in trial.groups if group.key["arm"] == arm)
    return group, next(week for week in group.weeks if week.week == 52)


def test_without_any_treatment_two_of_three_who_answered_got_better(trial):
    """69% "reported a decrease" after a year of usual care: the sentence says nothing about a treatment."""
    _, week = at_a_year(trial, "usual care")
    share = week.better["any"]
    assert (share.events, share.n, share.enrolled) == (96, 140, 196)
    assert (round(share.share, 3), round(share.lower, 3), round(share.upper, 3)) == (0.686, 0.605, 0.757)
    assert round(share.of_enrolled, 3) == 0.490


def test_with_acupuncture_three_of_four_did(trial):
    _, week = at_a_year(trial, "acupuncture")
    share = week.better["any"]
    assert (share.events, share.n, share.enrolled) == (123, 161, 205)
    assert (round(share.share, 3), round(share.lower, 3), round(share.upper, 3)) == (0.764, 0.693, 0.823)
    assert round(share.of_enrolled, 3) == 0.600


@pytest.mark.parametrize(
    ("arm", "threshold", "of_answered", "of_everyone"),
    [
        ("usual care", "30", 0.364, 0.260),
        ("usual care", "50", 0.193, 0.138),
        ("acupuncture", "30", 0.559, 0.439),
        ("acupuncture", "50", 0.385, 0.302),
    ],
)
def test_shares_that_reach_a_stated_size(trial, arm, threshold, of_answered, of_everyone):
    share = at_a_year(trial, arm)[1].better[threshold]
    assert (round(share.share, 3), round(share.of_enrolled, 3)) == (of_answered, of_everyone)


def test_the_silent_are_shown_at_their_best_and_at_their_worst(trial):
    best = {arm: at_a_year(trial, arm)[1].better["any"].if_silent_succeeded for arm in ("usual care", "acupuncture")}
    assert {arm: round(share, 3) for arm, share in best.items()} == {"usual care": 0.776, "acupuncture": 0.815}
    worst = at_a_year(trial, "acupuncture")[1].better["any"].if_silent_failed
    assert round(worst, 3) == 0.600


def test_how_many_answered_stands_first(trial):
    rates = {arm: at_a_year(trial, arm)[1].flow for arm in ("usual care", "acupuncture")}
    assert (rates["usual care"].answered, rates["usual care"].due) == (140, 196)
    assert round(rates["acupuncture"].response_rate, 3) == 0.785
    assert rates["acupuncture"].silent == 44


def test_those_who_fell_silent_had_started_worse(trial):
    """People missing at 12 months: baseline 29.3 against 25.6 of those who answered, both arms together."""
    parts = [at_a_year(trial, arm) for arm in ("usual care", "acupuncture")]
    answered = sum(week.flow.answered for _, week in parts)
    mean = sum(week.baseline_of_answered * week.flow.answered for _, week in parts) / answered
    everybody = sum(group.baseline_mean * group.enrolled for group, _ in parts)
    silent = (everybody - mean * answered) / (401 - answered)
    assert (round(mean, 1), round(silent, 1)) == (25.6, 29.3)


@pytest.mark.parametrize(("arm", "change", "se"), [("usual care", -4.37, 0.88), ("acupuncture", -8.33, 1.00)])
def test_about_half_of_the_change_came_without_the_treatment(trial, arm, change, se):
    week = at_a_year(trial, arm)[1]
    assert (round(week.change.estimate, 2), round(week.change.se, 2)) == (change, se)


def test_weighted_for_who_answered_the_change_is_a_little_larger(trial):
    assert round(at_a_year(trial, "acupuncture")[1].weighted.estimate, 2) == -8.94


def test_what_randomisation_supports_is_the_difference(trial):
    """ANCOVA -4.587 (-7.050 to -2.123); mixed model -4.700 (SE 1.253)."""
    (comparison,) = trial.comparisons
    assert (comparison.arm, comparison.reference) == ("acupuncture", "usual care")
    week = next(week for week in comparison.weeks if week.week == 52)
    found = week.ancova
    assert (round(found.estimate, 3), round(found.lower, 3), round(found.upper, 3)) == (-4.587, -7.050, -2.123)
    assert (round(week.mixed_model.estimate, 3), round(week.mixed_model.se_unadjusted, 3)) == (-4.700, 1.253)


def test_the_difference_is_gone_when_the_silent_did_ten_points_worse(trial):
    """Filled in by regression with a shift: -4.59 at 0, and the interval holds zero from a shift of 9.8 points."""
    week = next(week for week in trial.comparisons[0].weeks if week.week == 52)
    assert round(week.tipping_point.shifts[0].estimate, 2) == -4.59
    assert round(week.tipping_point.gone_at, 1) == 9.8


def test_imputation_agrees_with_the_models(trial):
    """Chained equations draw: the difference stays within half a standard error of the mixed model's."""
    week = next(week for week in trial.comparisons[0].weeks if week.week == 52)
    assert week.imputed.estimate == pytest.approx(-4.7, abs=0.6)
    assert 1.2 < week.imputed.se < 1.6


def test_the_same_snapshot_gives_the_same_numbers_again(trial):
    shuffled = headache_rows()[::-1]
    again = cohort.analyse(as_table(shuffled), measures=SCALES)
    one, other = (flat(cohort.analysis_as_json(each)) for each in (trial, again))
    assert one.keys() == other.keys()
    assert one == pytest.approx(other, rel=1e-9, abs=1e-12)


def test_a_clinic_with_few_people_or_few_answers_gets_no_figure():
    rows = [row | {"clinic": "small", "course": row["course"]} for row in headache_rows() if int(row["course"]) < 120]
    found = cohort.analysis_as_json(cohort.analyse(as_table(rows), measures=SCALES, by=("clinic",)))
    weeks = [week for group in found["groups"] for week in group["weeks"]]
    assert weeks
    assert all("fewer than 20 people were due" in week["kept_back"] for week in weeks)
    assert all("change" not in week for week in weeks)
