"""One recipe in several syringes: each rounded to its own marks, all of it summed."""

from dataclasses import fields
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import BadInput, Library
from enthesis.mixing import Alternative, Fill, Patient, Recipe, Wanted, diluent, make, make_batch, what_to_draw

F = Fraction
LIBRARY = Library.shipped()
PARTS = ("dextrose=12.5@50", "lidocaine=0.2@1")


def asked(*parts, **options):
    about = {field.name for field in fields(Patient)}
    patient = Patient(**{name: options.pop(name) for name in about & set(options)})
    return what_to_draw(LIBRARY, parts=parts or PARTS, patient=patient, **options)


def drawn(draws):
    return [(draw.stock.component, draw.volume_ml) for draw in draws]


def test_three_syringes_of_ten_hold_three_times_one():
    batch = asked(syringes="3x10", weight_kg="70")
    assert [fill.name for fill in batch.fills] == ["1 of 3", "2 of 3", "3 of 3"]
    assert drawn(batch.fills[0].mixture.draws) == [("dextrose", F("2.4")), ("lidocaine", 2), ("saline", F("5.6"))]
    assert drawn(batch.draws) == [("dextrose", F("7.2")), ("lidocaine", 6), ("saline", F("16.8"))]
    assert (batch.made.volume_ml, batch.made.percent("dextrose"), batch.session.share) == (30, 12, F(60, 300))
    assert batch.warnings == (
        (
            "2.5 mL of 50% dextrose (hydrous) stock cannot be read to 0.2 mL; "
            "drawing 2.4 mL gives a net strength of 12% instead of 12.5%."
        ),
    )


def test_syringes_of_different_sizes_have_strengths_of_their_own():
    batch = asked(syringes="5+5+2", weight_kg="70")
    assert [fill.mixture.made.percent("dextrose") for fill in batch.fills] == [12, 12, F("12.5")]
    assert batch.made.percent("dextrose") == F(12 * 10 + 25, 12)
    assert batch.warnings == (
        (
            "Syringe 1 of 3 and 2 of 3: 1.25 mL of 50% dextrose (hydrous) stock cannot be read to 0.2 mL; "
            "drawing 1.2 mL gives a net strength of 12% instead of 12.5%."
        ),
    )


def test_a_volume_that_is_not_split_is_one_nameless_fill():
    batch = asked(volume_ml="10 mL", weight_kg="70")
    assert [(fill.name, fill.syringe) for fill in batch.fills] == [("", None)]
    assert drawn(batch.draws) == [("dextrose", F("2.5")), ("lidocaine", 2), ("saline", F("5.5"))]
    assert (batch.warnings, batch.alternatives) == ((), ())


def test_a_syringe_that_cannot_be_drawn_up_stops_the_batch():
    batch = asked("dextrose=15@50", "lidocaine=0.02@1", syringes="10+1in3", weight_kg="70")
    assert [fill.mixture.feasible for fill in batch.fills] == [True, False]
    assert (batch.feasible, batch.made, batch.draws, batch.session.doses) == (False, None, (), ())
    assert batch.alternatives == (Alternative("volume-ml", F(5)),)
    assert batch.warnings == (
        (
            "Syringe 2 of 2: This cannot be measured: 0.02 mL of 1% lidocaine (plain) stock would be needed, and the syringe is "
            "read to 0.1 mL; make at least 5 mL in all, or use a weaker stock or a finer syringe."
        ),
    )


def test_the_same_alternative_is_named_once():
    batch = asked("dextrose=25@50", "lidocaine=0.75@1", syringes="2x10")
    assert batch.alternatives == (Alternative("lidocaine", F("0.5")), Alternative("dextrose", F("12.5")))
    assert len(batch.warnings) == 3


def test_skin_and_what_was_had_elsewhere_count_too():
    batch = asked(syringes="3x10", weight_kg="50", skin=("lidocaine@1=5",), elsewhere=("lidocaine=120",))
    assert [(one.where, one.mg) for one in batch.session.given] == [
        ("in the mixture", 60),
        ("skin", 50),
        ("elsewhere that day", 120),
    ]
    assert batch.session.within is False
    assert batch.warnings[-1] == (
        "This holds 230 mg of lidocaine (60 mg in the mixture and 50 mg skin and 120 mg elsewhere that day), more than "
        "the ceiling of 225 mg for a healthy adult (4.5 mg/kg, never above 300 mg); do not give it in one session."
    )


def test_the_stricter_limits_of_a_clinic():
    assert [
        asked(volume_ml="60", weight_kg="35", limits=limits).session.within for limits in ("label", " Strict ")
    ] == [True, False]


BUPIVACAINE = "Bupivacaine inside a joint: all anaesthetics of this kind harm cartilage cells"


@pytest.mark.parametrize(("into", "said"), [("", True), ("joint", True), ("soft-tissue", False)])
def test_bupivacaine_and_cartilage(into, said):
    batch = asked("dextrose=15@50", "bupivacaine=0.1@0.5", volume_ml="10", weight_kg="70", into=into)
    assert any(text.startswith(BUPIVACAINE) for text in batch.warnings) is said
    assert any("could not be read on a label and is unverified" in text for text in batch.warnings)


def test_what_is_only_recorded_is_not_recommended():
    batch = asked("sodium-morrhuate=0.5@5", volume_ml="10")
    assert batch.warnings == (
        (
            "Sodium morrhuate is kept as trials recorded it and is not recommended: ask about fish allergy, "
            "and find out whether it may be used at all."
        ),
    )
    assert batch.made.osmolarity_not_known_of == ("sodium-morrhuate",)
    assert round(batch.made.osmolarity_at_least_mosm_per_l, 1) == F("277.2")


def test_syringes_must_hold_what_was_asked_for():
    with pytest.raises(BadInput) as refused:
        asked(syringes="3x10", volume_ml="20")
    assert str(refused.value) == "syringes: together they hold 30 mL; expected the 20 mL asked for"
    assert asked(syringes="2x10", volume_ml="20").feasible


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, "volume-ml: neither a volume nor syringes were given; expected such as 10, or syringes 3x10"),
        (
            {"volume_ml": " "},
            "volume-ml: neither a volume nor syringes were given; expected such as 10, or syringes 3x10",
        ),
        ({"volume_ml": "10%"}, "volume-ml: '10%' is in another unit; expected a number in mL"),
        ({"volume_ml": "0"}, "volume-ml: 0 mL is not accepted; expected 0.1 to 1000 mL"),
        ({"volume_ml": "10", "weight_kg": "700"}, "weight-kg: 700 kg is not accepted; expected 30 to 300 kg"),
        ({"volume_ml": "10", "weight_kg": "70,5"}, "weight-kg: '70,5' has a comma; write a decimal point, as in 12.5"),
        ({"volume_ml": "10", "limits": "lax"}, "limits: 'lax' is not one of them; expected label or strict"),
        ({"volume_ml": "10", "limits": ""}, "limits: '' is not one of them; expected label or strict"),
        (
            {"volume_ml": "10", "into": "q" * 30},
            f"into: {'q' * 20!r} is not one of them; expected joint or soft-tissue",
        ),
    ],
)
def test_what_cannot_be_meant(options, sentence):
    with pytest.raises(BadInput) as refused:
        asked(**options)
    assert str(refused.value) == sentence


def test_a_blank_weight_is_no_weight():
    assert asked(volume_ml="10", weight_kg=" ").recipe.weight_kg is None


def test_without_syringes_the_recipe_itself_is_made():
    dextrose = Wanted(asked(volume_ml="10").recipe.wanted[0].stock, F(15))
    recipe = Recipe((dextrose,), diluent(LIBRARY, "water"), F(10))
    assert make_batch(recipe).fills == (Fill(make(recipe)),)


groups = st.lists(st.tuples(st.integers(1, 3), st.sampled_from([1, 2, 3, 5, 8, 10, 15, 20])), min_size=1, max_size=4)


@given(groups, st.integers(1, 300), st.integers(0, 50))
def test_volumes_sum_exactly_and_every_strength_is_within_the_marks_of_its_syringe(sizes, dextrose, lidocaine):
    text = "+".join(f"{times}x{fill}" for times, fill in sizes)
    parts = [f"dextrose={dextrose / 10}@50", *([f"lidocaine={lidocaine / 100}@1"] if lidocaine else [])]
    batch = asked(*parts, syringes=text, weight_kg="70")
    if not batch.feasible:
        assert batch.warnings
        return
    total = sum(times * fill for times, fill in sizes)
    assert sum(draw.volume_ml for draw in batch.draws) == batch.made.volume_ml == total
    for fill in batch.fills:
        made, mark = fill.mixture.made, fill.mixture.recipe.graduation_ml
        for wanted in batch.recipe.wanted:
            name, stock = wanted.stock.component, wanted.stock.percent
            assert abs(made.percent(name) - wanted.percent) * made.volume_ml <= stock * mark
    assert batch.made.mg("lidocaine") == sum(fill.mixture.made.mg("lidocaine") for fill in batch.fills)


@given(st.integers(1, 20), st.integers(1, 5))
def test_twice_the_syringes_hold_twice_the_dose(lidocaine, times):
    part = f"lidocaine={lidocaine * 2 / 100}@1"
    one, many = (asked(part, syringes=f"{count}x10", weight_kg="70") for count in (1, times))
    assert many.made.mg("lidocaine") == times * one.made.mg("lidocaine")
    assert many.session.share == times * one.session.share
    assert many.made.osmolarity_mosm_per_l == one.made.osmolarity_mosm_per_l
