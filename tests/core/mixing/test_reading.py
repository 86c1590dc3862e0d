"""One line of a recipe as it is typed: a unit helps when it is right and is refused when it is wrong."""

from fractions import Fraction

import pytest

from enthesis.knowledge import BadInput, Library
from enthesis.mixing import (
    Given,
    read_diluent,
    read_draw,
    read_elsewhere,
    read_ml,
    read_percent,
    read_skin,
    read_vial,
    read_wanted,
)

F = Fraction
LIBRARY = Library.shipped()


@pytest.mark.parametrize(
    ("typed", "stock", "net"),
    [
        ("dextrose=15@50:hydrous", "50% dextrose (hydrous)", "15"),
        ("dextrose=15@50", "50% dextrose (hydrous)", "15"),
        (" Dextrose = 15 % @ 50 % : Anhydrous ", "50% dextrose (anhydrous)", "15"),
        ("lidocaine=0.2@1", "1% lidocaine (plain)", "0.2"),
        ("lidocaine=2 mg/mL@10 mg / ml:with-epinephrine", "1% lidocaine (with-epinephrine)", "0.2"),
        ("bupivacaine=0.05@0.5", "0.5% bupivacaine (plain)", "0.05"),
        ("sodium-morrhuate=0.7@5", "5% sodium-morrhuate", "0.7"),
        ("procaine=1@2", "2% procaine (plain)", "1"),
    ],
)
def test_a_part(typed, stock, net):
    wanted = read_wanted(LIBRARY, typed)
    assert (wanted.stock.name, wanted.percent) == (stock, F(net))


@pytest.mark.parametrize(
    ("typed", "stock", "ml"),
    [
        ("dextrose@50:hydrous=3", "50% dextrose (hydrous)", "3"),
        ("dextrose@50=3mL", "50% dextrose (hydrous)", "3"),
        ("saline=3.5 ml", "0.9% saline", "3.5"),
        ("saline@0.9=3.5", "0.9% saline", "3.5"),
        ("water=1", "water", "1"),
        ("bacteriostatic-water=1", "bacteriostatic-water", "1"),
        ("lidocaine@10mg/ml:with-epinephrine=2", "1% lidocaine (with-epinephrine)", "2"),
    ],
)
def test_what_was_drawn(typed, stock, ml):
    draw = read_draw(LIBRARY, typed)
    assert (draw.stock.name, draw.volume_ml) == (stock, F(ml))


def test_a_diluent_is_a_name_or_a_weaker_vial():
    names = [read_diluent(LIBRARY, typed).name for typed in (" Saline ", "water", "dextrose@5", "saline@0.9")]
    assert names == ["0.9% saline", "water", "5% dextrose (hydrous)", "0.9% saline"]


def test_skin_and_elsewhere():
    skin = read_skin(LIBRARY, "lidocaine@1=3")
    assert (skin.component, skin.mg, skin.where) == ("lidocaine", 30, "skin")
    elsewhere = read_elsewhere(LIBRARY, "Lidocaine:with-epinephrine = 100 mg")
    assert (elsewhere.form, elsewhere.mg, elsewhere.where) == ("with-epinephrine", 100, "elsewhere that day")
    assert isinstance(read_elsewhere(LIBRARY, "lidocaine=0"), Given)


PART, DRAW = "expected such as dextrose=15@50:hydrous", "expected such as dextrose@50:hydrous=3"
EXPECTED = "is not a number that can be read; expected one such as 10 or 12.5"
UNIT = "is in another unit; expected a number in"


@pytest.mark.parametrize(
    ("read", "typed", "sentence"),
    [
        (read_wanted, "dextrose", f"part: 'dextrose' cannot be read; {PART}"),
        (read_wanted, "=15@50", f"part: '=15@50' cannot be read; {PART}"),
        (read_wanted, "dextrose=", f"part: 'dextrose=' cannot be read; {PART}"),
        (read_wanted, "x" * 50, f"part: {'x' * 40!r} cannot be read; {PART}"),
        (read_wanted, "dextrose=15", f"part: 'dextrose=15' does not say the strength of the vial; {PART}"),
        (read_wanted, "q=" + "1" * 50, f"part: {('q=' + '1' * 38)!r} does not say the strength of the vial; {PART}"),
        (read_wanted, "dextrose=@50", f"dextrose: '' {EXPECTED}"),
        (read_wanted, "dextrose=15@", f"dextrose-stock: '' {EXPECTED}"),
        (read_wanted, "dextrose=0,2@50", "dextrose: '0,2' has a comma; write a decimal point, as in 12.5"),
        (read_wanted, "dextrose=0,2%@50", "dextrose: '0,2' has a comma; write a decimal point, as in 12.5"),
        (read_wanted, "lidocaine=0.2@1,5", "lidocaine-stock: '1,5' has a comma; write a decimal point, as in 12.5"),
        (read_wanted, "dextrose=15ml@50", f"dextrose: '15ml' {UNIT} %"),
        (read_wanted, "dextrose=15@50mg", f"dextrose-stock: '50mg' {UNIT} %"),
        (read_wanted, "dextrose=nan@50", f"dextrose: 'nan' {EXPECTED}"),
        (read_wanted, "dextrose=1e400@50", f"dextrose: '1e400' {EXPECTED}"),
        (read_wanted, "dextrose=120@50", "dextrose: 120 percent is not accepted; expected 0 to 100 percent"),
        (read_wanted, "dextrose=15@120", "dextrose-stock: 120 percent is not accepted; expected 0.01 to 70 percent"),
        (read_wanted, "dextrose=15@50:wet", "form: there is no form 'wet'; expected hydrous or anhydrous"),
        (read_draw, "dextrose@50", f"draw: 'dextrose@50' cannot be read; {DRAW}"),
        (read_draw, "dextrose@50=3%", f"draw dextrose@50: '3%' {UNIT} mL"),
        (read_draw, "dextrose@50=3 " + "q" * 30, f"draw dextrose@50: {('3 ' + 'q' * 18)!r} {UNIT} mL"),
        (read_draw, "dextrose@50=3,5", "draw dextrose@50: '3,5' has a comma; write a decimal point, as in 12.5"),
        (read_draw, "saline=0", "volume-ml: 0 mL of saline cannot be drawn; expected more than 0 mL"),
        (read_draw, "saline=-1", "volume-ml: -1 mL of saline cannot be drawn; expected more than 0 mL"),
        (read_draw, "lidocaine=2", "lidocaine: the strength of the vial is missing; expected one such as lidocaine@1"),
        (read_draw, "saline@0.45=2", "saline-stock: 0.45% is not on the shelf; expected 0.9"),
        (
            read_draw,
            "ozone=2",
            (
                "component: 'ozone' is not known; expected bupivacaine, dextrose, lidocaine, procaine, saline, "
                "sodium-morrhuate, water or bacteriostatic-water"
            ),
        ),
        (read_vial, "lidocaine@x", f"lidocaine-stock: 'x' {EXPECTED}"),
        (read_diluent, "juice", "diluent: 'juice' is not on the shelf; expected saline, water or bacteriostatic-water"),
        (read_skin, "dextrose@50=1", "skin: dextrose is no local anaesthetic; expected one, such as lidocaine"),
        (read_skin, "lidocaine@1", f"skin: 'lidocaine@1' cannot be read; {DRAW}"),
        (read_skin, "lidocaine@1=1mg", f"skin lidocaine@1: '1mg' {UNIT} mL"),
        (read_elsewhere, "lidocaine", "elsewhere: 'lidocaine' cannot be read; expected such as lidocaine=100"),
        (read_elsewhere, "lidocaine=3ml", f"elsewhere lidocaine: '3ml' {UNIT} mg"),
    ],
)
def test_what_cannot_be_meant(read, typed, sentence):
    with pytest.raises(BadInput) as refused:
        read(LIBRARY, typed)
    assert str(refused.value) == sentence


def test_numbers_alone():
    assert (read_percent("x", "50"), read_percent("x", " 5 mg/mL "), read_ml("x", "3 mL")) == (50, F(1, 2), 3)
    with pytest.raises(BadInput, match=r"^x: '5 mg/dl' is in another unit; expected a number in %$"):
        read_percent("x", "5 mg/dl")
    with pytest.raises(BadInput, match=r"^x: '0,5' has a comma"):
        read_percent("x", "0,5 mg/ml")


def test_a_vial_written_twice_is_blamed_on_the_vial_and_not_on_the_net_strength():
    with pytest.raises(BadInput, match=r"^dextrose-stock: '50@30' is not a number"):
        read_wanted(LIBRARY, "dextrose=15@50@30")
