"""The core takes any number of stocks; these are made up to reach what dextrose and lidocaine cannot."""

from dataclasses import FrozenInstanceError, fields
from fractions import Fraction

import pytest

from enthesis.knowledge import BadInput, Library
from enthesis.mixing import (
    Alternative,
    Ceiling,
    Dose,
    Draw,
    Mixture,
    Recipe,
    Role,
    Solution,
    Stock,
    Strength,
    Wanted,
    diluent,
    make,
    stock_of,
)

F = Fraction
LIBRARY = Library.shipped()
SALINE = LIBRARY.entry("solutions", "saline", Solution).body


def drawn(mixture):
    return {draw.stock.component: draw.volume_ml for draw in mixture.draws}


def a_stock(name, percent="10", ceiling=None):
    return Stock(name, F(percent), Role.ANAESTHETIC if ceiling else Role.PROLIFERANT, "", F(100), ceiling)


def recipe_of(*wanted, volume="10", **options):
    return Recipe(
        tuple(Wanted(stock, F(percent)) for stock, percent in wanted), diluent(LIBRARY, "saline"), F(volume), **options
    )


def test_three_stocks_that_leave_no_room_for_two_of_them():
    mixture = make(recipe_of((a_stock("a"), "6"), (a_stock("b"), "6"), (a_stock("c"), "3")))
    assert mixture.alternatives == (Alternative("b", F(1)), Alternative("a", F(1)))
    assert mixture.warnings[0] == (
        "This cannot be mixed: it would take 6 mL of 10% a stock and 6 mL of 10% b stock and 3 mL of 10% c stock, "
        "more than the 10 mL asked for."
    )


def test_a_strength_below_nothing_is_never_proposed():
    mixture = make(recipe_of((a_stock("a"), "6"), (a_stock("b"), "4.4"), (a_stock("c"), "1")))
    assert mixture.alternatives == (Alternative("b", F(3)), Alternative("a", F("4.6")))


def test_a_component_that_is_not_wanted_is_not_named():
    mixture = make(recipe_of((a_stock("a"), "6"), (a_stock("b"), "6"), (a_stock("c"), "0")))
    assert mixture.warnings[0] == (
        "This cannot be mixed: it would take 6 mL of 10% a stock and 6 mL of 10% b stock, "
        "more than the 10 mL asked for."
    )


def test_three_stocks_whose_nearest_marks_overflow_all_go_down():
    mixture = make(recipe_of((a_stock("a"), "2.7"), (a_stock("b"), "2.7"), (a_stock("c"), "4.6"), volume="1"))
    assert drawn(mixture) == {"a": F("0.2"), "b": F("0.2"), "c": F("0.4"), "saline": F("0.2")}
    assert len(mixture.warnings) == 3


TWO = (
    "This holds 2 local anaesthetics (first, second); their toxic effects add up, "
    "and labels advise against mixing them."
)
TOGETHER = (
    "Together the local anaesthetics are more than a healthy adult may have in one session; "
    "do not give them in one session."
)


@pytest.mark.parametrize(
    ("second", "within", "warnings"), [("0.3", True, (TWO,)), ("0.301", False, (TWO, TOGETHER)), ("0", True, ())]
)
def test_two_anaesthetics_are_judged_by_the_sum_of_their_shares(second, within, warnings):
    """Each alone is well below its ceiling of 800 mg: 500 mg of the first, 300 mg or a little more of the second."""
    stocks = [a_stock(name, "1", Ceiling(F(10), F(1000))) for name in ("first", "second")]
    mixture = make(recipe_of(*zip(stocks, ("0.5", second), strict=True), volume="100", weight_kg=F(80)))
    assert (mixture.within_dose_limit, mixture.warnings) == (within, warnings)


@pytest.mark.parametrize(
    ("role", "ceiling", "judged"),
    [(Role.ANAESTHETIC, None, None), (Role.PROLIFERANT, Ceiling(F(1), F(100)), True), (Role.PROLIFERANT, None, True)],
)
def test_an_anaesthetic_without_a_known_ceiling_is_not_taken_to_be_within_it(role, ceiling, judged):
    stock = Stock("procaine", F(1), role, "", F(300), ceiling)
    mixture = make(recipe_of((stock, "0.1"), weight_kg=F(70)))
    assert mixture.within_dose_limit is judged
    assert mixture.warnings == (
        () if judged else ("No ceiling for procaine is known here, so its dose was not judged.",)
    )
    assert [dose.mg for dose in mixture.doses] == ([10] if ceiling or not judged else [])


def test_an_anaesthetic_used_as_the_diluent_counts_too():
    lidocaine = stock_of(LIBRARY, "lidocaine", percent=F(1))
    dextrose = Wanted(stock_of(LIBRARY, "dextrose", percent=F(50)), F(15))
    mixture = make(Recipe((dextrose,), lidocaine, F(50), weight_kg=F(70)))
    assert [(dose.component, dose.mg) for dose in mixture.doses] == [("lidocaine", 350)]
    assert (mixture.within_dose_limit, mixture.warnings) == (
        False,
        (
            (
                "This holds 350 mg of lidocaine, more than the ceiling of 300 mg for a healthy adult "
                "(4.5 mg/kg, never above 300 mg); do not give it in one session."
            ),
        ),
    )


def test_a_component_has_one_net_strength():
    with pytest.raises(BadInput) as refused:
        recipe_of((a_stock("a"), "1"), (a_stock("a", "20"), "1"))
    assert str(refused.value) == (
        "a: it is in the recipe twice; expected one net strength for each component "
        "(a second, weaker stock of it can be the diluent)"
    )


def test_a_recipe_of_nothing_says_what_is_missing():
    with pytest.raises(BadInput) as refused:
        recipe_of()
    assert str(refused.value) == "part: there is nothing to mix; expected a strength above 0 percent"


def test_nothing_can_be_reached_from_water():
    with pytest.raises(BadInput, match=r"^water: 1% cannot be made from a weaker stock; expected at most 0%"):
        Wanted(diluent(LIBRARY, "water"), F(1))
    assert Wanted(diluent(LIBRARY, "water"), F(0)).share == 0


@pytest.mark.parametrize(
    "value",
    [
        a_stock("a"),
        Ceiling(F(1), F(1)),
        Draw(a_stock("a"), F(1)),
        recipe_of((a_stock("a"), "1")),
        Alternative("a", F(1)),
        make(recipe_of((a_stock("a"), "1"))),
        make(recipe_of((a_stock("a"), "1"))).made,
        Wanted(a_stock("a"), F(1)),
        Strength("a", F(1)),
        Dose("a", F(1), None, None),
        SALINE,
        SALINE.stock,
        SALINE.substance,
        *SALINE.substance.forms,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_was_worked_out_cannot_be_changed_afterwards(value):
    with pytest.raises(FrozenInstanceError):
        setattr(value, fields(value)[0].name, None)


def test_a_mixture_whose_draws_do_not_add_up_cannot_exist():
    recipe = recipe_of((a_stock("a"), "1"))
    with pytest.raises(BadInput) as refused:
        Mixture(recipe, (Draw(a_stock("a"), F(9)),))
    assert str(refused.value) == "volume-ml: the draws add up to 9 mL; expected 10 mL"
