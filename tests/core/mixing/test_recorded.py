"""Mixtures of trials as they were recorded: what can be worked out is, what was not read stays out."""

from fractions import Fraction

import pytest

from enthesis.knowledge import Library, LibraryError
from enthesis.mixing import Part, Recorded, recorded_mixtures, run_recorded_example, worked_out

F = Fraction
LIBRARY = Library.shipped()
ENTRIES = {entry.id: entry for entry in recorded_mixtures(LIBRARY)}
NOT_WORKED_OUT = ["cusi-sacroiliac", "dechow-1999-back", "rabago-2013-morrhuate", "reeves-2000-finger"]


@pytest.mark.parametrize("id", ENTRIES)
def test_every_example_holds(id):
    assert ENTRIES[id].examples
    for example in ENTRIES[id].examples:
        run_recorded_example(ENTRIES[id].body, example, LIBRARY)


def test_what_could_not_be_read_is_not_worked_out():
    assert [id for id, entry in ENTRIES.items() if worked_out(LIBRARY, entry.body) is None] == NOT_WORKED_OUT
    assert len(ENTRIES) == 12


@pytest.mark.parametrize(
    ("id", "dextrose", "lidocaine"),
    [
        ("plantar-ajpmr-2020", "15", "0.2"),
        ("varma-2022-foot", "15", "0.5"),
        ("irct-72829-stronger", "25", "1"),
        ("irct-72829-weaker", "12.5", "1.5"),
        ("jahangiri-2014-thumb", "10", "1"),
        ("rezasoltani-2017-joint", "8", "0.4"),
        ("rezasoltani-2017-skin", "10", "0.5"),
    ],
)
def test_the_seven_published_recipes(id, dextrose, lidocaine):
    made = worked_out(LIBRARY, ENTRIES[id].body)
    assert (made.percent("dextrose"), made.percent("lidocaine")) == (F(dextrose), F(lidocaine))


def test_scarpone_in_sevenths():
    made = worked_out(LIBRARY, ENTRIES["scarpone-2008-elbow"].body)
    assert [strength.percent for strength in made.strengths] == [F(5, 7), F(75, 7), F(2, 7), F(1, 28)]


BODY = Recorded("t", "s", (Part("dextrose", ml=1, stock_percent=50, form="anhydrous"), Part("glycerin")))


def test_the_form_of_a_part_is_kept():
    made = worked_out(LIBRARY, Recorded("t", "s", BODY.parts[:1]))
    assert made.draws[0].stock.form == "anhydrous"
    assert worked_out(LIBRARY, Recorded("t", "s", (Part("dextrose", ml=1),))) is None
    assert worked_out(LIBRARY, Recorded("t", "s", (Part("dextrose", stock_percent=50),))) is None


@pytest.mark.parametrize(
    ("question", "component", "answer"),
    [
        ("net-percent", "dextrose", "not known"),
        ("volume-ml", "", "not known"),
        ("stated-percent", "glycerin", "not stated"),
        ("stock-percent", "dextrose", "50"),
        ("stock-percent", "glycerin", "not stated"),
    ],
)
def test_questions_that_have_no_number_for_an_answer(question, component, answer):
    example = {"story": "s", "question": question, "given": {"component": component}, "expect": answer}
    run_recorded_example(BODY, example, LIBRARY)
    with pytest.raises(AssertionError) as wrong:
        run_recorded_example(BODY, example | {"expect": "7"}, LIBRARY)
    assert str(wrong.value) == f"s: 7 was expected, and the entry gives {answer}"


def test_what_is_not_asked_of_a_mixture():
    asked = "net-percent, volume-ml, stated-percent, stock-percent"
    for example, sentence in (
        ({"question": "colour"}, f"examples: 'colour' is not asked of a mixture; expected one of {asked}"),
        ({}, f"examples: '' is not asked of a mixture; expected one of {asked}"),
        (
            {"question": "stated-percent", "given": {"component": "phenol"}},
            "examples: 'phenol' is no part of this mixture",
        ),
        ({"question": "stated-percent", "given": 7}, "examples: '' is no part of this mixture"),
        ({"question": "stated-percent", "given": {}}, "examples: '' is no part of this mixture"),
    ):
        with pytest.raises(LibraryError) as refused:
            run_recorded_example(BODY, example, LIBRARY)
        assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"ml": 0.0}, "ml: 0.0 was found; expected a number above 0"),
        ({"stock_percent": -1.0}, "stock_percent: -1.0 was found; expected a number of 0 or more"),
        ({"net_percent": 0.0}, "net_percent: 0.0 was found; expected a number above 0"),
    ],
)
def test_a_part_that_makes_no_sense_does_not_load(options, sentence):
    with pytest.raises(LibraryError) as refused:
        Part("dextrose", **options)
    assert str(refused.value) == sentence
