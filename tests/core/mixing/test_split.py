"""A volume split into syringes, as it is typed."""

from fractions import Fraction

import pytest

from enthesis.knowledge import BadInput
from enthesis.mixing import Syringe, split

F = Fraction


@pytest.mark.parametrize(
    ("typed", "syringes"),
    [
        ("3x10", [("1 of 3", 10, 10), ("2 of 3", 10, 10), ("3 of 3", 10, 10)]),
        ("5+5+2", [("1 of 3", 5, 5), ("2 of 3", 5, 5), ("3 of 3", 3, 2)]),
        (" 5 + 2.5 ", [("1 of 2", 5, 5), ("2 of 2", 3, "2.5")]),
        ("2x8in10", [("1 of 2", 10, 8), ("2 of 2", 10, 8)]),
        ("2 × 8 mL in 20 mL", [("1 of 2", 20, 8), ("2 of 2", 20, 8)]),
        ("2*1", [("1 of 2", 1, 1), ("2 of 2", 1, 1)]),
        ("left: 5 + Right:2x4", [("left", 5, 5), ("Right 1", 5, 4), ("Right 2", 5, 4)]),
        ("0.3", [("1 of 1", 1, "0.3")]),
        ("60mL + 1", [("1 of 2", 60, 60), ("2 of 2", 1, 1)]),
        ("1.1", [("1 of 1", 3, "1.1")]),
    ],
)
def test_what_is_typed_and_what_is_meant(typed, syringes):
    assert [(one.name, one.size_ml, one.fill_ml) for one in split(typed)] == [
        (name, F(size), F(fill)) for name, size, fill in syringes
    ]


READABLE = "expected such as 3x10 (three of 10 mL), 5+5+2, or 2x8in10 (8 mL in a syringe of 10)"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("5,5,2", "syringes: '5,5,2' has a comma; write 5+5+2 for several, and a decimal point, as in 2.5"),
        ("2,5", "syringes: '2,5' has a comma; write 5+5+2 for several, and a decimal point, as in 2.5"),
        ("," * 30, f"syringes: {',' * 20!r} has a comma; write 5+5+2 for several, and a decimal point, as in 2.5"),
        ("", f"syringes: '' cannot be read; {READABLE}"),
        ("5++5", f"syringes: '' cannot be read; {READABLE}"),
        ("0x10", f"syringes: '0x10' cannot be read; {READABLE}"),
        ("00x10", f"syringes: '00x10' cannot be read; {READABLE}"),
        ("ten", f"syringes: 'ten' cannot be read; {READABLE}"),
        ("1e400", f"syringes: '1e400' cannot be read; {READABLE}"),
        ("-5", f"syringes: '-5' cannot be read; {READABLE}"),
        ("q" * 30, f"syringes: {'q' * 20!r} cannot be read; {READABLE}"),
        ("5.", "syringes: '5.' is not a number that can be read; expected one such as 10 or 12.5"),
        ("5in.", "syringes: '.' is not a number that can be read; expected one such as 10 or 12.5"),
        ("5in7", "syringes: a syringe of 7 mL is not known; expected one of 1, 3, 5, 10, 20, 60"),
        ("8in5", "syringes: 8 mL does not go into a syringe of 5 mL; expected more than 0 and at most 5 mL"),
        ("0", "syringes: 0 mL does not go into a syringe of 1 mL; expected more than 0 and at most 1 mL"),
        ("60.1", "syringes: 60.1 mL does not go into any syringe known here; expected at most 60 mL"),
        ("41x1", "syringes: 41 syringes are not accepted; expected at most 40"),
    ],
)
def test_what_cannot_be_meant(typed, sentence):
    with pytest.raises(BadInput) as refused:
        split(typed)
    assert str(refused.value) == sentence


def test_forty_are_the_most():
    assert len(split("40x1")) == 40


def test_each_size_is_read_to_its_own_marks():
    assert [one.read_to_ml for one in split("1+3+5+10+20+60")] == [
        F(mark) for mark in ("0.01", "0.1", "0.2", "0.2", "1", "1")
    ]
    assert Syringe("a", F(5), F(5)).fill_ml == 5
