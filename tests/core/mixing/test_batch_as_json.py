"""The general answer as JSON: the contract's keys first, then every syringe and the session."""

import json
from fractions import Fraction

from enthesis.knowledge import Library
from enthesis.mixing import (
    Given,
    Patient,
    batch_as_json,
    composition_as_json,
    session_as_json,
    session_dose,
    what_is_it,
    what_to_draw,
)

LIBRARY = Library.shipped()
CONTRACT = [
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


def printed(*parts, **options):
    patient = Patient(weight_kg="50", skin=("lidocaine@1=3",))
    batch = what_to_draw(LIBRARY, parts=parts, **({"patient": patient} | options))
    return json.loads(json.dumps(batch_as_json(batch)))


def test_two_syringes_and_the_skin():
    said = printed("dextrose=12.5@50", "lidocaine=0.2@1", syringes="5+2")
    assert list(said) == [
        *CONTRACT,
        "volume_ml",
        "components",
        "syringes",
        "session",
        "alternatives",
        "osmolarity_at_least_mosm_per_l",
        "osmolarity_not_known_of",
    ]
    assert said["draw"] == [
        {"component": "dextrose", "stock_percent": 50.0, "volume_ml": 1.7},
        {"component": "lidocaine", "stock_percent": 1.0, "volume_ml": 1.4},
        {"component": "saline", "stock_percent": 0.9, "volume_ml": 3.9},
    ]
    assert (said["dextrose_percent"], said["lidocaine_percent"], said["lidocaine_mg"]) == (85 / 7, 0.2, 14.0)
    assert (said["lidocaine_max_mg"], said["within_dose_limit"], said["volume_ml"]) == (225.0, True, 7.0)
    assert said["osmolarity_mosm_per_l"] == said["osmolarity_at_least_mosm_per_l"]
    assert said["components"][0] == {
        "component": "dextrose",
        "form": "hydrous",
        "stock_percent": 50.0,
        "net_percent_asked": 12.5,
        "net_percent": 85 / 7,
        "mg": 850.0,
    }
    assert said["syringes"][1] == {
        "name": "2 of 2",
        "size_ml": 3.0,
        "volume_ml": 2.0,
        "read_to_ml": 0.1,
        "feasible": True,
        "draw": [
            {"component": "dextrose", "stock_percent": 50.0, "volume_ml": 0.5},
            {"component": "lidocaine", "stock_percent": 1.0, "volume_ml": 0.4},
            {"component": "saline", "stock_percent": 0.9, "volume_ml": 1.1},
        ],
        "components": [{"component": "dextrose", "net_percent": 12.5}, {"component": "lidocaine", "net_percent": 0.2}],
        "osmolarity_mosm_per_l": float(Fraction(125_000) / Fraction("198.17") + 308 * Fraction(3, 4)),
    }
    assert (said["alternatives"], said["osmolarity_not_known_of"], len(said["warnings"])) == ([], [], 1)
    assert said["session"] == {
        "weight_kg": 50.0,
        "limits": "label",
        "share": 44 / 225,
        "within": True,
        "doses": [
            {
                "component": "lidocaine",
                "form": "plain",
                "mg": 44.0,
                "max_mg": 225.0,
                "share": 44 / 225,
                "from_label": True,
            }
        ],
        "given": [
            {"component": "lidocaine", "form": "plain", "mg": 14.0, "where": "in the mixture"},
            {"component": "lidocaine", "form": "plain", "mg": 30.0, "where": "skin"},
        ],
    }


def test_what_cannot_be_made_has_no_numbers_and_the_nearest_that_can():
    said = printed("dextrose=25@50", "lidocaine=0.75@1", volume_ml="10", patient=Patient())
    assert [said[key] for key in CONTRACT[:8]] == [False, [], None, None, None, None, None, None]
    assert said["alternatives"] == [{"option": "lidocaine", "value": 0.5}, {"option": "dextrose", "value": 12.5}]
    assert (said["components"][0]["net_percent"], said["components"][0]["mg"]) == (None, None)
    assert (said["syringes"], said["osmolarity_at_least_mosm_per_l"], said["osmolarity_not_known_of"]) == ([], None, [])
    assert (said["session"]["weight_kg"], said["session"]["share"], said["session"]["doses"]) == (None, 0.0, [])


def test_one_syringe_that_cannot_be_drawn_up():
    said = printed("dextrose=15@50", "lidocaine=0.02@1", syringes="10+1in3")
    assert [(one["feasible"], one["draw"] == []) for one in said["syringes"]] == [(True, False), (False, True)]
    assert [one["net_percent"] for one in said["syringes"][1]["components"]] == [None, None]
    assert (said["syringes"][1]["osmolarity_mosm_per_l"], said["feasible"]) == (None, False)


def test_without_lidocaine_there_is_no_ceiling_of_it():
    said = printed("dextrose=15@50", volume_ml="10", patient=Patient(weight_kg="70"))
    assert [said[key] for key in CONTRACT[2:7]] == [15.0, 0.0, 0.0, None, True]


def test_the_reverse_answer():
    found = what_is_it(
        LIBRARY, draws=("dextrose@50=3", "lidocaine@1=2", "bacteriostatic-water=5"), patient=Patient(weight_kg="70")
    )
    said = json.loads(json.dumps(composition_as_json(found.made, found.session, found.warnings)))
    assert list(said) == [
        "draw",
        "volume_ml",
        "components",
        "osmolarity_mosm_per_l",
        "osmolarity_at_least_mosm_per_l",
        "osmolarity_not_known_of",
        "within_dose_limit",
        "session",
        "warnings",
    ]
    assert said["components"] == [
        {"component": "dextrose", "net_percent": 15.0, "mg": 1500.0},
        {"component": "lidocaine", "net_percent": 0.2, "mg": 20.0},
    ]
    assert (said["osmolarity_mosm_per_l"], said["osmolarity_not_known_of"]) == (None, ["bacteriostatic-water"])
    assert (said["volume_ml"], said["within_dose_limit"], said["session"]["share"]) == (10.0, True, 20 / 300)
    assert said["draw"][2] == {"component": "bacteriostatic-water", "stock_percent": 0.0, "volume_ml": 5.0}
    assert len(said["warnings"]) == 1


def test_a_drug_without_a_ceiling_is_shown_as_not_judged():
    said = session_as_json(session_dose([Given("x", Fraction(1), None)], weight_kg=None))
    assert said["doses"] == [
        {"component": "x", "form": "", "mg": 1.0, "max_mg": None, "share": None, "from_label": None}
    ]
    assert (said["share"], said["within"], said["weight_kg"]) == (None, None, None)
