"""The bias used here: joining a clinic's answers errs no more than the trials alone, at any bias the scale allows.

The expected error is worked out by quadrature, not by drawing: by Stein's identity (1981, doi 10.1214/aos/1176345632) it is
E[g^2 - 2 k g (x - b)] above that of the trials, with x the distance of the answers and k = true^2 / (true^2 + se^2).
"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.expectations.joining import DEFAULT, Bias, Normal, Part, doubled, halved, joined

AT, WEIGHT = np.polynomial.hermite_e.hermegauss(32)
STEPS = (-6, -4, -3, -2, -1, -0.5, 0, 0.5, 1, 2, 3, 4, 6)


def error(bias, prior=DEFAULT, *, stated=0.8, true=0.4, se=0.28):
    """Mean squared error of the joined mean by that of the trials alone, when answers are off by `bias`."""
    both = math.hypot(true, se)
    kept = (true / both) ** 2
    found = 0.0
    for z, weight in zip(AT, WEIGHT / WEIGHT.sum(), strict=True):
        moved = joined(Normal(1.0, 0.0, stated), bias + both * z, se, prior).mean
        found += weight * (moved**2 - 2 * kept * moved * both * z)
    return 1 + found / true**2


@pytest.mark.parametrize(("stated", "true"), [(0.4, 0.4), (0.6, 0.4), (0.8, 0.4), (1.0, 0.5)])
@pytest.mark.parametrize("se", [0.12, 0.28, 0.5])
def test_it_never_costs_even_where_the_trials_state_four_times_their_variance(stated, true, se):
    assert max(error(bias, stated=stated, true=true, se=se) for bias in STEPS) < 1.002


@pytest.mark.parametrize("bias", [-0.5, 0])
def test_it_gains_where_answers_are_as_good_as_they_look_or_half_a_point_too_good(bias):
    assert error(bias) < 0.96


def test_the_worked_examples_mixture_would_cost_three_times_as_much_at_two_points():
    worked = Bias((Part(0.8, -0.5, 0.5), Part(0.2, -0.5, 3.0)))
    assert error(-2, worked) > 3
    assert error(2, worked) > 3


def test_beyond_four_times_the_variance_something_is_lost_and_the_table_says_so():
    assert error(-6, stated=1.2) > 1.05


def test_flat_at_the_top_and_nothing_at_the_end_of_the_scale():
    by_mean = {part.mean: part.weight for part in DEFAULT.parts}
    assert by_mean[-0.5] == by_mean[0.0] == max(by_mean.values())
    assert by_mean[-5.5] / by_mean[0.0] == pytest.approx(math.sqrt(0.5))
    assert by_mean[7.5] / by_mean[0.0] == pytest.approx(0.5)
    assert 10.0 not in by_mean


def test_half_and_double_stretch_it():
    for stretched, by in ((halved(DEFAULT), 0.5), (doubled(DEFAULT), 2.0)):
        assert stretched.mean == pytest.approx(by * DEFAULT.mean)
        assert stretched.variance == pytest.approx(by**2 * DEFAULT.variance)
        assert stretched.usual == Part(1.0, -0.5 * by, 0.5 * by)
    assert "10 points" in DEFAULT.says
    assert "5 points" in halved(DEFAULT).says


@given(st.floats(-9, 9), st.floats(0.05, 1), st.floats(0.2, 1.2))
def test_what_is_put_down_to_bias_effect_and_chance_is_what_was_seen(y, se, sd):
    """The posterior means of effect, bias and chance add to the answers' distance; chance has its share of what is left."""
    found = joined(Normal(1.0, 0.0, sd), y, se)
    left = y - found.mean - found.likely_bias
    assert left == pytest.approx((se / sd) ** 2 * found.mean, abs=1e-9)
    assert 0 <= found.far <= 1
    assert 0 <= found.clinic_share < 1


def test_the_further_answers_are_from_the_trials_the_likelier_they_are_far_off():
    far = [joined(Normal(1.0, -2.0, 0.6), y, 0.3).far for y in (-2.0, -3.0, -4.0, -5.0, -7.0)]
    assert far == sorted(far)
    assert far[0] < 0.05
    assert far[-1] > 0.99


def test_enthusiasm_moves_the_page_by_less_than_a_tenth_of_a_point():
    """Twenty or four hundred answers two and a half points better than foretold: nearly all of it is put down to bias."""
    for people in (20, 400):
        found = joined(Normal(1.0, -2.0, 0.6), -4.5, 2.4 / math.sqrt(people))
        assert -2.1 < found.mean < -2.0
        assert found.conflict.words == "disagree"
        assert found.likely_bias == pytest.approx(-2.4, abs=0.15)
