"""Two stocks of one component: 50% dextrose brought down with 5% in place of saline or water."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import BadInput, Library
from enthesis.mixing import Alternative, Recipe, Wanted, diluent, make, recipe_lines, stock_of

F = Fraction
LIBRARY = Library.shipped()


def dextrose(percent, form="hydrous"):
    return stock_of(LIBRARY, "dextrose", percent=F(percent), form=form)


def recipe(target, *, strong="50", weak="5", lidocaine="0", volume="9", **options):
    wanted = [Wanted(dextrose(strong), F(target))]
    if lidocaine != "0":
        wanted.append(Wanted(stock_of(LIBRARY, "lidocaine", percent=F(1)), F(lidocaine)))
    return Recipe(tuple(wanted), dextrose(weak), F(volume), **options)


def drawn(mixture):
    return {(draw.stock.component, draw.stock.percent): draw.volume_ml for draw in mixture.draws}


def test_fifteen_percent_from_fifty_and_five():
    """2 mL of 50% hold 1 g, 7 mL of 5% hold 0.35 g: 1.35 g in 9 mL."""
    mixture = make(recipe("15"))
    assert recipe_lines(mixture) == (
        "Draw 2 mL of 50% dextrose (hydrous) stock: net 15%",
        "Draw 7 mL of 5% dextrose (hydrous) stock: net 15%",
    )
    assert (mixture.made.percent("dextrose"), mixture.made.mg("dextrose"), mixture.warnings) == (15, 1350, ())


def test_the_room_that_lidocaine_takes_is_counted():
    """8 mL are left beside 2 mL of lidocaine: x of 50% and 8 - x of 5% are to hold 1.5 g."""
    mixture = make(recipe("13", lidocaine="0.2", volume="10", weight_kg=F(70)))
    assert drawn(mixture) == {("dextrose", 50): 2, ("lidocaine", 1): 2, ("dextrose", 5): 6}
    assert mixture.made.percent("dextrose") == 13
    assert mixture.warnings == ()


def test_the_diluent_alone_may_be_what_was_asked_for():
    mixture = make(recipe("5"))
    assert drawn(mixture) == {("dextrose", 5): 9}
    assert (mixture.recipe.needed, mixture.warnings) == ((), ())


def test_weaker_than_the_diluent_makes_it_cannot_be():
    mixture = make(recipe("3", lidocaine="0.2", volume="10"))
    assert (mixture.feasible, mixture.alternatives) == (False, (Alternative("dextrose", F(4)),))
    assert mixture.warnings == (
        (
            "This cannot be made as weak as that: 5% dextrose (hydrous) stock as the diluent alone gives a net strength of "
            "4%; ask for that or more, or take another diluent."
        ),
    )
    assert make(recipe("4", lidocaine="0.2", volume="10")).feasible


def test_too_full_is_said_as_with_any_other_diluent():
    mixture = make(recipe("45", lidocaine="0.2", volume="10"))
    assert mixture.alternatives == (Alternative("lidocaine", F("0.1")), Alternative("dextrose", F(40)))
    assert mixture.warnings[0] == (
        "This cannot be mixed: it would take 9 mL of 50% dextrose (hydrous) stock and 2 mL of 1% lidocaine (plain) stock, "
        "more than the 10 mL asked for."
    )


def test_what_rounding_elsewhere_does_to_it_is_said():
    """0.25 mL of lidocaine is drawn as 0.2 mL, and 0.05 mL more of the 5% dextrose takes its place."""
    mixture = make(recipe("14", lidocaine="0.25", volume="1", weight_kg=F(70)))
    assert drawn(mixture) == {("dextrose", 50): F("0.2"), ("lidocaine", 1): F("0.2"), ("dextrose", 5): F("0.6")}
    assert mixture.made.percent("dextrose") == 13
    exact = make(recipe("12.75", lidocaine="0.25", volume="1", weight_kg=F(70)))
    assert drawn(exact) == drawn(mixture)
    assert exact.warnings == (
        "With the other volumes rounded, the dextrose comes to a net strength of 13% instead of 12.75%.",
        (
            "0.25 mL of 1% lidocaine (plain) stock cannot be read to 0.1 mL; "
            "drawing 0.2 mL gives a net strength of 0.2% instead of 0.25%."
        ),
    )


def test_too_little_of_the_strong_one_to_measure_names_the_volume_it_takes():
    mixture = make(recipe("5.1", volume="10"))
    assert mixture.alternatives == (Alternative("volume-ml", F(45)),)
    assert make(recipe("5.1", volume="45")).feasible


@pytest.mark.parametrize(
    ("weak", "form", "sentence"),
    [
        (
            "50",
            "hydrous",
            "diluent: 50% dextrose (hydrous) is the stock itself; expected a weaker one, or another diluent",
        ),
        (
            "5",
            "anhydrous",
            (
                "diluent: 5% dextrose (anhydrous) is another form than 50% dextrose (hydrous), so their percents "
                "do not add up; expected the same form"
            ),
        ),
    ],
)
def test_a_diluent_that_makes_no_sense(weak, form, sentence):
    with pytest.raises(BadInput) as refused:
        Recipe((Wanted(dextrose("50"), F(15)),), dextrose(weak, form), F(10))
    assert str(refused.value) == sentence


def test_a_usual_diluent_tops_nothing_up():
    plain = Recipe((Wanted(dextrose("50"), F(15)),), diluent(LIBRARY, "saline"), F(10))
    assert (plain.topped_up, plain.overfull, plain.fits) == (None, False, True)
    assert plain.room(plain.wanted[0]) == 1


@given(st.integers(0, 500), st.sampled_from(["5", "10", "20"]), st.integers(0, 50), st.integers(1, 600))
def test_what_is_made_has_the_strength_that_was_asked_within_a_mark(target, weak, lidocaine, tenths):
    """The bound: a mark of the strong stock, and of the weak one that makes up for any rounding, over the volume."""
    asked, volume = F(target, 10), max(F(tenths, 10), F(1, 10))
    if not asked and not lidocaine:
        return
    mixture = make(recipe(asked, weak=weak, lidocaine=F(lidocaine, 100) if lidocaine else "0", volume=volume))
    if mixture.feasible:
        assert mixture.made.volume_ml == volume
        assert abs(mixture.made.percent("dextrose") - asked) * volume <= (50 + F(weak)) * F(1, 10)
    else:
        assert mixture.warnings
