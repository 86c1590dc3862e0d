"""Numbers as typed: exact, or refused in one sentence that names the field."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import BadInput
from enthesis.mixing.quantities import exact, require, shown, shown_at_least, shown_at_most


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("15", Fraction(15)),
        (" 0.2 ", Fraction(1, 5)),
        ("+3", Fraction(3)),
        ("-4.5", Fraction(-9, 2)),
        (7, Fraction(7)),
        ("999999.999999", Fraction(999999999999, 10**6)),
        (Decimal("0.1"), Fraction(1, 10)),
        (Decimal("1E+1"), Fraction(10)),
        (Fraction(1, 3), Fraction(1, 3)),
        (999_999, Fraction(999_999)),
        (-999_999, Fraction(-999_999)),
    ],
)
def test_what_is_typed_is_what_is_meant(typed, means):
    assert exact("volume-ml", typed) == means


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ten",
        "nan",
        "NaN",
        "inf",
        "-Infinity",
        "1e3",
        "1_000",
        "1 000",
        "15%",
        "10ml",
        "1.",
        ".5",
        "--1",
        "1/2",
        "0x10",
        "١٥",
        "1234567",
        "0.1234567",
        "5\n6",
        Decimal("NaN"),
        Decimal("Infinity"),
        Decimal("1E+7"),
    ],
)
def test_anything_but_a_plain_number_is_refused_and_shown_back(typed):
    text = typed if isinstance(typed, str) else format(typed, "f")
    with pytest.raises(BadInput) as refused:
        exact("volume-ml", typed)
    assert str(refused.value) == (
        f"volume-ml: {text!r} is not a number that can be read; expected one such as 10 or 12.5"
    )


@pytest.mark.parametrize("typed", ["12,5", "1,000", "1,000.5"])
def test_a_decimal_comma_is_refused_with_the_remedy(typed):
    with pytest.raises(BadInput) as refused:
        exact("dextrose", typed)
    assert str(refused.value) == f"dextrose: {typed!r} has a comma; write a decimal point, as in 12.5"


@pytest.mark.parametrize(("typed", "says"), [("9" * 30, "is not a number"), ("," + "9" * 30, "has a comma")])
def test_only_the_start_of_a_long_text_is_shown_back(typed, says):
    with pytest.raises(BadInput) as refused:
        exact("dextrose", typed)
    assert str(refused.value).startswith(f"dextrose: {typed[:20]!r} {says}")


@pytest.mark.parametrize(("given", "kind"), [(0.1, "float"), (float("nan"), "float"), (True, "bool")])
def test_a_binary_fraction_or_a_truth_value_is_no_dose(given, kind):
    with pytest.raises(BadInput) as refused:
        exact("volume-ml", given)
    assert str(refused.value) == (f"volume-ml: a number must be given as text or as an exact value, not as a {kind}")


@pytest.mark.parametrize("given", [10**6, -(10**6), Fraction(10**7), pytest.param(10**5000, id="very long")])
def test_seven_digits_are_too_many(given):
    with pytest.raises(BadInput) as refused:
        exact("volume-ml", given)
    assert str(refused.value) == "volume-ml: the number is too large; expected at most six digits before the point"


@given(st.decimals(min_value=-99999, max_value=99999, places=6))
def test_every_decimal_survives_being_typed(value):
    assert exact("volume-ml", format(value, "f")) == Fraction(value)


def test_a_range_includes_both_ends():
    for value in (Fraction(1), Fraction(2)):
        require("x", value, low=Fraction(1), high=Fraction(2), unit="mL")


@pytest.mark.parametrize("value", [Fraction(99, 100), Fraction(201, 100)])
def test_outside_a_range_the_range_is_said(value):
    with pytest.raises(BadInput) as refused:
        require("x", value, low=Fraction(1), high=Fraction(2), unit="mL")
    assert str(refused.value) == f"x: {shown(value)} mL is not accepted; expected 1 to 2 mL"


@pytest.mark.parametrize(
    ("value", "near", "down", "up"),
    [
        (Fraction(5), "5", "5", "5"),
        (Fraction(0), "0", "0", "0"),
        (Fraction(100), "100", "100", "100"),
        (Fraction(1, 5), "0.2", "0.2", "0.2"),
        (Fraction(2, 3), "0.667", "0.666", "0.667"),
        (Fraction(1, 3), "0.333", "0.333", "0.334"),
        (Fraction(-1, 2), "-0.5", "-0.5", "-0.5"),
        (Fraction(999999), "999999", "999999", "999999"),
    ],
)
def test_a_number_is_shown_without_a_trailing_zero(value, near, down, up):
    assert (shown(value), shown_at_most(value), shown_at_least(value)) == (near, down, up)
