"""From flat chart items to facts: every item arrives somewhere, and what has no known state is not known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.screening.made import LIBRARY

from enthesis.screening import (
    Allergy,
    ChartItem,
    Facts,
    ItemKind,
    Measure,
    Measurement,
    Medicine,
    PastProcedure,
    Problem,
    Route,
    State,
    Taking,
    Unread,
    facts_from,
    recognise,
)

DAY, LATER = date(2026, 1, 2), date(2026, 3, 4)


def test_every_kind_of_item_becomes_its_fact():
    items = (
        ChartItem(ItemKind.MEDICINE, "m/1", "Aleve", False, "as needed", Route.ORAL, (), DAY, LATER),
        ChartItem(ItemKind.PROBLEM, "p/1", "Gout", True, "past", icd10=("M10.9",), since=DAY, last=LATER),
        ChartItem(ItemKind.ALLERGY, "a/1", "Latex", False),
        ChartItem(ItemKind.PROCEDURE, "pr/1", "Injection", last=LATER),
        ChartItem(ItemKind.MEASUREMENT, "o/1#inr", "inr", last=LATER, value=2.5),
        ChartItem(ItemKind.UNREAD, "u/1", "odd"),
    )
    aleve = recognise("Aleve", LIBRARY)
    assert facts_from(items, answers={"nsaid": DAY}, library=LIBRARY, sex="female", born=DAY) == Facts(
        answers={"nsaid": DAY},
        medicines=(Medicine("Aleve", aleve, Taking.AS_NEEDED, Route.ORAL, "m/1", LATER, DAY),),
        problems=(Problem("Gout", State.PAST, "p/1", ("M10.9",), DAY, LATER),),
        allergies=(Allergy("Latex", "a/1", False),),
        procedures=(PastProcedure("Injection", "pr/1", LATER),),
        measurements=(Measurement(Measure.INR, 2.5, LATER, "o/1"),),
        unread=(Unread("odd", "u/1"),),
        sex="female",
        born=DAY,
    )


def test_an_empty_chart_is_no_fact():
    assert facts_from((), answers={}, library=LIBRARY) == Facts()


@pytest.mark.parametrize("state", ["", "paused", "TAKING"])
def test_a_state_nobody_knows_is_not_known(state):
    items = (
        ChartItem(ItemKind.MEDICINE, "m", "Aleve", state=state),
        ChartItem(ItemKind.PROBLEM, "p", "Gout", state=state),
    )
    facts = facts_from(items, answers={}, library=LIBRARY)
    assert (facts.medicines[0].taking, facts.problems[0].state) == (Taking.UNKNOWN, State.DOUBTFUL)


def test_the_name_says_the_route_where_the_chart_does_not():
    [item] = facts_from((ChartItem(ItemKind.MEDICINE, "m", "Voltaren gel"),), answers={}, library=LIBRARY).medicines
    assert item.route == Route.TOPICAL


@pytest.mark.parametrize(
    "name",
    [
        "Ibuprofen 200 mg PRN",
        "ibuprofen p.r.n.",
        "Ibuprofen as needed",
        "Ibuprofen, when required",
        "ibuprofen If Necessary",
    ],
)
@pytest.mark.parametrize(
    ("state", "taking"), [("taking", Taking.AS_NEEDED), ("stopped", Taking.STOPPED), ("", Taking.UNKNOWN)]
)
def test_a_name_that_says_as_needed_is_no_regular_medicine(name, state, taking):
    [medicine] = facts_from(
        (ChartItem(ItemKind.MEDICINE, "m", name, state=state),), answers={}, library=LIBRARY
    ).medicines
    assert (medicine.taking, medicine.name) == (taking, name)
    [regular] = facts_from(
        (ChartItem(ItemKind.MEDICINE, "m", "Sprn ibuprofen", state="taking"),), answers={}, library=LIBRARY
    ).medicines
    assert regular.taking is Taking.TAKING


def test_a_code_makes_a_name_without_a_rule_known():
    items = (ChartItem(ItemKind.MEDICINE, "m", "omeprazole"), ChartItem(ItemKind.MEDICINE, "n", "omeprazole", False))
    facts = facts_from(items, answers={}, library=LIBRARY)
    assert [m.recognised.unknown for m in facts.medicines] == [False, True]


ITEMS = st.builds(
    ChartItem,
    st.sampled_from([kind for kind in ItemKind if kind is not ItemKind.MEASUREMENT]),
    st.text(min_size=1, max_size=5),
    st.text(max_size=20),
    st.booleans(),
    st.sampled_from(["", *Taking, *State, "odd"]),
    st.sampled_from(Route),
)


@given(st.lists(ITEMS, max_size=6))
def test_nothing_of_a_chart_is_lost(items):
    facts = facts_from(items, answers={}, library=LIBRARY)
    held = (*facts.medicines, *facts.problems, *facts.allergies, *facts.procedures, *facts.unread)
    assert sorted((item.evidence, item.name) for item in held) == sorted((item.evidence, item.name) for item in items)


MIXED = [ChartItem(kind, f"{kind}/{n}", "Gout") for kind in ItemKind for n in (1, 2) if kind != "measurement"]
MIXED += [ChartItem(ItemKind.MEASUREMENT, f"o/{n}", "bmi", last=DAY, value=30 + n, unit="kg/m2") for n in (1, 2)]


@given(st.permutations(MIXED))
def test_facts_have_one_order(items):
    ordered = facts_from(items, answers={}, library=LIBRARY).in_order()
    assert ordered == facts_from(sorted(items, key=repr), answers={}, library=LIBRARY).in_order()
