"""Volumes that a syringe can be read to."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import BadInput
from enthesis.mixing import MARKS_ML, READ_TO_ML, graduation
from enthesis.mixing.syringes import readable

F = Fraction
MARK = F("0.1")


def at_marks(*volumes, total=100):
    return readable(tuple(map(F, volumes)), total_ml=F(total), graduation_ml=MARK)


@pytest.mark.parametrize(
    ("size", "marks"), [(None, "0.1"), ("1", "0.01"), ("3", "0.1"), ("5", "0.2"), ("10", "0.2"), ("20", "1"), (60, "1")]
)
def test_what_each_syringe_can_be_read_to(size, marks):
    assert graduation(size) == F(marks)


def test_the_table_of_marks_is_complete_and_the_default_is_a_tenth():
    assert (len(MARKS_ML), READ_TO_ML) == (6, F("0.1"))


@pytest.mark.parametrize("size", ["7", "0", "-1"])
def test_an_unknown_syringe_is_refused(size):
    with pytest.raises(BadInput) as refused:
        graduation(size)
    assert str(refused.value) == (
        f"syringe-ml: the marks of a {size} mL syringe are not known; expected one of 1, 3, 5, 10, 20, 60"
    )


def test_the_size_of_a_syringe_is_a_number():
    with pytest.raises(BadInput, match=r"^syringe-ml: 'big' is not a number"):
        graduation("big")


@pytest.mark.parametrize(
    ("volume", "mark"),
    [
        ("0", "0"),
        ("0.04", "0"),
        ("0.05", "0"),
        ("0.051", "0.1"),
        ("1.2", "1.2"),
        ("1.24", "1.2"),
        ("1.25", "1.2"),
        ("1.26", "1.3"),
        ("1.35", "1.3"),
    ],
)
def test_nearest_mark_and_a_tie_goes_down(volume, mark):
    assert at_marks(volume) == (F(mark),)


def test_when_the_nearest_marks_fill_the_total_they_stay():
    assert at_marks("0.46", "0.54", total=1) == (F("0.5"), F("0.5"))


def test_when_the_nearest_marks_overflow_all_go_down():
    assert at_marks("0.27", "0.27", "0.46", total=1) == (F("0.2"), F("0.2"), F("0.4"))


@given(
    st.lists(st.fractions(min_value=0, max_value=20, max_denominator=60), min_size=1, max_size=4),
    st.fractions(min_value=0, max_value=5, max_denominator=60),
)
def test_marks_never_overflow_and_are_never_a_whole_mark_off(volumes, rest):
    total = sum(volumes) + rest
    marks = readable(tuple(volumes), total_ml=total, graduation_ml=MARK)
    assert sum(marks) <= total
    assert all(mark % MARK == 0 for mark in marks)
    assert all(abs(mark - volume) < MARK for mark, volume in zip(marks, volumes, strict=True))
