"""Who is told of an alert, and who next: nobody waits for long, and nobody who was told is untold."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import Library, LibraryError
from enthesis.recovery import ROLES, Ladder, Rung, Urgency, ladder, run_ladder_example

LADDER = ladder(Library.shipped())
ALARMS = [Urgency.CALL_TODAY, Urgency.EMERGENCY_NOW]


def roles(urgency, minutes):
    return [rung.role for rung in LADDER.reached(urgency, minutes=minutes)]


@pytest.mark.parametrize("urgency", ALARMS)
def test_the_clinician_is_told_at_once_and_everybody_in_the_end(urgency):
    assert roles(urgency, 0) == ["clinician"]
    assert roles(urgency, 240) == list(ROLES)


@given(st.sampled_from(ALARMS), st.floats(0, 600), st.floats(0, 600))
def test_whoever_was_told_stays_told_and_a_graver_alert_tells_no_later(urgency, first, second):
    early, late = sorted((first, second))
    assert roles(urgency, late)[: len(roles(urgency, early))] == roles(urgency, early)
    assert len(roles(Urgency.CALL_TODAY, late)) <= len(roles(Urgency.EMERGENCY_NOW, late))


@pytest.mark.parametrize("urgency", [Urgency.EXPECTED, Urgency.WATCH])
def test_what_raises_no_alert_tells_nobody(urgency):
    assert roles(urgency, 600) == []


@pytest.mark.parametrize(
    ("rung", "says"),
    [
        (("call-today", 0, "nurse"), "^role: expected one of clinician, coordinator, director, not 'nurse'$"),
        (("call-today", -1, "clinician"), "^after_minutes: 0 or more was expected, not -1$"),
        (("watch", 0, "clinician"), "^urgency: watch raises no alert$"),
    ],
)
def test_a_step_nobody_could_take_is_refused(rung, says):
    with pytest.raises(LibraryError, match=says):
        Rung(Urgency(rung[0]), *rung[1:])


def only(*minutes, but=()):
    """A ladder whose emergencies have these minutes."""
    calls = [] if "call-today" in but else [Rung(Urgency.CALL_TODAY, 0, "clinician")]
    return (*calls, *(Rung(Urgency.EMERGENCY_NOW, one, "clinician") for one in minutes))


@pytest.mark.parametrize(
    ("rungs", "urgency"),
    [
        (only(), "emergency-now"),
        (only(1), "emergency-now"),
        (only(0, 5, 4), "emergency-now"),
        (only(0, 5, 5), "emergency-now"),
        (only(0, but=["call-today"]), "call-today"),
    ],
)
def test_a_ladder_begins_at_once_and_goes_on_in_order(rungs, urgency):
    with pytest.raises(
        LibraryError, match=f"^rungs: the steps for {urgency} begin at 0 minutes and follow each other$"
    ):
        Ladder(rungs)
    assert Ladder(only(0, 5)).judgement == ""


def test_an_example_that_does_not_hold_says_who_was_told():
    example = {"story": "late", "urgency": "call-today", "minutes": 0, "expect": ["director"]}
    with pytest.raises(AssertionError, match=r"^late: told \['clinician'\], and \['director'\] was promised$"):
        run_ladder_example(LADDER, example, Library.shipped())
    run_ladder_example(replace(LADDER), example | {"expect": ["clinician"]}, Library.shipped())
