"""The ceiling on a local anaesthetic: by weight, by the fixed cap, and for several together."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import BadInput
from enthesis.mixing import Ceiling, Dose, stock_of, within_limits
from enthesis.mixing.dose import require_weight

F = Fraction
PLAIN = Ceiling(F("4.5"), F(300))
weights = st.fractions(min_value=30, max_value=300, max_denominator=10)


@pytest.mark.parametrize(
    ("form", "weight", "most"),
    [
        ("plain", 30, 135),
        ("plain", 50, 225),
        ("plain", "66.6", "299.7"),
        ("plain", "66.7", 300),
        ("plain", 70, 300),
        ("plain", 300, 300),
        ("with-epinephrine", 50, 350),
        ("with-epinephrine", 70, 490),
        ("with-epinephrine", 72, 500),
    ],
)
def test_the_lesser_of_dose_by_weight_and_fixed_ceiling(library, form, weight, most):
    assert stock_of(library, "lidocaine", percent=F(1), form=form).ceiling.max_mg(F(weight)) == F(most)


def test_dextrose_has_no_such_ceiling(library):
    assert stock_of(library, "dextrose", percent=F(50)).ceiling is None


@given(weights, weights)
def test_a_heavier_adult_is_never_allowed_less(one, other):
    assert PLAIN.max_mg(min(one, other)) <= PLAIN.max_mg(max(one, other)) <= 300


@pytest.mark.parametrize("weight", ["7", "29.9", "300.1", "700", "0", "-70"])
def test_a_weight_no_adult_is_likely_to_have(weight):
    for check in (require_weight, PLAIN.max_mg):
        with pytest.raises(BadInput) as refused:
            check(F(weight))
        assert str(refused.value) == f"weight-kg: {weight} kg is not accepted; expected 30 to 300 kg"


def dose(mg, weight=70):
    return Dose("lidocaine", None if mg is None else F(mg), PLAIN, None if weight is None else F(weight))


@pytest.mark.parametrize(
    ("doses", "verdict"),
    [
        ([], True),
        ([dose(300)], True),
        ([dose("300.1")], False),
        ([dose(150), dose(150)], True),
        ([dose(150), dose("150.1")], False),
        ([dose(0)], True),
        ([dose(10, weight=None)], None),
        ([dose(None)], None),
        ([dose(10), dose(10, weight=None)], None),
        ([dose(400), dose(None)], None),
    ],
)
def test_shares_of_their_own_ceilings_may_reach_one_together(doses, verdict):
    assert within_limits(doses) is verdict


def test_a_dose_beside_its_ceiling():
    unknown = Dose("procaine", F(75), None, F(70))
    assert (unknown.max_mg, unknown.share) == (None, None)
    assert (dose(75).max_mg, dose(75).share) == (300, F(1, 4))
    assert (dose(75, weight=None).max_mg, dose(75, weight=None).share) == (None, None)
    assert (dose(None).max_mg, dose(None).share) == (300, None)
