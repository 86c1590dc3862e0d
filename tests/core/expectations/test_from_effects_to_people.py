"""Every worked number of the specification: effects in SDs to shares, shares from means, intervals of the pair."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri

from enthesis.expectations.shares import (
    averaged,
    cox_snell,
    cut,
    expected_share,
    furukawa,
    given_baseline,
    hasselblad_hedges,
    model_form,
    number_needed,
    pair,
    share_below,
    share_error,
)
from enthesis.expectations.shares.pair import counted_error
from enthesis.expectations.wording import difference
from enthesis.knowledge import BadInput


def close(value, expected, tolerance=1e-6):
    """Printed to seven or eight digits in the specification."""
    assert value == pytest.approx(expected, abs=tolerance)


def test_one_effect_by_three_methods():
    """d = 0.40, 36 of 100 better without: 52, 54 and 52 with."""
    close(furukawa(0.36, 0.40), 0.5165678)
    close(hasselblad_hedges(0.36, 0.40), 0.5374685)
    close(cox_snell(0.36, 0.40), 0.5211463)
    close(number_needed(0.36, 0.40), 6.38701, 1e-5)


def test_the_steps_between_in_the_worked_row():
    """Odds ratios of both logistic forms, and the probits of both shares."""
    for method, log_odds, odds in ((hasselblad_hedges, 0.7255197, 2.0658045), (cox_snell, 0.66, 1.9347923)):
        ratio = method(0.36, 0.40) / (1 - method(0.36, 0.40)) / (0.36 / 0.64)
        close(ratio, odds)
        close(math.log(ratio), log_odds)
    close(float(ndtri(0.36)), -0.3584588)
    close(float(ndtri(furukawa(0.36, 0.40))), 0.0415412)


@pytest.mark.parametrize(
    ("d", "control", "expected"),
    [
        (-0.123, 0.42, -21.1107846),
        (0.234, 0.35, 11.1282409),
        (0.123, 0.26, 24.1479241),
        (1.234, 0.21, 2.1952881),
        (0.12, 0.23, 26.3098159),
    ],
)
def test_numbers_needed_of_the_documentation_of_dmetar(d, control, expected):
    close(number_needed(control, d), expected)


@pytest.mark.parametrize(
    ("d", "expected"),
    [
        (-0.123, -14.4283638),
        (0.234, 7.6091676),
        (0.123, 14.4283638),
        (1.234, 1.6204767),
        (0.12, 14.7881754),
        (0.40, 4.49029),
    ],
)
def test_the_conversion_that_ignores_the_untreated_is_reproduced_here_and_offered_nowhere(d, expected):
    """Kraemer and Kupfer: promises up to twice as many better as were (da Costa 2012); so it is not in the product."""
    import enthesis.expectations.shares as offered

    close(1 / (2 * float(ndtr(d / math.sqrt(2))) - 1), expected, 1e-5)
    assert not [name for name in dir(offered) if "kraemer" in name.lower()]


CONTROL = (0.1, 0.3, 0.5, 0.7, 0.9)


@pytest.mark.parametrize(
    ("method", "d", "expected"),
    [
        (furukawa, 0.2, (0.1397, 0.3728, 0.5793, 0.7656, 0.9308)),
        (hasselblad_hedges, 0.2, (0.1377, 0.3812, 0.5897, 0.7703, 0.9282)),
        (cox_snell, 0.2, (0.1339, 0.3735, 0.5818, 0.7645, 0.9260)),
        (furukawa, 0.5, (0.2172, 0.4903, 0.6915, 0.8472, 0.9626)),
        (hasselblad_hedges, 0.5, (0.2158, 0.5149, 0.7124, 0.8525, 0.9571)),
        (cox_snell, 0.5, (0.2023, 0.4944, 0.6953, 0.8419, 0.9536)),
        (furukawa, 0.8, (0.3151, 0.6086, 0.7881, 0.9073, 0.9813)),
        (hasselblad_hedges, 0.8, (0.3217, 0.6465, 0.8102, 0.9087, 0.9746)),
        (cox_snell, 0.8, (0.2938, 0.6160, 0.7892, 0.8973, 0.9712)),
    ],
)
def test_shares_with_the_treatment_across_shares_without(method, d, expected):
    for control, share in zip(CONTROL, expected, strict=True):
        close(method(control, d), share, 5.1e-5)


shares = st.floats(0.01, 0.99)
effects = st.floats(-2, 2)


@given(shares, effects)
def test_no_effect_changes_nothing_and_harm_mirrors_benefit(share, d):
    for method in (furukawa, hasselblad_hedges):
        close(method(share, 0.0), share, 1e-9)
        close(method(1 - share, -d), 1 - method(share, d), 1e-9)


@given(shares, effects, st.floats(0.01, 1))
def test_a_larger_effect_never_means_fewer_people_better(share, d, more):
    assert furukawa(share, d + more) > furukawa(share, d)


@pytest.mark.parametrize("share", [0, 1, -0.1, 1.2])
def test_a_share_of_nobody_or_everybody_cannot_be_converted(share):
    with pytest.raises(BadInput, match="share without the treatment"):
        furukawa(share, 0.3)


def test_straight_from_means():
    """Start 6, untreated 4.4 at the horizon, SD 2.4, effect -0.9."""
    for less, plain, whole in (
        (0.3, (0.4667932, 0.6147293), (0.5166178, 0.6615389)),
        (0.5, (0.2798345, 0.4174844), (0.3538302, 0.5)),
    ):
        for is_whole, expected in ((False, plain), (True, whole)):
            line = cut(6, less, whole=is_whole)
            close(share_below(line, 4.4, 2.4), expected[0])
            close(share_below(line, 3.5, 2.4), expected[1])


def test_five_to_eight_people_hang_on_whole_numbers():
    gained = [
        share_below(cut(6, less), 4.4, 2.4) - share_below(cut(6, less, whole=False), 4.4, 2.4) for less in (0.3, 0.5)
    ]
    assert [round(100 * one) for one in gained] == [5, 7]


def test_the_same_treatment_reads_differently_by_where_one_starts():
    about = {"mean": 4.4, "sd": 2.4, "mean_start": 6, "sd_start": 1.5, "correlation": 0.5}
    for start, without, treated in ((4, 0.3502, 0.5192), (6, 0.2503, 0.4049), (8, 0.1680, 0.2983)):
        mean, sd = given_baseline(start, **about)
        close(sd, 2.0784610)
        close(share_below(start / 2, mean, sd), without, 5.1e-5)
        close(share_below(start / 2, mean - 0.9, sd), treated, 5.1e-5)


def test_averaged_over_everybodys_own_start():
    about = {"mean": 4.4, "sd": 2.4, "mean_start": 6, "sd_start": 1.5, "correlation": 0.5}
    close(averaged(0.3, **about), 0.4617700)
    close(averaged(0.3, **about, effect=-0.9), 0.6315321)
    close(averaged(0.5, **about), 0.2551654)
    close(averaged(0.5, **about, effect=-0.9), 0.4070597)


def test_what_to_expect_of_an_uncertain_effect_is_not_the_interval_of_a_share():
    for less, expected, low, high in ((0.3, 0.6123832, 0.4536, 0.7580), (0.5, 0.4191946, 0.2687, 0.5793)):
        line = cut(6, less, whole=False)
        close(expected_share(line, 4.4 - 0.9, 2.4, effect_error=0.5), expected)
        close(share_below(line, 4.4 - 0.9 + 1.959964 * 0.5, 2.4), low, 5.1e-5)
        close(share_below(line, 4.4 - 0.9 - 1.959964 * 0.5, 2.4), high, 5.1e-5)


def test_the_error_of_a_share_from_a_mean_is_smaller_than_of_one_counted():
    close(share_error(-0.5833333, 50), 0.0514818)
    close(math.sqrt(0.2798345 * (1 - 0.2798345) / 50), 0.0634866)


def test_the_interval_of_the_pair():
    """36 of 100 without, from 56 people; d = 0.40 (0.10 to 0.70)."""
    error = counted_error(0.36, 56)
    close(error, 0.1714506)
    found = pair(0.36, error, 0.40, 0.1530612)
    close(found.treated.estimate, 0.5166, 5.1e-5)
    close(found.treated.lower, 0.3413, 5.1e-5)
    close(found.treated.upper, 0.6886, 5.1e-5)
    close(found.difference.estimate, 0.1566, 5.1e-5)
    close(found.difference.lower, 0.0367, 5.1e-5)
    close(found.difference.upper, 0.2764, 5.1e-5)


def test_for_a_new_clinic_the_spread_between_trials_comes_in():
    found = pair(0.36, counted_error(0.36, 56), 0.40, 0.1530612, spread=0.25)
    close(math.hypot(0.1530612, 0.25), 0.2931343)
    close(found.treated.lower, 0.2663, 5.1e-5)
    close(found.treated.upper, 0.7603, 5.1e-5)
    close(found.difference.lower, -0.0726, 5.1e-5)
    close(found.difference.upper, 0.3857, 5.1e-5)
    assert found.average.lower > 0 > found.difference.lower
    assert difference(found.difference) == "16 more of 100 (could be 7 fewer to 39 more)"


def test_real_shares_check_the_three_scales_against_each_other():
    """Yelland 2004: 46 with glucose, 36 with saline."""
    log_odds = math.log(0.46 / 0.54) - math.log(0.36 / 0.64)
    close(log_odds, 0.4150215)
    for method, d in ((hasselblad_hedges, 0.2288), (cox_snell, 0.2515), (furukawa, 0.2580)):
        close(method(0.36, d), 0.46, 5e-5)


def test_what_was_worked_out_gets_a_margin_and_what_was_counted_none():
    """8 of 100 for a share, half of a gain for the gain, both together for the share with the treatment."""
    form = model_form(0.143, 0.16)
    assert (form.untreated, round(form.difference, 4), round(form.treated, 3)) == (0.08, 0.0715, 0.107)
    assert model_form(0.01, 0.01).difference == 0.03
    assert model_form(0.1, 0.2).difference == pytest.approx(0.1)
    wide, bare = pair(0.36, 0.1, 0.4, 0.1, margin=form), pair(0.36, 0.1, 0.4, 0.1)
    close(bare.difference.lower - wide.difference.lower, form.difference)
    close(wide.treated.upper - bare.treated.upper, form.treated)
    close(wide.untreated.upper - bare.untreated.upper, form.untreated)
    assert wide.average == bare.average


@given(shares, effects, st.floats(0.01, 1), st.floats(0, 1), st.floats(0, 1))
def test_more_doubt_never_makes_an_interval_narrower(share, d, error, spread, more):
    narrow, wide = pair(share, 0.1, d, error, spread=spread), pair(share, 0.1, d, error, spread=spread + more)
    assert wide.treated.lower <= narrow.treated.lower + 1e-12
    assert wide.difference.upper >= narrow.difference.upper - 1e-12
    assert 0 <= wide.treated.lower <= wide.treated.estimate <= wide.treated.upper <= 1
    assert wide.untreated == narrow.untreated


def test_a_spread_of_the_course_without_treatment_widens_its_own_share_and_not_the_average():
    bare, wide = pair(0.36, 0.17, 0.4, 0.15), pair(0.36, 0.17, 0.4, 0.15, control_spread=0.25)
    close(wide.untreated.upper, float(ndtr(ndtri(0.36) + 1.959964 * math.hypot(0.17, 0.25))))
    close(wide.treated.lower, float(ndtr(ndtri(0.36) + 0.4 - 1.959964 * math.hypot(0.17, 0.25, 0.15))))
    assert wide.average == bare.average
