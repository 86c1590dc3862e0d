"""The plan alongside: it is for a condition there is, begins after the first days of rest, and it promises nothing."""

from dataclasses import replace

import pytest

from enthesis.knowledge import Library, LibraryError
from enthesis.pathway import About, Alongside, AlongsideLine, alongside, conditions, run_alongside_example

LIBRARY = Library.shipped()
WITHOUT = {"jaw-joint-pain", "thumb-base-osteoarthritis"}  # no exercise in any trial or source that was read
KNEE = alongside(LIBRARY, "knee-osteoarthritis").body


def test_each_plan_is_for_a_condition_there_is_and_says_what_trials_found():
    there = {entry.id for entry in conditions(LIBRARY)}
    plans = [entry for entry in LIBRARY.entries("alongside", Alongside) if not entry.body.general]
    assert {entry.body.condition for entry in plans} == there - WITHOUT
    for entry in plans:
        assert alongside(LIBRARY, entry.body.condition) == entry
        assert ("trial" in entry.body.must_say, len(entry.body.asks)) == (True, 2), entry.id


@pytest.mark.parametrize("condition", sorted({*WITHOUT, "headache"}))
def test_a_condition_without_a_plan_gets_the_general_part_which_says_that_no_source_has_one(condition):
    found = alongside(LIBRARY, condition).body
    assert (found.general, found.must_say.startswith("No source that we read has a plan of exercise")) == (True, True)
    assert {line.about for line in found.lines} >= {About.POSTURE, About.FLEXIBILITY, About.LOW_IMPACT, About.DIET}


def test_nothing_that_loads_the_treated_part_begins_in_its_first_days_of_rest():
    for entry in LIBRARY.entries("alongside", Alongside):
        loads = [line for line in entry.body.lines if line.about in (About.FLEXIBILITY, About.MUSCLES)]
        assert loads
        assert all(not line.may_be_done(3) and line.may_be_done(4) for line in loads), entry.id


def test_a_line_is_found_by_its_id():
    assert KNEE.line("weight").about is About.WEIGHT
    assert KNEE.line("posture-neck") is None


def test_a_plan_that_contradicts_itself_does_not_load():
    with pytest.raises(LibraryError, match="^lines: each line has an id of its own$"):
        replace(KNEE, lines=(*KNEE.lines, KNEE.lines[0]))
    with pytest.raises(LibraryError, match="^from_day: 0 or more was expected, not -1$"):
        AlongsideLine("x", About.DIET, "x", -1)


@pytest.mark.parametrize(
    ("example", "says"),
    [
        ({"line": "weight", "day": 0, "expect": False}, "^s: weight begins on day 0$"),
        ({"line": "yoga", "day": 0, "expect": True}, "^s: there is no line 'yoga'$"),
    ],
)
def test_an_example_that_does_not_hold_says_why(example, says):
    with pytest.raises(AssertionError, match=says):
        run_alongside_example(KNEE, {"story": "s"} | example, LIBRARY)
