"""What is recorded of a treatment follows from the fields its entry declares, and from nothing else."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import BadInput, Library, LibraryError
from enthesis.pathway import FieldKind, RecordField, checked_record, traced, treatment_called

ON = date(2027, 3, 8)
FIELDS = (
    RecordField("product", "Product", FieldKind.TEXT, traced=True),
    RecordField("dose", "Dose", FieldKind.NUMBER, unit="mg", least="0.1", most="200", required=False),
    RecordField("bare", "Bare", FieldKind.NUMBER, least="0", most="1", required=False),
    RecordField("how", "How", FieldKind.CHOICE, options=("a", "b"), required=False),
    RecordField("expiry", "Expires on", FieldKind.EXPIRY, required=False),
    RecordField("lot", "Lot", FieldKind.TEXT, required=False, traced=True),
)


def refusal(**changes):
    with pytest.raises(BadInput) as refused:
        checked_record(FIELDS, {"product": "P"} | changes, on=ON)
    return str(refused.value)


def test_what_was_given_is_kept_as_text_and_what_was_left_empty_is_left_out():
    said = {"product": " P ", "dose": "0.10", "bare": "1", "how": "b", "expiry": "2027-03-08", "lot": ""}
    assert checked_record(FIELDS, said, on=ON) == {
        "product": "P",
        "dose": "0.10",
        "bare": "1",
        "how": "b",
        "expiry": "2027-03-08",
    }


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"product": ""}, "product: product must be recorded"),
        ({"product": None}, "product: product must be recorded"),
        ({"product": "x" * 201}, "product: at most 200 characters were expected"),
        ({"product": "a\x00b"}, "product: at most 200 characters were expected"),
        ({"dose": "0.09"}, "dose: a number from 0.1 to 200 mg was expected, with a decimal point, not '0.09'"),
        ({"dose": "200.01"}, "dose: a number from 0.1 to 200 mg was expected, with a decimal point, not '200.01'"),
        ({"dose": "much"}, "dose: a number from 0.1 to 200 mg was expected, with a decimal point, not 'much'"),
        ({"dose": "Infinity"}, "dose: a number from 0.1 to 200 mg was expected, with a decimal point, not 'Infinity'"),
        ({"dose": "1,5"}, "dose: a number from 0.1 to 200 mg was expected, with a decimal point, not '1,5'"),
        ({"bare": "2"}, "bare: a number from 0 to 1 was expected, with a decimal point, not '2'"),
        ({"how": "c"}, "how: 'c' is not in the list; there are: a, b"),
        ({"expiry": "soon"}, "expiry: a day such as 2027-03-01 was expected, not 'soon'"),
        ({"expiry": "2027-03-07"}, "expiry: expired on 2027-03-07, before the session of 2027-03-08"),
        (
            {"colour": "red"},
            "colour: this treatment records no such thing; it records: product, dose, bare, how, expiry, lot",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(changes, sentence):
    assert refusal(**changes) == sentence


def test_a_treatment_that_records_nothing_says_so():
    with pytest.raises(BadInput, match="^lot: this treatment records no such thing; it records: nothing$"):
        checked_record((), {"lot": "L"}, on=ON)


def test_the_longest_text_and_both_ends_of_a_number_are_allowed():
    assert checked_record(FIELDS, {"product": "x" * 200, "dose": "200"}, on=ON)["dose"] == "200"


def test_a_recall_is_searched_by_what_is_traced():
    assert traced(FIELDS, {"product": "P", "dose": "1", "lot": "L"}) == ("P", "L")
    assert traced(FIELDS, {"product": "P"}) == ("P",)


@pytest.mark.parametrize(
    ("kind", "more", "sentence"),
    [
        (FieldKind.TEXT, {"options": ("a",)}, "records: 'f': `options` are for a choice, and a choice has some"),
        (FieldKind.CHOICE, {}, "records: 'f': `options` are for a choice, and a choice has some"),
        (FieldKind.NUMBER, {"least": "0"}, "records: 'f': `least` and `most` are for a number, and a number has both"),
        (FieldKind.NUMBER, {"most": "1"}, "records: 'f': `least` and `most` are for a number, and a number has both"),
        (
            FieldKind.TEXT,
            {"least": "0", "most": "1"},
            "records: 'f': `least` and `most` are for a number, and a number has both",
        ),
    ],
)
def test_a_field_that_contradicts_itself_does_not_load(kind, more, sentence):
    with pytest.raises(LibraryError) as refused:
        RecordField("f", "F", kind, **more)
    assert str(refused.value) == sentence


@given(st.decimals(min_value="0.1", max_value="200", places=3))
def test_a_number_comes_back_exactly_as_it_was_typed(number):
    typed = format(number, "f")
    assert checked_record(FIELDS, {"product": "P", "dose": typed}, on=ON)["dose"] == typed


def test_a_treatment_that_is_not_there_is_answered_with_those_that_are():
    with pytest.raises(BadInput, match="^treatment: there is no treatment 'leeches'; there are: corticosteroid, "):
        treatment_called(Library.shipped(), "leeches")
