"""A recipe as it is kept: text that is read again, in the shape of today and in the one of the first versions."""

import pytest

from enthesis.knowledge import BadInput, Library
from enthesis.mixing import asked, batch_asked, decimal, exact, kept, net_words, stock_of, stock_words, vial_words

LIBRARY = Library.shipped()
OLD = {"dextrose": "15", "lidocaine": "0.2", "volume_ml": "10"}


def test_two_components_are_read_as_parts_with_the_usual_vials():
    assert asked(OLD) == {"parts": ["dextrose=15@50:hydrous", "lidocaine=0.2@1:plain"], "volume_ml": "10"}
    assert asked({"dextrose": 5, "dextrose_stock": " 30 ", "dextrose_form": "anhydrous"}) == {
        "parts": ["dextrose=5@30:anhydrous"]
    }
    assert asked({"lidocaine": "0.1", "lidocaine_stock": "4"}) == {"parts": ["lidocaine=0.1@4:plain"]}


def test_what_was_left_out_is_left_out_and_one_line_need_not_be_a_list():
    said = {"parts": ("dextrose=15@50",), "skin": "lidocaine@1=3", "elsewhere": [], "weight_kg": None, "limits": ""}
    assert asked(said | {"unknown": "x"}) == {"parts": ["dextrose=15@50"], "skin": ["lidocaine@1=3"]}
    assert asked({"parts": [" dextrose=15@50 ", ""], "dextrose": "5"}) == {"parts": ["dextrose=15@50"]}


def test_everything_that_is_asked_reaches_the_mixing_room():
    request = {
        "parts": ["dextrose=15@50", "bupivacaine=0.1@0.5"],
        "diluent": "water",
        "syringes": "2x5",
        "weight_kg": "60",
        "skin": ["lidocaine@1=2"],
        "elsewhere": ["procaine=70"],
        "limits": "strict",
        "into": "soft-tissue",
    }
    batch = batch_asked(LIBRARY, request)
    assert (batch.recipe.diluent.component, batch.recipe.into, batch.limits) == ("water", "soft-tissue", "strict")
    assert (batch.recipe.volume_ml, batch.recipe.weight_kg, len(batch.fills)) == (10, 60, 2)
    assert [(one.component, one.mg, one.where) for one in batch.also] == [
        ("lidocaine", 20, "skin"),
        ("procaine", 70, "elsewhere that day"),
    ]


def test_the_usual_diluent_and_limits_where_none_are_named():
    batch = batch_asked(LIBRARY, OLD)
    assert (batch.recipe.diluent.component, batch.limits, batch.recipe.into, batch.also) == ("saline", "label", "", ())
    assert batch.recipe.weight_kg is None


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        ({"dextrose": "12,5", "volume_ml": "10"}, "dextrose: '12,5' has a comma"),
        ({"dextrose": "15", "dextrose_stock": "120", "volume_ml": "10"}, "dextrose-stock: 120 percent"),
        ({"dextrose": "15"}, "volume-ml: neither a volume nor syringes"),
        ({**OLD, "weight_kg": "7"}, "weight-kg: 7 kg is not accepted"),
        ({**OLD, "volume_ml": "0"}, "volume-ml: 0 mL is not accepted"),
        ({**OLD, "volume_ml": "-3"}, "volume-ml: -3 mL is not accepted"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(request_, words):
    with pytest.raises(BadInput, match=words):
        batch_asked(LIBRARY, request_)


def test_what_is_kept_reads_as_what_was_made():
    request = OLD | {"dextrose_form": "anhydrous", "volume_ml": "2.5"}
    said, mixture = kept(LIBRARY, request, batch_asked(LIBRARY, request))
    assert said == {"parts": ["dextrose=15@50:anhydrous", "lidocaine=0.2@1:plain"], "volume_ml": "2.5"}
    assert mixture["draw"] == [
        {"component": "dextrose", "stock_percent": 50.0, "volume_ml": 0.7, "form": "anhydrous",
         "vial": "dextrose 50% anhydrous"},
        {"component": "lidocaine", "stock_percent": 1.0, "volume_ml": 0.5, "form": "plain", "vial": "lidocaine 1%"},
        {"component": "saline", "stock_percent": 0.9, "volume_ml": 1.3, "form": "", "vial": "saline 0.9%"},
    ]  # fmt: skip
    assert (mixture["dextrose_percent"], mixture["net"]) == (14.0, "14% dextrose, 0.2% lidocaine")
    assert batch_asked(LIBRARY, said) == batch_asked(LIBRARY, request)


def test_a_recipe_that_cannot_be_made_is_kept_without_draws():
    request = OLD | {"dextrose": "49.9"}
    _, mixture = kept(LIBRARY, request, batch_asked(LIBRARY, request))
    assert (mixture["draw"], mixture["net"], mixture["feasible"]) == ([], "", False)


def test_the_net_strengths_of_an_older_recipe_in_words():
    assert net_words({"dextrose_percent": 12.5, "lidocaine_percent": 0.0}) == "12.5% dextrose, 0% lidocaine"


@pytest.mark.parametrize(
    ("component", "percent", "form", "words"),
    [
        ("lidocaine", "1", "", "lidocaine 1%"),
        ("lidocaine", "0.5", "with-epinephrine", "lidocaine 0.5% with epinephrine"),
        ("bupivacaine", "0.5", "with-epinephrine", "bupivacaine 0.5% with epinephrine"),
        ("dextrose", "50", "hydrous", "dextrose 50%"),
        ("sodium-morrhuate", "5", "", "sodium-morrhuate 5%"),
    ],
)
def test_a_vial_is_named_as_the_shelf_names_it(component, percent, form, words):
    assert vial_words(LIBRARY, stock_of(LIBRARY, component, percent=exact("x", percent), form=form)) == words


def test_a_number_is_written_out_as_it_was_typed():
    assert [decimal(exact("x", text)) for text in ("10", "0.125", "100", "12.50")] == ["10", "0.125", "100", "12.5"]


def test_the_vials_of_a_kept_recipe_in_words_also_of_an_older_one():
    _, mixture = kept(LIBRARY, OLD | {"diluent": "water"}, batch_asked(LIBRARY, OLD | {"diluent": "water"}))
    assert stock_words(mixture) == "dextrose 50%, lidocaine 1%, water"
    older = [{name: one[name] for name in ("component", "stock_percent")} for one in mixture["draw"]]
    assert stock_words({"draw": older}) == "dextrose 50%, lidocaine 1%, water"
    assert stock_words({"product": {}}) == ""
