"""Mixing: what goes into the syringe, and what is said when it should not."""

import pytest

from enthesis.knowledge import BadInput, Library
from enthesis.mixing import Draw, Strength, composition, diluent, exact, mix, recipe_lines, stock_of

LIBRARY = Library.shipped()


def asked(dextrose, lidocaine, volume_ml, **options):
    return mix(LIBRARY, dextrose=dextrose, lidocaine=lidocaine, volume_ml=volume_ml, **options)


def test_fifteen_percent_from_the_usual_vials_is_three_two_and_five_millilitres():
    assert recipe_lines(asked("15", "0.2", "10", weight_kg="70")) == (
        "Draw 3 mL of 50% dextrose (hydrous) stock: net 15%",
        "Draw 2 mL of 1% lidocaine (plain) stock: net 0.2%, 20 mg in all",
        "Draw 5 mL of 0.9% saline stock",
    )


def test_the_recipe_of_a_published_neck_case_cannot_be_made_from_the_vials_it_names():
    """Hooper's case report: 20% dextrose and 0.75% lidocaine, from 50% dextrose and 1% lidocaine."""
    mixture = asked("20", "0.75", "1")
    assert not mixture.feasible
    assert mixture.warnings[1] == (
        "With everything else as asked, 1% lidocaine (plain) stock reaches a net strength of at most 0.6%."
    )


def test_with_two_percent_lidocaine_that_recipe_can_be_made():
    assert asked("20", "0.75", "10", lidocaine_stock="2").feasible


def test_sixty_millilitres_around_the_neck_hold_120_mg_which_is_allowed():
    mixture = asked("15", "0.2", "60", weight_kg="60")
    assert (mixture.doses[0].mg, mixture.doses[0].max_mg, mixture.within_dose_limit) == (120, 270, True)


def test_the_same_syringe_can_be_too_much_for_a_light_patient():
    heavy, light = (asked("12.5", "0.5", "40", weight_kg=weight) for weight in ("70", "40"))
    assert (heavy.within_dose_limit, light.within_dose_limit) == (True, False)
    assert light.warnings == (
        (
            "This holds 200 mg of lidocaine, more than the ceiling of 180 mg for a healthy adult "
            "(4.5 mg/kg, never above 300 mg); do not give it in one session."
        ),
    )


def test_without_a_weight_nothing_is_assumed_about_the_patient():
    mixture = asked("15", "0.2", "10")
    assert (mixture.doses[0].max_mg, mixture.within_dose_limit) == (None, None)
    assert mixture.warnings == (
        (
            "No weight was given, so the most lidocaine this patient may have was not calculated; "
            "weigh the patient before anything is injected."
        ),
    )


def test_lidocaine_typed_in_milligrams_per_millilitre_is_caught():
    with pytest.raises(BadInput, match=r"^lidocaine-stock: 10 percent is not accepted; expected 0.01 to 4 percent$"):
        asked("15", "0.2", "10", lidocaine_stock="10")


def test_the_same_strength_in_water_is_far_less_concentrated_than_in_saline():
    saline, water = (asked("15", "0", "10", diluent=name).made.osmolarity_mosm_per_l for name in ("saline", "water"))
    assert (round(saline), round(water)) == (973, 757)


def test_eight_millilitres_of_ten_percent_and_two_of_lidocaine_are_eight_percent():
    """A trial that called this 10%: the strength of the vial, not of the syringe."""
    made = composition(
        [
            Draw(stock_of(LIBRARY, "dextrose", percent=exact("dextrose-stock", "10")), exact("volume-ml", "8")),
            Draw(stock_of(LIBRARY, "lidocaine", percent=exact("lidocaine-stock", "2")), exact("volume-ml", "2")),
        ]
    )
    assert made.strengths == (Strength("dextrose", exact("x", "8")), Strength("lidocaine", exact("x", "0.4")))


def test_a_syringe_of_saline_alone_holds_no_drug():
    assert composition([Draw(diluent(LIBRARY, "saline"), exact("volume-ml", "5"))]).strengths == ()


def test_half_a_mark_is_not_guessed_but_rounded_and_said():
    mixture = asked("12.5", "0.2", "5", weight_kg="70")
    assert mixture.warnings == (
        (
            "1.25 mL of 50% dextrose (hydrous) stock cannot be read to 0.1 mL; "
            "drawing 1.2 mL gives a net strength of 12% instead of 12.5%."
        ),
    )
