"""The search for a root, which every estimate of tau2 rests on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.evidence.pooling.solving import falling_root, root


@given(target=st.floats(1e-8, 1e6), power=st.sampled_from((1, 2, 3, 9)))
def test_a_root_is_found_to_its_last_digits(target, power):
    found = root(lambda x: x**power - target, 0.0, 1e6 + 1)
    assert found == pytest.approx(target ** (1 / power), rel=1e-14)


@given(target=st.floats(1e-6, 1e6), scale=st.floats(1e-3, 1e3))
def test_a_falling_function_is_followed_as_far_as_it_takes(target, scale):
    assert falling_root(lambda x: 1 / (1 + x) - 1 / (1 + target), scale=scale) == pytest.approx(target, rel=1e-8)


def test_a_function_below_zero_from_the_start_has_its_root_at_zero():
    assert falling_root(lambda x: -1.0 - x, scale=1.0) == 0.0
