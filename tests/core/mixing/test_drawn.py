"""I have drawn this, what is it? And the words in which a batch and a composition are told."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import BadInput, Library
from enthesis.mixing import (
    Patient,
    batch_lines,
    composition_lines,
    exact,
    osmolarity_words,
    percent_words,
    session_lines,
    strengths_words,
    what_is_it,
    what_to_draw,
)

F = Fraction
LIBRARY = Library.shipped()
SCARPONE = ("sodium-morrhuate@5=1", "dextrose@50=1.5", "lidocaine@4=0.5", "bupivacaine@0.5=0.5", "saline=3.5")


def found(*draws, **patient):
    return what_is_it(LIBRARY, draws=draws, patient=Patient(**patient))


def test_the_five_stocks_of_scarpone_2008():
    answer = found(*SCARPONE, weight_kg="70")
    assert strengths_words(answer.made) == (
        "0.714% sodium-morrhuate, 10.714% dextrose, 0.286% lidocaine, 0.036% bupivacaine"
    )
    assert (answer.session.share, answer.session.within) == (F(20, 300) + F("2.5") / 140, True)
    assert [text.partition(" ")[0] for text in answer.warnings] == ["Sodium", "Bupivacaine", "The", "This"]
    assert composition_lines(answer.made, answer.session) == (
        "Drawn: 1 mL of 5% sodium-morrhuate stock: net 0.714%",
        "Drawn: 1.5 mL of 50% dextrose (hydrous) stock: net 10.714%",
        "Drawn: 0.5 mL of 4% lidocaine (plain) stock: net 0.286%, 20 mg in all",
        "Drawn: 0.5 mL of 0.5% bupivacaine (plain) stock: net 0.036%, 2.5 mg in all",
        "Drawn: 3.5 mL of 0.9% saline stock",
        "Net: 0.714% sodium-morrhuate, 10.714% dextrose, 0.286% lidocaine, 0.036% bupivacaine, in 7 mL",
        "Osmolarity: not known, at least 716 mOsm/L without the sodium-morrhuate and bupivacaine",
        "Session: 20 mg of lidocaine (plain), ceiling 300 mg (4.5 mg/kg, never above 300 mg): counts as 6.7%",
        (
            "Session: 2.5 mg of bupivacaine (plain), ceiling 140 mg "
            "(2 mg/kg, never above 175 mg, not read on a label): counts as 1.8%"
        ),
        "Session: 8.5% of the ceilings; it may come to 100%",
    )


@pytest.mark.parametrize(("into", "count"), [("", 4), ("joint", 4), ("soft-tissue", 3)])
def test_where_it_goes_decides_whether_cartilage_is_mentioned(into, count):
    assert len(found(*SCARPONE, weight_kg="70", into=into).warnings) == count


def test_what_else_is_given_counts_and_the_clinics_limits_hold():
    answer = found(
        "lidocaine@1=10", weight_kg="50", skin=("lidocaine@1=5",), elsewhere=("lidocaine=1",), limits="strict"
    )
    assert (answer.session.share, answer.session.within) == (F(151, 150), False)
    assert found("lidocaine@1=10", weight_kg="50", skin=("lidocaine@1=5",), limits="strict").session.within is True


def test_the_same_vial_drawn_twice_is_more_of_it():
    assert found("dextrose@50=1", "dextrose@10=3", "water=1").made.percent("dextrose") == 16


@pytest.mark.parametrize(
    ("draws", "patient", "sentence"),
    [
        ((), {}, "draw: nothing has been drawn; expected at least one stock and its volume"),
        (("saline=5",), {"weight_kg": "7"}, "weight-kg: 7 kg is not accepted; expected 30 to 300 kg"),
        (("saline=5",), {"limits": "no"}, "limits: 'no' is not one of them; expected label or strict"),
    ],
)
def test_what_cannot_be_meant(draws, patient, sentence):
    with pytest.raises(BadInput) as refused:
        found(*draws, **patient)
    assert str(refused.value) == sentence


def test_water_alone_is_no_drug():
    made = found("bacteriostatic-water=5").made
    assert (strengths_words(made), osmolarity_words(made)) == ("no drug", "not known")
    assert osmolarity_words(found("water=5").made) == "0 mOsm/L, calculated"


def test_without_a_weight_the_line_says_that_nothing_was_calculated():
    assert session_lines(found("lidocaine@1=10").session) == (
        "Session: 100 mg of lidocaine (plain); no limit was calculated",
    )
    two = session_lines(found("lidocaine@1=10", "bupivacaine@0.5=1").session)
    assert [line.rpartition("; ")[2] for line in two] == ["no limit was calculated"] * 2


@pytest.mark.parametrize(
    ("share", "words"), [("0", "0%"), ("0.3", "30%"), ("1", "100%"), ("1.00001", "100.1%"), ("0.0671", "6.8%")]
)
def test_a_part_of_a_ceiling_is_rounded_up(share, words):
    assert percent_words(F(share)) == words


def test_a_batch_in_words():
    patient = Patient(weight_kg="50", elsewhere=("bupivacaine=5",), limits="strict")
    parts = ("dextrose=12.5@50", "lidocaine=0.2@1")
    batch = what_to_draw(LIBRARY, parts=parts, syringes="5+2+5", patient=patient)
    assert batch_lines(batch) == (
        "Syringes 1 of 3 and 3 of 3, each (5 mL in a 5 mL syringe, read to 0.2 mL): net 12% dextrose, 0.2% lidocaine",
        "  Draw 1.2 mL of 50% dextrose (hydrous) stock: net 12%",
        "  Draw 1 mL of 1% lidocaine (plain) stock: net 0.2%, 10 mg in all",
        "  Draw 2.8 mL of 0.9% saline stock",
        "Syringe 2 of 3 (2 mL in a 3 mL syringe, read to 0.1 mL): net 12.5% dextrose, 0.2% lidocaine",
        "  Draw 0.5 mL of 50% dextrose (hydrous) stock: net 12.5%",
        "  Draw 0.4 mL of 1% lidocaine (plain) stock: net 0.2%, 4 mg in all",
        "  Draw 1.1 mL of 0.9% saline stock",
        "From the vials in all:",
        "  2.9 mL of 50% dextrose (hydrous) stock: net 12.083%",
        "  2.4 mL of 1% lidocaine (plain) stock: net 0.2%, 24 mg in all",
        "  6.7 mL of 0.9% saline stock",
        "Net: 12.083% dextrose, 0.2% lidocaine, in 12 mL",
        "Osmolarity: 843 mOsm/L, calculated",
        "Session: 24 mg of lidocaine (plain), ceiling 150 mg (3 mg/kg, never above 210 mg): counts as 24%",
        (
            "Session: 5 mg of bupivacaine (plain), ceiling 100 mg "
            "(2 mg/kg, never above 140 mg, not read on a label): counts as 5%"
        ),
        "Session: 29% of the lowest ceiling, since the strict limit counts all as the most toxic; it may come to 100%",
    )


def test_a_volume_that_is_not_split_is_told_without_syringes():
    batch = what_to_draw(LIBRARY, parts=("dextrose=15@50",), volume_ml="10")
    assert batch_lines(batch) == (
        "Draw 3 mL of 50% dextrose (hydrous) stock: net 15%",
        "Draw 7 mL of 0.9% saline stock",
        "Net: 15% dextrose, in 10 mL",
        "Osmolarity: 973 mOsm/L, calculated",
    )


def test_what_cannot_be_made_still_tells_what_is_given_besides():
    patient = Patient(weight_kg="70", skin=("lidocaine@1=3",))
    parts = ("dextrose=25@50", "lidocaine=0.75@1")
    assert batch_lines(what_to_draw(LIBRARY, parts=parts, volume_ml="10", patient=patient)) == (
        "This cannot be made.",
        "Session: 30 mg of lidocaine (plain), ceiling 300 mg (4.5 mg/kg, never above 300 mg): counts as 10%",
    )


def test_an_anaesthetic_without_a_form_is_named_by_itself():
    from enthesis.mixing import Given, session_dose

    assert session_lines(session_dose([Given("x", F(1), None)], weight_kg=F(70))) == (
        "Session: 1 mg of x; no limit was calculated",
    )


@given(st.integers(1, 400), st.integers(0, 60), st.integers(1, 60), st.sampled_from(["saline", "water", "dextrose@5"]))
def test_what_was_made_is_found_again(dextrose, lidocaine, volume, diluent):
    """The reverse of a mixture has its strengths, dose and osmolarity."""
    parts = [f"dextrose={dextrose / 10}@50", *([f"lidocaine={lidocaine / 100}@1"] if lidocaine else [])]
    batch = what_to_draw(LIBRARY, parts=tuple(parts), diluent=diluent, volume_ml=str(volume))
    if not batch.feasible:
        return
    draws = []
    for draw in batch.draws:
        vial = (
            draw.stock.component
            if draw.stock.role == "diluent"
            else f"{draw.stock.component}@{float(draw.stock.percent)}"
        )
        draws.append(f"{vial}={float(draw.volume_ml)}")
    again = found(*draws).made
    assert again.strengths == batch.made.strengths
    assert again.mg("lidocaine") == batch.made.mg("lidocaine")
    assert again.osmolarity_mosm_per_l == batch.made.osmolarity_mosm_per_l
    assert again.volume_ml == exact("volume-ml", volume)


@pytest.mark.parametrize("option", ["into", "limits"])
def test_an_option_that_is_none_of_them_is_named_in_both_questions(option):
    patient = Patient(**{option: "nose"})
    with pytest.raises(BadInput, match=f"^{option}: 'nose' is not one of them; expected "):
        what_is_it(LIBRARY, draws=("dextrose@50=3",), patient=patient)
    with pytest.raises(BadInput, match=f"^{option}: 'nose' is not one of them; expected "):
        what_to_draw(LIBRARY, parts=("dextrose=15@50",), volume_ml="10", patient=patient)
