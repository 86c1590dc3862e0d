"""What only a changed word or default would show: plain stocks, and a sum that stays a fraction."""

from fractions import Fraction

from enthesis.mixing import Stock, Wanted
from enthesis.mixing.solutions import Form, Substance
from enthesis.mixing.stock import Composition, Draw, Role

WATER = Stock("water", Fraction(0), Role.DILUENT)


def test_a_stock_of_one_form_only_has_no_form_in_its_name_and_no_ceiling():
    assert (WATER.form, WATER.osmolarity_mosm_per_l, WATER.ceiling, WATER.name) == ("", None, None, "water")


def test_a_form_has_no_ceiling_of_its_own_making():
    assert Form("plain", product_mosm_per_l=0).ceiling is None
    assert Substance(Role.DILUENT, (Form("plain", product_mosm_per_l=0),)).strongest == 100


def test_a_total_stays_an_exact_fraction():
    drawn = Composition((Draw(WATER, Fraction(1, 3)), Draw(WATER, Fraction(2, 3))))
    assert (drawn.volume_ml, type(drawn.volume_ml)) == (1, Fraction)
    assert Wanted(WATER, Fraction(0)).share == 0
