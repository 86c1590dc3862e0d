"""What is in the syringe: the reverse question, by the recipes of published trials and the labels of dextrose."""

from fractions import Fraction

import pytest

from enthesis.knowledge import BadInput
from enthesis.mixing import Draw, Role, Stock, Strength, composition, diluent, stock_of

F = Fraction


def liquid(name, percent, role=Role.PROLIFERANT, osmolarity=None):
    return Stock(name, F(percent), role, "", None if osmolarity is None else F(osmolarity))


def drawn(library, *parts):
    """Draws from a text such as '5 dextrose 30' (mL, component, stock percent)."""

    def one(part):
        ml, name, *percent = part.split()
        stock = stock_of(library, name, percent=F(percent[0])) if percent else diluent(library, name)
        return Draw(stock, F(ml))

    return composition(map(one, parts))


@pytest.mark.parametrize(
    ("trial", "parts", "dextrose", "lidocaine"),
    [
        ("plantar fascia, AJPMR 2020", ("5 dextrose 30", "4 saline", "1 lidocaine 2"), "15", "0.2"),
        ("plantar fascia, Varma 2022", ("1.2 dextrose 50", "1.8 water", "1 lidocaine 2"), "15", "0.5"),
        ("shoulder, IRCT 72829, stronger arm", ("1 dextrose 50", "1 lidocaine 2"), "25", "1"),
        ("shoulder, IRCT 72829, weaker arm", ("0.5 dextrose 50", "1.5 lidocaine 2"), "12.5", "1.5"),
        ("thumb base, Jahangiri 2014", ("0.5 dextrose 20", "0.5 lidocaine 2"), "10", "1"),
        ("knee, Rezasoltani 2017, in the joint", ("8 dextrose 10", "2 lidocaine 2"), "8", "0.4"),
        ("knee, Rezasoltani 2017, under the skin", ("5 dextrose 20", "5 lidocaine 1"), "10", "0.5"),
    ],
)
def test_published_recipes_have_these_net_strengths(library, trial, parts, dextrose, lidocaine):
    made = drawn(library, *parts)
    assert made.strengths == (Strength("dextrose", F(dextrose)), Strength("lidocaine", F(lidocaine)))


def test_the_five_stocks_of_scarpone_2008_by_parts():
    made = composition(
        [
            Draw(liquid("morrhuate", "5"), F(1)),
            Draw(liquid("dextrose", "50", osmolarity=2523), F("1.5")),
            Draw(liquid("lidocaine", "4", Role.ANAESTHETIC, 308), F("0.5")),
            Draw(liquid("bupivacaine", "0.5", Role.ANAESTHETIC), F("0.5")),
            Draw(liquid("saline", "0.9", Role.DILUENT, 308), F("3.5")),
        ]
    )
    assert made.volume_ml == 7
    assert made.strengths == (
        Strength("morrhuate", F(5, 7)),
        Strength("dextrose", F(75, 7)),
        Strength("lidocaine", F(2, 7)),
        Strength("bupivacaine", F(1, 28)),
    )
    assert [round(float(strength.percent), 3) for strength in made.strengths] == [0.714, 10.714, 0.286, 0.036]
    assert made.osmolarity_mosm_per_l is None


@pytest.mark.parametrize(
    ("label", "percent", "other", "printed"),
    [
        ("5% in water", "5", None, 252),
        ("50% in water", "50", None, 2523),
        ("2.5% in 0.45% saline", "5", "308", 280),
        ("5% in 0.45% saline", "10", "308", 406),
        ("5% in 0.9% saline", "10", "616", 560),
        ("10% in 0.9% saline", "20", "616", 813),
    ],
)
def test_osmolarities_printed_on_labels(library, label, percent, other, printed):
    """Dextrose in saline is made here from equal parts of dextrose in water, twice as strong, and salt water."""
    draws = [Draw(stock_of(library, "dextrose", percent=F(percent)), F(1))]
    if other:
        draws.append(Draw(liquid("saline", "1", Role.DILUENT, other), F(1)))
    assert round(composition(draws).osmolarity_mosm_per_l) == printed


def test_the_same_stock_drawn_twice_counts_twice(library):
    made = drawn(library, "1 dextrose 50", "3 dextrose 10", "1 water")
    assert made.strengths == (Strength("dextrose", F(16)),)
    assert made.mg("dextrose") == 800


def test_what_was_not_drawn_is_not_there(library):
    made = drawn(library, "2 saline")
    assert (made.strengths, made.mg("dextrose"), made.percent("dextrose")) == ((), 0, 0)


def test_one_percent_is_ten_milligrams_in_a_millilitre(library):
    assert Draw(stock_of(library, "lidocaine", percent=F(1)), F(3)).mg == 30


def test_an_empty_syringe_has_no_composition():
    with pytest.raises(BadInput, match=r"^draw: nothing has been drawn; expected at least one stock and its volume$"):
        composition([])


@pytest.mark.parametrize("volume", ["0", "-0.5"])
def test_nothing_cannot_be_drawn(library, volume):
    with pytest.raises(BadInput) as refused:
        Draw(diluent(library, "saline"), F(volume))
    assert str(refused.value) == f"volume-ml: {volume} mL of saline cannot be drawn; expected more than 0 mL"


@pytest.mark.parametrize("percent", ["-0.1", "100.1"])
def test_no_stock_holds_less_than_nothing_or_more_than_everything(percent):
    with pytest.raises(BadInput) as refused:
        liquid("dextrose", percent)
    assert str(refused.value) == f"dextrose-stock: {percent} percent is not accepted; expected 0 to 100 percent"


def test_the_ends_of_what_a_stock_can_hold():
    assert [liquid("dextrose", percent).percent for percent in ("0", "100")] == [0, 100]


def test_a_stock_is_named_by_its_own_strength_and_form(library):
    names = [
        stock.name
        for stock in (
            stock_of(library, "dextrose", percent=F(50)),
            stock_of(library, "dextrose", percent=F(50), form="anhydrous"),
            stock_of(library, "lidocaine", percent=F(1), form="with-epinephrine"),
            diluent(library, "saline"),
            diluent(library, "water"),
        )
    ]
    assert names == [
        "50% dextrose (hydrous)",
        "50% dextrose (anhydrous)",
        "1% lidocaine (with-epinephrine)",
        "0.9% saline",
        "water",
    ]
