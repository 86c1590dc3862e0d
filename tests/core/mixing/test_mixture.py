"""From a recipe to a mixture: exact sums, strengths after rounding, limits, and what cannot be made."""

from fractions import Fraction

import pytest

from enthesis.knowledge import Library
from enthesis.mixing import Alternative, mix

F = Fraction
LIBRARY = Library.shipped()
USUAL = {"dextrose": "15", "lidocaine": "0.2", "volume_ml": "10"}


def mixed(**options):
    return mix(LIBRARY, **(USUAL | options))


def drawn(mixture):
    return {draw.stock.component: draw.volume_ml for draw in mixture.draws}


def volumes(*values):
    return dict(zip(("dextrose", "lidocaine", "saline"), map(F, values), strict=True))


@pytest.mark.parametrize(
    ("percent", "d50", "saline", "mosm"),
    [
        ("5", "1", "7", 530),
        ("10", "2", "6", 751),
        ("12.5", "2.5", "5.5", 862),
        ("15", "3", "5", 972),
        ("20", "4", "4", 1194),
        ("25", "5", "3", 1416),
    ],
)
def test_the_mixing_table(percent, d50, saline, mosm):
    """The table was worked out from the label's rounded 2523; the molar mass gives the same to within 1 mOsm/L."""
    mixture = mixed(dextrose=percent)
    assert drawn(mixture) == volumes(d50, "2", saline)
    assert (mixture.made.percent("dextrose"), mixture.made.percent("lidocaine")) == (F(percent), F("0.2"))
    assert mixture.made.mg("lidocaine") == 20
    assert mixture.made.osmolarity_mosm_per_l == F(percent) * 10_000 / F("198.17") + 308 * (1 - F(percent) / 50)
    assert abs(mixture.made.osmolarity_mosm_per_l - mosm) < 1


@pytest.mark.parametrize(
    ("options", "mosm"),
    [
        ({"diluent": "water"}, F(150_000) / F("198.17") + F("61.6")),
        ({"dextrose_form": "anhydrous"}, F(150_000) / F("180.16") + F("215.6")),
        ({"diluent": "water", "lidocaine": "0"}, F(150_000) / F("198.17")),
        ({"lidocaine_stock": "2", "diluent": "water"}, F(150_000) / F("198.17") + F("30.8")),
    ],
)
def test_osmolarity_follows_the_diluent_and_the_form_of_the_sugar(options, mosm):
    assert mixed(**options).made.osmolarity_mosm_per_l == mosm


def test_nothing_is_drawn_of_what_is_not_needed():
    assert drawn(mixed(lidocaine="0")) == {"dextrose": 3, "saline": 7}
    assert drawn(mixed(dextrose="0")) == {"lidocaine": 2, "saline": 8}
    assert drawn(mixed(dextrose="25", lidocaine="0.5")) == {"dextrose": 5, "lidocaine": 5}


def test_a_recipe_at_a_mark_needs_no_caution():
    assert mixed(weight_kg="70").warnings == ()
    assert mixed(lidocaine="0").warnings == ()


@pytest.mark.parametrize(("weight", "most", "within"), [("70", 300, True), ("50", 225, True), (None, None, None)])
def test_the_dose_is_judged_only_with_a_weight(weight, most, within):
    mixture = mixed(weight_kg=weight)
    assert [(dose.component, dose.mg, dose.max_mg) for dose in mixture.doses] == [("lidocaine", 20, most)]
    assert mixture.within_dose_limit is within


NO_WEIGHT = (
    "No weight was given, so the most lidocaine this patient may have was not calculated; "
    "weigh the patient before anything is injected."
)


EPINEPHRINE = (
    "This holds epinephrine: ask about MAO inhibitors, tricyclic antidepressants, non-selective beta blockers and "
    "ergot medicines, and about sulfite allergy (the vial holds metabisulfite)."
)


def too_much(mg, most, rule="4.5 mg/kg, never above 300 mg"):
    return (
        f"This holds {mg} mg of lidocaine, more than the ceiling of {most} mg for a healthy adult "
        f"({rule}); do not give it in one session."
    )


@pytest.mark.parametrize(
    ("options", "within", "warnings"),
    [
        ({"volume_ml": "30", "weight_kg": "70"}, True, ()),
        ({"volume_ml": "30.1", "weight_kg": "70"}, False, (too_much(301, 300),)),
        ({"volume_ml": "22.5", "weight_kg": "50"}, True, ()),
        ({"volume_ml": "22.6", "weight_kg": "50"}, False, (too_much(226, 225),)),
        ({"volume_ml": "22.5"}, None, (NO_WEIGHT,)),
        ({"volume_ml": "30"}, None, (NO_WEIGHT,)),
        ({"volume_ml": "30.1"}, None, (NO_WEIGHT, too_much(301, 300))),
        ({"volume_ml": "50", "weight_kg": "80", "lidocaine_form": "with-epinephrine"}, True, (EPINEPHRINE,)),
        (
            {"volume_ml": "50.1", "weight_kg": "80", "lidocaine_form": "with-epinephrine"},
            False,
            (EPINEPHRINE, too_much(501, 500, "7 mg/kg, never above 500 mg")),
        ),
    ],
)
def test_one_millilitre_of_plain_one_percent_at_a_time_up_to_the_ceiling(options, within, warnings):
    mixture = mixed(dextrose="0", lidocaine="1", **options)
    assert (mixture.feasible, mixture.within_dose_limit, mixture.warnings) == (True, within, warnings)


def test_without_lidocaine_no_weight_is_asked_for():
    mixture = mixed(lidocaine="0")
    assert (mixture.warnings, mixture.within_dose_limit) == ((), None)
    assert mixed(lidocaine="0", weight_kg="70").within_dose_limit is True


def test_a_volume_between_two_marks_is_rounded_and_what_results_is_said():
    mixture = mixed(dextrose="12.5", volume_ml="5", weight_kg="70")
    assert drawn(mixture) == volumes("1.2", "1", "2.8")
    assert mixture.made.percent("dextrose") == 12
    assert mixture.warnings == (
        (
            "1.25 mL of 50% dextrose (hydrous) stock cannot be read to 0.1 mL; "
            "drawing 1.2 mL gives a net strength of 12% instead of 12.5%."
        ),
    )


def test_the_dose_counts_what_is_drawn_and_not_what_was_asked():
    mixture = mixed(lidocaine="0.46", volume_ml="1", weight_kg="70")
    assert drawn(mixture) == volumes("0.3", "0.5", "0.2")
    assert mixture.doses[0].mg == 5


def test_a_finer_syringe_reads_the_same_recipe_exactly():
    mixture = mixed(dextrose="12.5", volume_ml="5", weight_kg="70", syringe_ml="1")
    assert (drawn(mixture), mixture.warnings) == (volumes("1.25", "1", "2.75"), ())


def test_a_total_between_two_marks_is_made_up_with_the_diluent_and_said():
    mixture = mixed(volume_ml="10.05", lidocaine="0", weight_kg="70")
    assert drawn(mixture) == {"dextrose": 3, "saline": F("7.05")}
    assert mixture.warnings == (
        (
            "3.015 mL of 50% dextrose (hydrous) stock cannot be read to 0.1 mL; "
            "drawing 3 mL gives a net strength of 14.925% instead of 15%."
        ),
        "A total of 10.05 mL cannot be read to 0.1 mL; the saline makes up the difference.",
    )


def test_what_does_not_fit_says_what_would():
    mixture = mixed(dextrose="25", lidocaine="0.75", weight_kg="50")
    assert (mixture.feasible, mixture.made, mixture.within_dose_limit) == (False, None, None)
    assert [(dose.mg, dose.max_mg) for dose in mixture.doses] == [(None, 225)]
    assert mixture.alternatives == (Alternative("lidocaine", F("0.5")), Alternative("dextrose", F("12.5")))
    assert mixture.warnings == (
        (
            "This cannot be mixed: it would take 5 mL of 50% dextrose (hydrous) stock and 7.5 mL of 1% lidocaine (plain) "
            "stock, more than the 10 mL asked for."
        ),
        "With everything else as asked, 1% lidocaine (plain) stock reaches a net strength of at most 0.5%.",
        "With everything else as asked, 50% dextrose (hydrous) stock reaches a net strength of at most 12.5%.",
    )


def test_the_nearest_strength_is_shown_rounded_down_and_the_volumes_needed_rounded_up():
    mixture = mixed(dextrose="20", dextrose_stock="30", lidocaine="0.7", volume_ml="1")
    assert mixture.alternatives == (Alternative("lidocaine", F(1, 3)), Alternative("dextrose", F(9)))
    assert mixture.warnings[:2] == (
        (
            "This cannot be mixed: it would take 0.667 mL of 30% dextrose (hydrous) stock and 0.7 mL of "
            "1% lidocaine (plain) stock, more than the 1 mL asked for."
        ),
        "With everything else as asked, 1% lidocaine (plain) stock reaches a net strength of at most 0.333%.",
    )
    assert mixed(dextrose="10", dextrose_stock="30", lidocaine="0.7").warnings[1].endswith("at most 0.666%.")


def test_undiluted_dextrose_leaves_no_room_at_all():
    assert mixed(dextrose="50").alternatives == (Alternative("lidocaine", F(0)), Alternative("dextrose", F(40)))


def test_what_is_too_little_to_measure_is_not_left_out_in_silence():
    mixture = mixed(lidocaine="0.001", volume_ml="2")
    assert (mixture.feasible, mixture.alternatives) == (False, (Alternative("volume-ml", F(100)),))
    assert mixture.warnings == (
        (
            "This cannot be measured: 0.002 mL of 1% lidocaine (plain) stock would be needed, and the syringe is read to "
            "0.1 mL; make at least 100 mL in all, or use a weaker stock or a finer syringe."
        ),
    )
    assert drawn(mixed(lidocaine="0.001", volume_ml="100")) == volumes("30", "0.1", "69.9")


@pytest.mark.parametrize(
    ("lidocaine", "alternatives"), [("0.0001", (Alternative("volume-ml", F(1000)),)), ("0.000099", ())]
)
def test_no_volume_beyond_the_largest_bag_is_proposed(lidocaine, alternatives):
    assert mixed(lidocaine=lidocaine).alternatives == alternatives


def test_too_little_for_any_volume_still_gets_advice():
    assert mixed(lidocaine="0.000001").warnings == (
        (
            "This cannot be measured: 0.001 mL of 1% lidocaine (plain) stock would be needed, and the syringe is read to "
            "0.1 mL; use a weaker stock or a finer syringe."
        ),
    )


@pytest.mark.parametrize("dextrose", ["0", "5", "6"])
def test_only_what_is_too_small_to_measure_is_named(dextrose):
    (warning,) = mixed(dextrose=dextrose, lidocaine="0.01", volume_ml="1").warnings
    assert warning.startswith("This cannot be measured: 0.01 mL of 1% lidocaine (plain) stock would be needed")


def test_every_component_too_small_to_measure_is_named():
    mixture = mixed(dextrose="1", lidocaine="0.03", volume_ml="1")
    assert [warning[:34] for warning in mixture.warnings] == [
        "This cannot be measured: 0.02 mL o",
        "This cannot be measured: 0.03 mL o",
    ]
    assert mixture.alternatives == (Alternative("volume-ml", F(5)),)


def test_the_anaesthetic_of_a_mixture_is_said_to_be_in_the_mixture():
    assert [(one.component, one.where) for one in mixed(lidocaine="0.2").session.given] == [
        ("lidocaine", "in the mixture")
    ]
