"""Measured values: which one decides, how long it counts, and which units it is read in."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.screening.made import LIBRARY, ON, TODAY, asked_ahead, back, problem, read

from enthesis.knowledge import BadInput, LibraryError, parse_site
from enthesis.screening import (
    ChartItem,
    Facts,
    ItemKind,
    Measure,
    Measurement,
    State,
    clear_answers,
    measurement,
    screen,
)
from enthesis.screening.conditions import NO, Reading, Truth, condition
from enthesis.screening.measures import SCALES, in_unit, is_unit_of, written

INR = {"measured": {"limits": [{"measure": "inr", "above": 3.0}], "days": 7, "heeded_days": 30}}
PRESSURE = {
    "measured": {
        "limits": [{"measure": "systolic", "at_least": 180}, {"measure": "diastolic", "at_least": 110}],
        "days": 0,
        "heeded_days": 7,
        "question": "bp",
    }
}


def inr(value, days=0, evidence="Observation/i"):
    return Measurement(Measure.INR, value, back(days), evidence)


def pressure(measure, value, days=0):
    return Measurement(measure, value, back(days), "Observation/bp")


def test_a_value_beyond_its_limit_is_named_with_its_day():
    assert read(INR, measurements=(inr(3.4, 7),)) == Reading(Truth.YES, "INR 3.4 on 2030-06-08", ("Observation/i",))


def test_a_value_too_old_to_count_is_a_question_and_an_older_one_is_nothing():
    assert read(INR, measurements=(inr(3.4, 8),)) == Reading(
        Truth.UNKNOWN, "INR 3.4 on 2030-06-07; too old to count for that day", ("Observation/i",)
    )
    assert read(INR, measurements=(inr(3.4, 30),)).truth is Truth.UNKNOWN
    assert read(INR, measurements=(inr(3.4, 31),)) == NO


def test_the_latest_value_decides_and_the_worst_of_its_day():
    assert read(INR, measurements=(inr(4.0, 3), inr(2.0, 2))) == NO
    assert read(INR, measurements=(inr(2.0, 3), inr(4.0, 2))).truth is Truth.YES
    both = read(INR, measurements=(inr(4.0, 2, "Observation/a"), inr(2.0, 2, "Observation/b")))
    assert (both.truth, both.evidence) == (Truth.YES, ("Observation/a",))


def test_a_value_measured_after_the_day_of_asking_is_no_value_yet():
    assert read(INR, at=asked_ahead(5), measurements=(inr(4.0, 4),)) == NO
    assert read(INR, at=asked_ahead(5), measurements=(inr(4.0, 5),)).truth is Truth.YES


def test_the_limit_itself():
    assert read(INR, measurements=(inr(3.0),)) == NO
    high = [{"measure": "systolic", "at_least": 180}]
    assert read({"measured": {"limits": high, "days": 0}}, measurements=(pressure(Measure.SYSTOLIC, 180),)).truth
    below = {"measured": {"limits": [{"measure": "platelets", "below": 20}], "days": 0}}
    count = Measurement(Measure.PLATELETS, 20, ON, "o")
    assert read(below, measurements=(count,)) == NO
    assert read(below, measurements=(replace(count, value=19.9),)).truth is Truth.YES


def test_the_question_is_asked_on_the_day_while_a_value_is_missing():
    asks = Reading(Truth.UNKNOWN, asks=("bp",))
    assert read(PRESSURE) == asks
    assert read(PRESSURE, measurements=(pressure(Measure.SYSTOLIC, 120),)) == asks
    both = (pressure(Measure.SYSTOLIC, 120), pressure(Measure.DIASTOLIC, 80))
    assert read(PRESSURE, measurements=both) == NO
    assert read(PRESSURE, measurements=tuple(replace(one, on=back(1)) for one in both)) == asks
    assert read(PRESSURE, at=asked_ahead(1)) == NO


def test_an_answer_decides_and_does_not_hide_a_value_of_the_day():
    assert read(PRESSURE, answers={"bp": False}) == NO
    assert read(PRESSURE, answers={"bp": True}) == Reading(Truth.YES, "answered yes", ("answer:bp",))
    high = (pressure(Measure.DIASTOLIC, 115),)
    assert read(PRESSURE, answers={"bp": False}, measurements=high) == Reading(
        Truth.YES,
        "diastolic blood pressure 115 mmHg on 2030-06-15; though answered no",
        ("Observation/bp", "answer:bp"),
    )


def test_an_answer_of_the_day_settles_the_high_value_of_last_week():
    high = (pressure(Measure.SYSTOLIC, 190, 3),)
    assert read(PRESSURE, at=asked_ahead(3), measurements=high) == Reading(
        Truth.UNKNOWN,
        "systolic blood pressure 190 mmHg on 2030-06-12; too old to count for that day",
        ("Observation/bp",),
    )
    assert read(PRESSURE, measurements=high).asks == ("bp",)
    assert read(PRESSURE, answers={"bp": False}, measurements=high) == NO


def test_two_values_of_one_resource_are_one_piece_of_evidence():
    both = (pressure(Measure.SYSTOLIC, 200), pressure(Measure.DIASTOLIC, 120))
    assert read(PRESSURE, measurements=both).evidence == ("Observation/bp",)


def test_a_value_that_matters_with_a_problem_only():
    when = {"measured": {"limits": [{"measure": "hba1c"}], "days": 180, "problem": "diabetes"}}
    value = (Measurement(Measure.HBA1C, 8.1, back(3), "o"),)
    assert read(when, measurements=value) == NO
    assert read(when, measurements=value, problems=(problem("Diabetes mellitus type 2", State.PAST),)) == NO
    assert read(when, problems=(problem("Diabetes mellitus type 2"),)) == NO
    found = read(when, measurements=value, problems=(problem("Diabetes mellitus type 2"),))
    assert found == Reading(Truth.YES, "HbA1c 8.1 % on 2030-06-12", ("o",))
    assert condition(when, "x").refers_to() == (("problems", "diabetes"),)
    assert condition(INR, "x").refers_to() == ()


def vague(value, first, last, evidence="Observation/vague"):
    return Measurement(Measure.INR, value, back(last), evidence, back(first))


@pytest.mark.parametrize(
    ("month", "day", "beyond"),
    [
        (vague(3.5, 20, -9), inr(2.5, 3), ("Observation/vague",)),  # the month may hold the latest value
        (vague(2.5, 20, -9), inr(3.5, 3), ("Observation/i",)),  # and may be older than the other one
        (vague(3.5, 40, 10), inr(2.5, 3), ()),  # a month that is over is older
        (vague(2.5, 2, -9), inr(3.5, 3), ()),  # a month that began later is newer
        (vague(3.5, 1, 0), inr(2.5, 1), ("Observation/vague",)),  # a day more or less is a matter of zones
        (vague(2.5, 1, 0), inr(3.5, 1), ()),
    ],
)
def test_a_value_of_which_only_the_month_is_known_may_be_the_latest_or_not(month, day, beyond):
    when = {"measured": {"limits": [{"measure": "inr", "above": 3.0}], "days": 7}}
    for values in ((month, day), (day, month)):
        assert read(when, measurements=values).evidence == beyond


def test_the_days_a_vague_value_may_be_of_are_shown():
    when = {"measured": {"limits": [{"measure": "inr", "above": 3.0}], "days": 7}}
    because = read(when, measurements=(vague(3.5, 20, -9),)).because
    assert because == f"INR 3.5 between {back(20).isoformat()} and {back(-9).isoformat()}"


@pytest.mark.parametrize(("measure", "unit", "is_one"), [("inr", "", True), ("inr", "s", False), ("hba1c", "%", True)])
def test_is_this_a_unit_of_the_measure(measure, unit, is_one):
    assert is_unit_of(Measure(measure), unit) is is_one


def test_a_measure_nobody_knows_is_a_fault_of_the_rule():
    with pytest.raises(LibraryError):
        condition({"measured": {"limits": [{"measure": "mood"}], "days": 1}}, "rules/x.toml")


@pytest.mark.parametrize(
    ("measure", "unit", "value", "found"),
    [
        ("platelets", "10*3/uL", 150, 150), ("platelets", "10*3/µL", 150, 150), ("platelets", "/uL", 150000, 150),
        ("platelets", "10*9/L", 20, 20), ("inr", "{INR}", 2.5, 2.5), ("inr", "", 2.5, 2.5), ("inr", "1", 2.5, 2.5),
        ("systolic", "mm Hg", 120, 120), ("diastolic", "mm[Hg]", 80, 80), ("bmi", "kg/m2", 41, 41),
        ("hba1c", "%", 6.5, 6.5), ("hba1c", "%{Hb}", 6.5, 6.5), ("hba1c", "% of total Hgb", 6.5, 6.5),
        ("hba1c", "% HbA1c", 6.5, 6.5), ("hba1c", "%{HbA1c (NGSP)}", 6.5, 6.5), ("hba1c", "percent", 6.5, 6.5),
        ("hba1c-ifcc", "mmol/mol", 48, 48), ("hba1c-ifcc", "mmol/mol{Hb}", 48, 48), ("hba1c-ifcc", "mmol/mol Hb", 48, 48),
        ("inr", "{ratio}", 2.5, 2.5),
    ],
)  # fmt: skip
def test_units_that_are_read(measure, unit, value, found):
    assert in_unit(Measure(measure), value, unit, where="Observation/o") == pytest.approx(found, rel=1e-12)


def test_every_spelling_of_a_unit_of_platelets_is_read_at_its_size():
    thousands = """10*9/L 10^9/L 10e9/L x10^9/L x10e9/L Giga/L G/L 10*3/uL 10^3/uL 10e3/uL x10^3/uL x10e3/uL K/uL
        K/mm3 10*3/mm3 10^3/mm^3 thousand/uL thousands/uL thou/uL thou/mm3 thou/mcL K/mcL 10*3/mcL 10*3/\N{MICRO SIGN}L
        10*3/\N{GREEK SMALL LETTER MU}L x10E3/uL x10(3)/uL 10(9)/L \N{MULTIPLICATION SIGN}10\N{SUPERSCRIPT NINE}/L
        10\N{SUPERSCRIPT THREE}/mm\N{SUPERSCRIPT THREE} Thou/cumm K/cumm Tsd/\N{MICRO SIGN}L /nL {platelets}/nL"""
    for unit in thousands.split():
        assert in_unit(Measure.PLATELETS, 150, unit, where="o") == 150, unit
    single = ("/uL", "/mm3", "/mcL", "{#}/uL", "{platelets}/uL", "{cells}/uL", "cells/uL", "cells/mm^3")
    for unit in single:
        assert in_unit(Measure.PLATELETS, 150_000, unit, where="o") == pytest.approx(150, rel=1e-12), unit
    with_usual = {one.casefold() for one in (*thousands.split(), *single, "10^3/mcl", "10^3/mm3", "tsd/ul")}
    assert set(SCALES[Measure.PLATELETS].units) <= with_usual


@pytest.mark.parametrize(
    "unit", ["10*6/L", "10^9/mL", "10*9/uL", "10", "x/uL", "10*3{/uL", "{10*3/uL}", "100*3/uL", "10(9/uLs", "cells"]
)
def test_a_power_that_is_not_of_platelets_is_refused(unit):
    with pytest.raises(BadInput):
        in_unit(Measure.PLATELETS, 150, unit, where="o")


@pytest.mark.parametrize("measure", [one for one in Measure if one is not Measure.PLATELETS])
def test_the_other_measures_have_spellings_and_no_other_sizes(measure):
    assert set(SCALES[measure].units.values()) == {1}


def test_what_a_measure_is_called_in_a_sentence():
    assert {measure.value: written(measure, 5, "") for measure in Measure} == {
        "inr": "INR 5", "platelets": "platelets 5", "hba1c": "HbA1c 5", "hba1c-ifcc": "HbA1c 5",
        "systolic": "systolic blood pressure 5", "diastolic": "diastolic blood pressure 5", "bmi": "body mass index 5",
    }  # fmt: skip


def test_an_unknown_unit_is_refused_with_those_that_are_known():
    with pytest.raises(BadInput) as caught:
        in_unit(Measure.BMI, 30, "stone", where="Observation/o")
    assert str(caught.value) == (
        "Observation/o: the unit 'stone' is none in which body mass index is read; expected 'kg/m2', 'kg/m^2', 'kg/m²'"
    )
    with pytest.raises(BadInput, match="expected '1', "):
        in_unit(Measure.INR, 2, "sec", where="o")


@pytest.mark.parametrize("measure", Measure)
def test_a_value_outside_what_a_body_can_have_is_refused_and_the_ends_are_read(measure):
    scale = SCALES[measure]
    for end in (scale.least, scale.most):
        assert in_unit(measure, end, scale.unit if measure is not Measure.PLATELETS else "10*9/L", where="o") == end
    for wrong in (scale.least - 0.001, scale.most + 0.001):
        with pytest.raises(BadInput, match=r"is not possible; .* was expected"):
            in_unit(measure, wrong, scale.unit if measure is not Measure.PLATELETS else "10*9/L", where="o")


def test_the_ranges_that_tell_a_unit_from_another():
    assert {measure.value: (scale.least, scale.most) for measure, scale in SCALES.items()} == {
        "inr": (0.1, 50), "platelets": (0.0, 5000), "hba1c": (2, 25), "hba1c-ifcc": (4, 250),
        "systolic": (30, 350), "diastolic": (10, 250), "bmi": (5, 150),
    }  # fmt: skip


def test_a_value_as_a_sentence_shows_it():
    assert [written(Measure.INR, 3.0), written(Measure.PLATELETS, 18)] == ["INR 3", "platelets 18 10^9/L"]


@pytest.mark.parametrize("fault", [{"value": None}, {"last": None}, {"name": "mood"}])
def test_a_measured_value_without_a_name_a_number_or_a_day_is_refused(fault):
    item = ChartItem(ItemKind.MEASUREMENT, "Observation/o#inr", "inr", last=ON, value=2.0)
    assert measurement(item) == Measurement(Measure.INR, 2.0, ON, "Observation/o")
    with pytest.raises(BadInput, match=r"^Observation/o: a measured value needs a known name, a number and a day$"):
        measurement(item._replace(**fault))


def test_a_value_of_this_month_is_not_from_the_future_and_one_of_the_next_is():
    def judged(first):
        facts = Facts(measurements=(vague(3.5, first, -40),))
        return screen(facts, on=ON, as_of=ON, site=parse_site("knee", LIBRARY), library=LIBRARY)

    assert "inr-high" in [finding.rule for finding in judged(0).findings]
    with pytest.raises(BadInput, match="after the day of asking"):
        judged(-1)


def test_a_value_from_the_future_is_refused():
    site = parse_site("knee:right", LIBRARY)
    facts = Facts(answers=clear_answers(LIBRARY), measurements=(inr(2.0, 0),))
    with pytest.raises(BadInput) as caught:
        screen(facts, on=ON, site=site, as_of=back(1), library=LIBRARY)
    assert str(caught.value) == "Observation/i: was measured on 2030-06-15, after the day of asking 2030-06-14"
    assert screen(facts, on=ON, site=site, as_of=ON, library=LIBRARY).on == ON


@given(value=st.floats(3.01, 50), days=st.integers(0, 60))
def test_beyond_the_limit_a_value_decides_then_asks_then_says_nothing(value, days):
    truth = read(INR, at=TODAY, measurements=(inr(value, days),)).truth
    assert truth is (Truth.YES if days <= 7 else Truth.UNKNOWN if days <= 30 else Truth.NO)
