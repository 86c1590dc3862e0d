"""How written words are compared, doses read and routes found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import LibraryError
from enthesis.screening import Route, Vocabulary
from enthesis.screening.doses import UNCLEAR, dose_mg, parts
from enthesis.screening.routes import route_of
from enthesis.screening.words import contains, is_readable, plain, says, without


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Ibuprofène  400MG!", "ibuprofene 400mg"),
        ("predniSONE", "prednisone"),
        ("Straße", "strasse"),
        ("Depo-Medrol", "depo medrol"),
        ("варфарин", ""),
        ("", ""),
    ],
)
def test_plain(text, expected):
    assert plain(text) == expected


@given(st.text())
def test_plain_is_plain_already(text):
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("text", "phrase", "spoken"),
    [
        ("adenocarcinoma of colon", "*carcinoma", True),
        ("carcinoma", "*carcinoma", True),
        ("adenocarcinoma", "carcinoma", False),
        ("diabetic", "diabet*", True),
        ("prediabetes", "diabet*", False),
        ("type 2 diabetes mellitus", "Diabetes  Mellitus", True),
        ("hiv positive", "hiv", True),
        ("hives", "hiv", False),
        ("carcinomatosis", "*carcinoma", False),
    ],
)
def test_says(text, phrase, spoken):
    assert says(text, phrase) is spoken


def test_without_takes_every_mention_out():
    assert plain(without("family history of cancer history of cancer", "history of cancer")) == "family"
    assert without("prehistory", "history") == "prehistory"


def test_contains_asks_for_whole_words():
    assert contains("a b c", "b")
    assert not contains("ab c", "b")


@pytest.mark.parametrize("phrase", ["", "*", "!!", "варфарин"])
def test_a_phrase_without_a_letter_is_refused(phrase):
    with pytest.raises(LibraryError, match="holds no letters or digits"):
        says("anything", phrase)


@pytest.mark.parametrize(
    ("text", "readable"), [("849574", False), ("B12", False), ("T2D", False), ("Flu", True), ("", False)]
)
def test_what_a_person_could_read(text, readable):
    assert is_readable(text) is readable


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Naproxen 500 MG / Esomeprazole 20 MG", ("naproxen 500 mg", "esomeprazole 20 mg")),
        ("Aspirin 81 MG [Ecotrin]", ("aspirin 81 mg", "ecotrin")),
        ("a+b,c;d&e(f) and g with h", ("a", "b", "c", "d", "e", "f", "g", "h")),
        ("sandwich", ("sandwich",)),
        (" / ", ()),
    ],
)
def test_parts_of_a_name(name, expected):
    assert parts(name) == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("aspirin", None),
        ("aspirin 81 mg", 81),
        ("aspirin 81mg", 81),
        ("aspirin 0.5 g", 500),
        ("aspirin 2 grams", 2000),
        ("aspirin 1 gram", 1000),
        ("aspirin 80 milligrams", 80),
        ("aspirin 1 milligram", 1),
        ("aspirin 81", UNCLEAR),
        ("aspirin 2 x 81 mg", UNCLEAR),
        ("aspirin 25 200 mg", UNCLEAR),
        ("1 aspirin 81 mg", 81),
        ("1 aspirin", None),
        ("aspirin 81 mcg", UNCLEAR),
    ],
)
def test_the_dose_a_part_states(part, expected):
    assert dose_mg(part) == expected


@pytest.mark.parametrize(
    ("name", "stated", "expected"),
    [
        ("Ketorolac ophthalmic solution", Route.UNKNOWN, Route.EYE),
        ("Ketorolac eye drops", Route.UNKNOWN, Route.EYE),
        ("Diclofenac 1% Topical Gel", Route.UNKNOWN, Route.TOPICAL),
        ("Diclofenac patches", Route.UNKNOWN, Route.TOPICAL),
        ("Dexamethasone otic suspension", Route.UNKNOWN, Route.TOPICAL),
        ("Budesonide nasal spray", Route.UNKNOWN, Route.NASAL),
        ("Budesonide inhaler", Route.UNKNOWN, Route.INHALED),
        ("Ibuprofen 200 MG Oral Tablet", Route.UNKNOWN, Route.ORAL),
        ("Ibuprofen caplets", Route.UNKNOWN, Route.ORAL),
        ("Methylprednisolone injection", Route.UNKNOWN, Route.INJECTED),
        ("Triamcinolone oral gel", Route.UNKNOWN, Route.UNKNOWN),
        ("Ibuprofen", Route.UNKNOWN, Route.UNKNOWN),
        ("Ibuprofen", Route.TOPICAL, Route.TOPICAL),
        ("Ibuprofen gel", Route.ORAL, Route.ORAL),
        ("Ibuprofen gel", Route.OTHER, Route.OTHER),
        ("Naproxen Oral Tablet", Route.TOPICAL, Route.UNKNOWN),
        ("Methylprednisolone injection", Route.EYE, Route.UNKNOWN),
        ("Budesonide tablet", Route.INHALED, Route.UNKNOWN),
        ("Budesonide capsule", Route.NASAL, Route.UNKNOWN),
        ("Ibuprofen tablet", Route.OTHER, Route.OTHER),
        ("Ibuprofen tablet", Route.ORAL, Route.ORAL),
    ],
)
def test_the_route_of_a_medicine(name, stated, expected):
    assert route_of(name, stated) is expected


@pytest.mark.parametrize(
    ("name", "codes", "meant"),
    [
        ("Malignant tumor", (), True),
        ("Malignant hypertension", (), False),
        ("Malignant hypertension and malignant tumor", (), True),
        ("A name", ("C50.1",), True),
        ("A name", ("c501",), True),
        ("A name", (" C50.1 ",), True),
        ("A name", ("D50.1", "C5"), False),
        ("A name", ("D50.1", "C50"), True),
        ("A name", ("XC50",), False),
    ],
)
def test_what_a_vocabulary_means(name, codes, meant):
    cancer = Vocabulary(("malignan*",), ("malignant hypertension",), ("C50",))
    assert cancer.means(name, codes) is meant
