"""The contract of `enthesis mix --json`: these keys, in this order, and full precision."""

import json
from fractions import Fraction

import pytest

from enthesis.mixing import Recipe, Wanted, diluent, make, mix, mixture_as_json, stock_of

KEYS = [
    "feasible",
    "draw",
    "dextrose_percent",
    "lidocaine_percent",
    "lidocaine_mg",
    "lidocaine_max_mg",
    "within_dose_limit",
    "osmolarity_mosm_per_l",
    "warnings",
]


def printed(library, **options):
    found = mixture_as_json(mix(library, **({"dextrose": "15", "lidocaine": "0.2", "volume_ml": "10"} | options)))
    assert list(found) == KEYS
    return json.loads(json.dumps(found))


def test_fifteen_percent_with_lidocaine_for_a_patient_of_70_kg(library):
    assert printed(library, weight_kg="70") == {
        "feasible": True,
        "draw": [
            {"component": "dextrose", "stock_percent": 50.0, "volume_ml": 3.0},
            {"component": "lidocaine", "stock_percent": 1.0, "volume_ml": 2.0},
            {"component": "saline", "stock_percent": 0.9, "volume_ml": 5.0},
        ],
        "dextrose_percent": 15.0,
        "lidocaine_percent": 0.2,
        "lidocaine_mg": 20.0,
        "lidocaine_max_mg": 300.0,
        "within_dose_limit": True,
        "osmolarity_mosm_per_l": 972.5258717262956,
        "warnings": [],
    }


def test_in_water_without_a_weight(library):
    found = printed(library, diluent="water")
    assert found["draw"][2] == {"component": "water", "stock_percent": 0.0, "volume_ml": 5.0}
    assert (found["lidocaine_max_mg"], found["within_dose_limit"], len(found["warnings"])) == (None, None, 1)
    assert found["osmolarity_mosm_per_l"] == pytest.approx(757 + 61.6, abs=1)


def test_what_is_drawn_decides_the_strengths(library):
    found = printed(library, dextrose="12.5", volume_ml="5", weight_kg="70")
    assert [draw["volume_ml"] for draw in found["draw"]] == [1.2, 1.0, 2.8]
    assert (found["dextrose_percent"], found["lidocaine_mg"], len(found["warnings"])) == (12.0, 10.0, 1)


def test_dextrose_alone_holds_no_lidocaine(library):
    found = printed(library, lidocaine="0", weight_kg="70")
    assert [found[key] for key in KEYS[2:7]] == [15.0, 0.0, 0.0, 300.0, True]
    assert len(found["draw"]) == 2


def test_what_cannot_be_made_has_no_numbers_but_the_ceiling(library):
    found = printed(library, dextrose="25", lidocaine="0.75", weight_kg="50")
    assert [found[key] for key in KEYS[:8]] == [False, [], None, None, None, 225.0, None, None]
    assert len(found["warnings"]) == 3


def test_a_mixture_without_lidocaine_in_its_recipe_has_no_ceiling(library):
    dextrose = Wanted(stock_of(library, "dextrose", percent=Fraction(50)), Fraction(15))
    found = mixture_as_json(make(Recipe((dextrose,), diluent(library, "saline"), Fraction(10))))
    assert (found["lidocaine_max_mg"], found["lidocaine_mg"], found["within_dose_limit"]) == (None, 0.0, True)
