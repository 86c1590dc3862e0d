"""The search for a root, and for the highest point of a likelihood, which every estimate of tau2 rests on."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from enthesis.evidence.pooling.solving import falling_root, root
from enthesis.evidence.pooling.weighted import Weighted


@given(target=st.floats(1e-8, 1e6), power=st.sampled_from((1, 2, 3, 9)))
def test_a_root_is_found_to_its_last_digits(target, power):
    found = root(lambda x: x**power - target, 0.0, 1e6 + 1)
    assert found == pytest.approx(target ** (1 / power), rel=1e-14)


@given(target=st.floats(1e-6, 1e6), scale=st.floats(1e-3, 1e3))
def test_a_falling_function_is_followed_as_far_as_it_takes(target, scale):
    assert falling_root(lambda x: 1 / (1 + x) - 1 / (1 + target), scale=scale) == pytest.approx(target, rel=1e-8)


def test_a_function_below_zero_from_the_start_has_its_root_at_zero():
    assert falling_root(lambda x: -1.0 - x, scale=1.0) == 0.0


@given(
    studies=st.lists(st.tuples(st.floats(-3, 3), st.floats(0.01, 4), st.floats(-2, 2)), min_size=3, max_size=9),
    restricted=st.booleans(),
    moderated=st.booleans(),
)
def test_the_likelihood_of_a_whole_grid_is_that_of_each_point(studies, restricted, moderated):
    y, v, covariate = np.array(studies).T
    x = np.column_stack([np.ones_like(y), covariate - covariate.mean()])[:, : 1 + moderated]
    assume(np.ptp(covariate) > 0.1)
    fit, grid = Weighted(y, v, x), np.array([0.0, 1e-8, 0.3, 50.0])

    at_once = fit.likelihoods(grid, restricted=restricted)

    each = [fit.at(tau2).restricted_log_likelihood if restricted else fit.at(tau2).log_likelihood for tau2 in grid]
    assert at_once - at_once[0] == pytest.approx(np.array(each) - each[0], rel=1e-9, abs=1e-9)
