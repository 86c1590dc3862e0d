"""Scores are exact: thirty percent is thirty percent, and a number is shown as people write it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.outcomes import plain
from enthesis.outcomes.numbers import exact, number


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (7, "7"),
        (7.0, "7"),
        (0, "0"),
        (10, "10"),
        (20.0, "20"),
        (6.333333333333333, "6.3"),
        (7.25, "7.3"),
        (7.35, "7.4"),
        (6.95, "7"),
        (6.94, "6.9"),
        (0.04, "0"),
        (91.975, "92"),
        (-1.5, "-1.5"),
    ],
)
def test_a_score_is_shown_to_one_decimal_halves_up(value, shown):
    assert plain(value) == shown


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_a_quotient_of_small_whole_numbers_comes_back_exactly(above, below):
    assert exact(above / below) == Fraction(above, below)


@pytest.mark.parametrize("value", [7.1234567, 0.0001])
def test_a_number_that_stands_for_no_simple_fraction_stays_as_it_is(value):
    assert exact(value) == Fraction(value)


def test_noise_from_adding_floats_is_taken_away():
    assert exact(0.1 + 0.2) == Fraction(3, 10)
    assert exact(0.3 + 0.9e-9) == Fraction(3, 10)
    assert exact(0.3 + 1.1e-9) != Fraction(3, 10)


def test_simple_fractions_end_at_thousandths():
    assert exact(1 / 1000) == Fraction(1, 1000)
    assert exact(1 / 1001) != Fraction(1, 1001)


def test_a_whole_number_stays_whole_and_others_keep_full_precision():
    assert [(number(value), type(number(value))) for value in (Fraction(8, 2), Fraction(19, 3))] == [
        (4, int),
        (6.333333333333333, float),
    ]
