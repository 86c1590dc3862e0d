"""A chart that gives codes and no names: what we know is read, what we do not know is asked about, nothing is dropped."""

import pytest
from tests.core.screening.made import LIBRARY

from enthesis.screening import ChartItem, ItemKind, facts_from
from enthesis.screening.code_beside import says_more
from enthesis.screening.coded import bare_code, spelled_out, spells_out, without_codes
from enthesis.screening.words import is_readable


def medicine_read(name, *, coded=False):
    """The medicine that a name in the chart becomes."""
    [found] = facts_from(
        [ChartItem(ItemKind.MEDICINE, "MedicationRequest/m1", name, coded=coded, state="taking")],
        answers={},
        library=LIBRARY,
    ).medicines
    return found


@pytest.mark.parametrize(
    ("code", "classes"),
    [
        ("5640", ("nsaid",)),
        ("310965", ("nsaid",)),
        ("849574", ("nsaid",)),
        ("994008", ("nsaid",)),
        ("1100070", ("nsaid",)),
        ("11289", ("anticoagulant",)),
        ("855332", ("anticoagulant",)),
        ("1364445", ("anticoagulant",)),
        ("309362", ("antiplatelet",)),
        ("243670", ("aspirin", "aspirin-small")),
        ("209468", ("aspirin", "paracetamol")),
        ("1804799", ("antithrombotic-other",)),
    ],
)
def test_a_bare_code_of_a_medicine_that_rules_speak_of_is_read_as_that_medicine(code, classes):
    found = medicine_read(bare_code(code, "RxNorm"))
    assert tuple(sorted(found.recognised.classes)) == classes
    assert not found.recognised.unknown


def test_eye_drops_given_by_code_alone_are_eye_drops():
    assert medicine_read("code 860103 (RxNorm)").route == "eye"


def test_words_that_say_nothing_do_not_hide_the_medicine_that_the_code_names():
    found = medicine_read("pain pill / code 5640 (RxNorm)")
    assert (found.name, found.recognised.ingredients) == ("pain pill / ibuprofen", ("ibuprofen",))


def test_a_code_that_nobody_knows_is_asked_about():
    found = medicine_read("code 99999999 (RxNorm)")
    assert (found.name, found.recognised.unknown) == ("code 99999999 (RxNorm)", True)


def test_words_with_a_code_that_nobody_knows_are_asked_about_unless_the_words_are_known():
    assert medicine_read("pain pill / code 99999999 (RxNorm)").recognised.unknown
    assert not medicine_read("Naproxen 500 MG Oral Tablet / code 99999999 (RxNorm)").recognised.unknown


def test_a_known_code_of_a_medicine_without_a_rule_is_not_asked_about():
    known = medicine_read("code 313782 (RxNorm)")
    assert (known.name, known.recognised.unknown) == ("Acetaminophen 325 MG Oral Tablet", False)


@pytest.mark.parametrize("name", ["code 5640 (ATC)", "code 5640 (urn:oid:1.2)", "code 5640 (of no vocabulary)"])
def test_the_same_digits_in_another_vocabulary_are_another_code(name):
    assert (spelled_out(name, LIBRARY), spells_out(name, LIBRARY)) == (name, False)


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("code 233604007 (SNOMED CT)", False),
        ("code J18.9 (of no vocabulary)", False),
        ("code 1 (RxNorm) / code 2 (NDC)", False),
        ("Pneumonia / code 233604007 (SNOMED CT)", True),
        ("colour code 5 was seen", True),
    ],
)
def test_the_name_of_a_vocabulary_is_no_word_about_the_patient(name, readable):
    assert is_readable(name) is readable
    assert ("code" in without_codes(name).split()) is name.startswith("colour")


@pytest.mark.parametrize(
    ("code", "words", "more"),
    [
        ("code 11289 (RxNorm)", "White tablet", True),
        ("code 11289 (RxNorm)", "", True),
        ("code 11289 (RxNorm)", "Warfarin sodium 5 mg", False),
        ("code 11289 (RxNorm)", "Coumadin / aspirin", False),
        ("code 5640 (RxNorm)", "Tylenol", True),
        ("code 99999999 (RxNorm)", "White tablet", False),
        ("code B01AA03 (ATC)", "White tablet", False),
    ],
)
def test_a_code_says_more_when_its_drug_is_not_in_the_words(code, words, more):
    assert says_more(code, words, LIBRARY) is more
