"""The entries of `library/solutions/`: their shape, their examples, and every number noticed when it moves."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from enthesis.knowledge import BadInput, Library, LibraryError, Standing, build_entry, nudged
from enthesis.mixing import Form, Role, Solution, Substance, Vial, diluent, diluents, mix, on_the_shelf, run_example
from enthesis.mixing.shelf import WEAKEST_STOCK_PERCENT, stock_of, substance_of
from enthesis.mixing.solutions import as_written, not_negative, positive

STOCKS = [
    "bupivacaine-half",
    "dextrose-10",
    "dextrose-20",
    "dextrose-30",
    "dextrose-5",
    "dextrose-50",
    "lidocaine-1",
    "lidocaine-2",
    "lidocaine-4",
    "lidocaine-half",
    "saline",
    "sterile-water",
    "water-bacteriostatic",
]
IDS = sorted([*STOCKS, "bupivacaine", "dextrose", "lidocaine", "procaine", "sodium-morrhuate"])
ONE_WAY = "form 'x': expected one of molar_mass_g_per_mol, product_mosm_per_l and osmolarity_not_known"
PLAIN = Form("plain", product_mosm_per_l=308)


def test_what_is_in_the_library(library):
    assert [entry.id for entry in library.entries("solutions", Solution)] == IDS
    assert [entry.id for entry in on_the_shelf(library)] == STOCKS
    assert list(diluents(library)) == ["saline", "water", "bacteriostatic-water"]


@pytest.mark.parametrize("id", IDS)
def test_the_examples_hold_and_nobody_has_signed_yet(library, id):
    entry = library.entry("solutions", id, Solution)
    assert entry.examples
    assert entry.standing(date(2026, 11, 23)) == Standing.UNREVIEWED
    for example in entry.examples:
        run_example(entry.body, example, library)


@pytest.mark.parametrize("id", IDS)
def test_every_number_is_noticed_when_it_moves_by_one(library, id):
    entry = library.entry("solutions", id, Solution)
    moved = list(nudged(library.raw("solutions", id)))
    assert moved
    assert [change for change, data in moved if not noticed(data, entry.examples, library)] == []


def noticed(data, examples, library):
    try:
        body = build_entry("solutions", data, Solution, Path(f"solutions/{data['id']}.toml")).body
        for example in examples:
            run_example(body, example, library)
    except (AssertionError, BadInput):
        return True
    return False


def said(error, act, *arguments, **options):
    with pytest.raises(error) as refused:
        act(*arguments, **options)
    return str(refused.value)


def test_an_example_that_does_not_hold_says_so_in_a_sentence(library):
    body = library.entry("solutions", "dextrose-50", Solution).body
    example = {"story": "1 mL", "question": "content-mg", "given": {"ml": 1}, "expect": 501}
    assert said(AssertionError, run_example, body, example, library) == (
        "1 mL: 501 was expected, and the entry gives 500"
    )


@pytest.mark.parametrize(
    ("id", "example", "sentence"),
    [
        ("dextrose", {}, "examples: an example needs 'question', and one has none"),
        (
            "dextrose",
            {"question": "colour"},
            (
                "examples: 'colour' is not asked of a solution; "
                "expected one of osmolarity-mosm-per-l, most-mg, strict-most-mg, content-mg, stock"
            ),
        ),
        (
            "dextrose",
            {"question": "stock", "given": 70},
            (
                "examples: 'stock' is not asked of a solution; "
                "expected one of osmolarity-mosm-per-l, most-mg, strict-most-mg, content-mg, stock"
            ),
        ),
        ("dextrose", {"question": "stock"}, "examples: an example needs 'percent', and one has none"),
        (
            "dextrose",
            {"question": "content-mg"},
            "examples: dextrose is no stock here, so no volume of it can be drawn",
        ),
        (
            "dextrose-50",
            {"question": "content-mg", "given": {"ml": 1}},
            "examples: an example needs 'expect', and one has none",
        ),
        (
            "dextrose-50",
            {"question": "content-mg", "given": {"ml": 1}, "expect": 1},
            "examples: an example needs 'story', and one has none",
        ),
    ],
)
def test_an_example_that_asks_nothing_is_refused(library, id, example, sentence):
    assert said(LibraryError, run_example, library.entry("solutions", id, Solution).body, example, library) == sentence


def test_questions_without_a_form_are_about_the_usual_one(library):
    dextrose, lidocaine = (library.entry("solutions", id, Solution).body for id in ("dextrose", "lidocaine"))
    for body, example in (
        (dextrose, {"question": "osmolarity-mosm-per-l", "given": {"percent": 5}, "expect": 252}),
        (dextrose, {"question": "most-mg", "given": {"weight_kg": 50}, "expect": "no ceiling"}),
        (lidocaine, {"question": "most-mg", "given": {"weight_kg": 51}, "expect": 229.5}),
    ):
        run_example(body, {"story": "usual", **example}, library)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, ONE_WAY),
        ({"product_mosm_per_l": 0.0, "osmolarity_not_known": "no source"}, ONE_WAY),
        (
            {"product_mosm_per_l": 308.0, "strict_mg_per_kg": 3.0},
            "form 'x': strict_mg_per_kg needs the ceiling it is stricter than",
        ),
        (
            {"product_mosm_per_l": 308.0, "max_mg_per_kg": 4.5, "max_mg": 300.0, "strict_mg_per_kg": 0.0},
            "strict_mg_per_kg: 0.0 was found; expected a number above 0",
        ),
        ({"molar_mass_g_per_mol": 180.0, "product_mosm_per_l": 308.0}, ONE_WAY),
        (
            {"product_mosm_per_l": 308.0, "max_mg": 300.0},
            "form 'x': expected both max_mg_per_kg and max_mg, or neither",
        ),
        (
            {"product_mosm_per_l": 308.0, "max_mg_per_kg": 4.5},
            "form 'x': expected both max_mg_per_kg and max_mg, or neither",
        ),
        ({"molar_mass_g_per_mol": 0.0}, "molar_mass_g_per_mol: 0.0 was found; expected a number above 0"),
        ({"product_mosm_per_l": -1.0}, "product_mosm_per_l: -1.0 was found; expected a number of 0 or more"),
        (
            {"product_mosm_per_l": 308.0, "max_mg_per_kg": 0.0, "max_mg": 300.0},
            "max_mg_per_kg: 0.0 was found; expected a number above 0",
        ),
        (
            {"product_mosm_per_l": 308.0, "max_mg_per_kg": 4.5, "max_mg": -1.0},
            "max_mg: -1.0 was found; expected a number above 0",
        ),
    ],
)
def test_a_form_that_could_mislead_does_not_load(options, sentence):
    assert said(LibraryError, Form, "x", **options) == sentence


@pytest.mark.parametrize("value", [-0.1, float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_none_is_not_read(value):
    assert said(LibraryError, not_negative, "x", value) == f"x: {value} was found; expected a number of 0 or more"
    assert said(LibraryError, positive, "x", value) == f"x: {value} was found; expected a number above 0"


def test_where_a_number_may_be_nothing_and_where_not():
    for value in (None, 0.0, 0.5, 1.0):
        not_negative("x", value)
    for value in (None, 0.5, 1.0):
        positive("x", value)
    assert said(LibraryError, positive, "x", 0) == "x: 0 was found; expected a number above 0"


def test_a_number_is_read_as_it_stands_in_the_file():
    assert [as_written(value) for value in (0.0, 4.5, 198.17, 1)] == [0, Fraction(9, 2), Fraction(19817, 100), 1]


def test_a_substance_has_a_form_and_the_first_is_the_usual_one():
    assert said(LibraryError, Substance, Role.DILUENT, ()) == "forms: expected at least one form"
    substance = Substance(Role.DILUENT, (PLAIN, Form("other", product_mosm_per_l=0)))
    assert [substance.form(name).name for name in ("", "plain", "other")] == ["plain", "plain", "other"]
    assert said(LibraryError, substance.form, "third") == "form: there is no form 'third'; expected plain or other"
    assert substance.strongest == 100
    assert said(LibraryError, Substance, Role.DILUENT, (PLAIN,), 0.0) == (
        "strongest_stock_percent: 0.0 was found; expected a number above 0"
    )


def test_the_weakest_stock():
    assert Fraction("0.01") == WEAKEST_STOCK_PERCENT


def test_a_vial_has_a_strength_and_a_file_says_something():
    assert said(LibraryError, Vial, -1.0, "vial", "none", "once") == (
        "strength_percent: -1.0 was found; expected a number of 0 or more"
    )
    assert said(LibraryError, Solution, "x", "nothing") == "x: expected a substance, a stock, or both"


def test_what_is_not_known_is_refused_with_what_is(library):
    assert said(BadInput, substance_of, library, "ozone") == (
        "component: 'ozone' is not known; expected bupivacaine, dextrose, lidocaine, procaine, saline, "
        "sodium-morrhuate, water or bacteriostatic-water"
    )
    assert said(BadInput, diluent, library, "dextrose") == (
        "diluent: 'dextrose' is not on the shelf; expected saline, water or bacteriostatic-water"
    )


def test_the_usual_stocks_carry_their_role_form_and_osmolarity(library):
    stock = stock_of(library, "lidocaine", percent=Fraction(2), form="with-epinephrine")
    assert (stock.role, stock.form, stock.osmolarity_mosm_per_l) == (Role.ANAESTHETIC, "with-epinephrine", 308)
    water = diluent(library, "water")
    assert (water.component, water.role, water.form, water.percent, water.osmolarity_mosm_per_l, water.ceiling) == (
        "water",
        Role.DILUENT,
        "",
        0,
        0,
        None,
    )


# A clinic's own entries, in a temporary library laid over the shipped one.
FRAME = """
[[sources]]
cite = "enthesis-judgement"
supports = "a test"
[review]
written_by = "a test"
written_on = 2026-11-23
next_review = 2028-11-23
"""


def clinic(folder, id, body):
    (folder / "solutions").mkdir(exist_ok=True)
    (folder / "solutions" / f"{id}.toml").write_text(f'id = "{id}"\ntitle = "{id}"\n{body}{FRAME}', encoding="utf-8")
    return Library.shipped(folder)


def test_a_diluent_is_added_by_adding_one_file(tmp_path):
    local = clinic(
        tmp_path,
        "ringer",
        """
component = "ringer"
summary = "made up"
stock = { strength_percent = 0.86, form = "strong", container = "bag", preservative = "none", handling = "once" }
[substance]
role = "diluent"
forms = [{ name = "mild", product_mosm_per_l = 1 }, { name = "strong", product_mosm_per_l = 273 }]
""",
    )
    assert list(diluents(local)) == ["ringer", "saline", "water", "bacteriostatic-water"]
    mixture = mix(local, dextrose="0", lidocaine="0.5", volume_ml="10", diluent="ringer")
    assert mixture.made.osmolarity_mosm_per_l == Fraction(308 + 273, 2)
    assert mixture.draws[1].stock.percent == Fraction("0.86")


LIMIT = """
component = "lidocaine"
summary = "stricter"
[substance]
role = "anaesthetic"
forms = [{ name = "plain", product_mosm_per_l = 308, max_mg_per_kg = 3, max_mg = 210 }]
"""


def test_a_clinic_may_set_a_lower_ceiling_by_replacing_the_entry(tmp_path):
    local = clinic(tmp_path, "lidocaine", LIMIT)
    mixture = mix(local, dextrose="15", lidocaine="0.2", volume_ml="10", weight_kg="50")
    assert mixture.doses[0].max_mg == 150


def test_a_second_ceiling_beside_the_first_is_refused_and_not_ignored(tmp_path):
    local = clinic(tmp_path, "lidocaine-strict", LIMIT)
    assert said(LibraryError, mix, local, dextrose="15", lidocaine="0.2", volume_ml="10") == (
        "solutions: 'lidocaine' is described in more than one file; expected one"
    )


def test_a_stock_in_another_form_than_the_usual_one(tmp_path):
    local = clinic(
        tmp_path,
        "glucose-50",
        """
component = "dextrose"
summary = "as sold outside the US"
stock = { strength_percent = 50, form = "anhydrous", container = "vial", preservative = "none", handling = "once" }
""",
    )
    example = {"story": "anhydrous", "question": "osmolarity-mosm-per-l", "expect": 2775}
    run_example(local.entry("solutions", "glucose-50", Solution).body, example, local)
