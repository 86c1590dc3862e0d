"""Risks, emergency cards and gradings: cited line by line, exact in their doses, and strict about bad input."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import BadInput, Library, LibraryError, parse_site, site_kinds
from enthesis.safety import (
    HEADINGS,
    OWN_WORDS,
    ConsentPart,
    Dose,
    Emergency,
    Frequency,
    Grade,
    Grading,
    Risk,
    Standing,
    consent_text,
    emergencies,
    grading,
    risks_at,
    run_example,
)

LIBRARY = Library.shipped()
CITED = [
    (e.kind, e) for kind, shape in (("emergencies", Emergency), ("risks", Risk)) for e in LIBRARY.entries(kind, shape)
]
DOSES = [dose for entry in emergencies(LIBRARY) for dose in entry.body.doses]
kilograms = st.fractions(min_value=30, max_value=300, max_denominator=10)


@pytest.mark.parametrize(("kind", "entry"), CITED, ids=lambda value: getattr(value, "id", value))
def test_every_line_rests_on_a_source_the_entry_names(kind, entry):
    assert {one.cite for one in entry.body.cited} <= {source.cite for source in entry.sources}


@pytest.mark.parametrize("entry", emergencies(LIBRARY), ids=lambda entry: entry.id)
def test_a_line_read_at_its_source_does_not_rest_on_one_that_could_not_be_read(entry):
    for line in entry.body.cited:
        read = LIBRARY.bibliography[line.cite].read
        if line.standing is Standing.READ:
            assert "opening only" not in read
        assert (line.cite == "enthesis-judgement") is (line.standing is Standing.JUDGEMENT)


@given(kilograms, kilograms)
def test_a_heavier_patient_never_gets_less_until_the_dose_is_fixed(one, other):
    light, heavy = sorted((one, other))
    for dose in DOSES:
        small, large = dose.amount(light), dose.amount(heavy)
        assert small is None or large is None or small <= large


@given(kilograms)
def test_a_dose_is_exact_and_never_over_its_most(kg):
    for dose in DOSES:
        amount = dose.amount(kg)
        if amount is not None:
            exact = Fraction(str(dose.per_kg)) * kg
            assert amount == (exact if dose.most is None else min(exact, Fraction(str(dose.most))))


def test_the_fixed_words_count_from_their_weight_on():
    dose = Dose("lipid", "mL", 1.5, "slowly", "x", Standing.READ, from_kg=70, then="100 mL")
    assert dose.amount(Fraction(70)) is None
    assert dose.words(Fraction("69.9")) == "104.8 mL slowly"
    assert dose.words(Fraction(70)) == "100 mL"
    assert dose.words(None) == dose.rule == "under 70 kg: 1.5 mL for each kg slowly; 70 kg or more: 100 mL"


def test_small_amounts_keep_a_hundredth_and_large_ones_a_tenth():
    dose = Dose("x", "mg", 0.01, "now", "x", Standing.READ)
    assert dose.words(Fraction(48)) == "0.48 mg now"
    assert dose.words(Fraction(100)) == "1 mg now"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"per_kg": 0}, "above zero"),
        ({"per_kg": -1}, "above zero"),
        ({"from_kg": 70}, "needs both"),
        ({"then": "x"}, "needs both"),
    ],
)
def test_a_dose_that_cannot_be_is_refused(change, words):
    with pytest.raises(LibraryError, match=words):
        replace(Dose("x", "mg", 1, "now", "x", Standing.READ), **change)


def test_every_site_has_the_risks_that_hold_everywhere_and_common_ones_come_first():
    everywhere = {entry.id for entry in LIBRARY.entries("risks", Risk) if entry.body.where.everywhere}
    for kind in site_kinds(LIBRARY):
        found = risks_at((parse_site(kind.id, LIBRARY),), LIBRARY)
        order = [list(Frequency).index(entry.body.frequency) for entry in found]
        assert everywhere <= {entry.id for entry in found}
        assert order == sorted(order)


def test_each_part_of_a_consent_text_has_a_heading_and_all_its_words_are_for_translation():
    assert set(HEADINGS) == set(ConsentPart)
    site = parse_site("cervical-facet:C5/6:left", LIBRARY)
    text = consent_text(
        treatment="dextrose-prolotherapy", condition="knee-osteoarthritis", sites=(site,), library=LIBRARY
    )
    assert text.library == LIBRARY.fingerprint
    assert set(text.cites) <= set(LIBRARY.bibliography)
    said = {
        line.text for part, lines in text.parts for line in lines if part in (ConsentPart.UNKNOWN, ConsentPart.RIGHTS)
    }
    assert said <= set(OWN_WORDS)


def test_a_treatment_nobody_knows_has_no_consent_text():
    with pytest.raises(LibraryError, match="no entry 'magic'"):
        consent_text(treatment="magic", condition="knee-osteoarthritis", sites=(), library=LIBRARY)


@pytest.mark.parametrize("wrong", [0, 6, -1])
def test_a_grade_that_does_not_exist_is_named(wrong):
    with pytest.raises(BadInput, match="grade: a whole number from 1 to 5"):
        grading(LIBRARY).grade(wrong)


def test_a_criterion_or_outcome_that_does_not_exist_is_named():
    with pytest.raises(BadInput, match="serious: 'bad' is not in the list"):
        grading(LIBRARY).criteria(("death", "bad"))
    with pytest.raises(BadInput, match="outcome: 'gone' is not in the list"):
        grading(LIBRARY).outcome("gone")


def test_grades_without_a_gap():
    with pytest.raises(LibraryError, match="numbered from 1"):
        Grading((Grade(2, "x", "x", "mild"),), (), ())


def test_an_example_that_does_not_hold_is_told_with_its_story():
    entry = next(entry for entry in emergencies(LIBRARY) if entry.id == "anaphylaxis")
    wrong = dict(entry.examples[1]) | {"expect": "1 mg"}
    with pytest.raises(AssertionError, match="48 kg"):
        run_example(entry.body, wrong, LIBRARY)
