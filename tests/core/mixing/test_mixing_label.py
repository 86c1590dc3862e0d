"""The recipe and the label: stock and net strength side by side on every line."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from enthesis.knowledge import BadInput
from enthesis.mixing import Recipe, Role, Stock, Wanted, diluent, label_lines, make, mix, recipe_lines

MORNING = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


def usual(library, **options):
    return mix(library, **({"dextrose": "15", "lidocaine": "0.2", "volume_ml": "10"} | options))


def test_the_recipe_says_what_to_draw_and_what_it_gives(library):
    assert recipe_lines(usual(library)) == (
        "Draw 3 mL of 50% dextrose (hydrous) stock: net 15%",
        "Draw 2 mL of 1% lidocaine (plain) stock: net 0.2%, 20 mg in all",
        "Draw 5 mL of 0.9% saline stock",
    )


def test_the_label_of_the_syringe(library):
    lines = label_lines(
        usual(library),
        prepared_by=" A. Nurse ",
        prepared_at=MORNING,
        discard_by=datetime(2026, 11, 23, 10, 5, tzinfo=UTC),
    )
    assert lines == (
        "10 mL in all",
        "Dextrose: net 15%; from 3 mL of 50% dextrose (hydrous) stock",
        "Lidocaine: net 0.2%, 20 mg in all; from 2 mL of 1% lidocaine (plain) stock",
        "Saline; from 5 mL of 0.9% saline stock",
        "Osmolarity 973 mOsm/L, calculated",
        "Prepared by A. Nurse at 2026-11-23 09:05",
        "Discard by 2026-11-23 10:05",
    )


def test_what_the_clinic_has_not_said_is_left_blank(library):
    lines = label_lines(usual(library, diluent="water"), prepared_by=" ", prepared_at=MORNING)
    assert lines[3] == "Water; from 5 mL of water stock"
    assert lines[-2:] == ("Prepared by ________ at 2026-11-23 09:05", "Discard by ________")


def test_an_osmolarity_that_is_not_known_is_not_made_up(library):
    morrhuate = Wanted(Stock("morrhuate", Fraction(5), Role.PROLIFERANT), Fraction(1))
    mixture = make(Recipe((morrhuate,), diluent(library, "saline"), Fraction(10)))
    assert label_lines(mixture, prepared_by="B", prepared_at=MORNING)[3] == (
        "Osmolarity not known, at least 246 mOsm/L without the morrhuate"
    )


def test_there_is_no_label_for_what_cannot_be_made(library):
    mixture = usual(library, dextrose="25", lidocaine="0.75")
    for lines in (lambda: recipe_lines(mixture), lambda: label_lines(mixture, prepared_by="B", prepared_at=MORNING)):
        with pytest.raises(BadInput) as refused:
            lines()
        assert str(refused.value) == (
            "mixture: this cannot be made, so there is nothing to write down; expected a feasible recipe"
        )
