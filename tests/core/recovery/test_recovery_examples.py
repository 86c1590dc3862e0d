"""Worked examples: they fail aloud, in a plain sentence, and refuse to run when they are written wrong."""

from dataclasses import replace

import pytest

from enthesis.knowledge import BadInput, LibraryError
from enthesis.recovery import Advice, WarningSign, run_example

KNEE = {"story": "a knee", "site": "knee:left", "day": 1}


@pytest.fixture
def fever(library):
    return library.entry("warnings", "infection-signs", WarningSign).body


@pytest.fixture
def flare(library):
    return library.entry("advice", "expect-flare", Advice).body


def test_a_warnings_example_that_does_not_hold_says_what_was_found(library, fever):
    with pytest.raises(AssertionError) as error:
        run_example(fever, KNEE | {"given": {"fever": True}, "expect": "nothing"}, library)
    assert str(error.value) == "a knee: expected 'nothing', found 'call-today'"
    with pytest.raises(AssertionError, match="expected 'call-today', found 'unanswered'"):
        run_example(fever, KNEE | {"unanswered": ["heat"], "expect": "call-today"}, library)
    with pytest.raises(AssertionError, match="expected 'call-today', found 'nothing'"):
        run_example(fever, KNEE | {"expect": "call-today"}, library)


def test_an_example_of_advice_that_does_not_hold_says_so(library, flare):
    with pytest.raises(AssertionError) as error:
        run_example(flare, KNEE | {"holds": False}, library)
    assert str(error.value) == "a knee: the line does hold on day 1"
    with pytest.raises(AssertionError) as error:
        run_example(flare, KNEE | {"day": 4, "holds": True}, library)
    assert str(error.value) == "a knee: the line does not hold on day 4"


def test_an_example_must_name_things_that_exist(library, fever, flare):
    with pytest.raises(
        LibraryError, match=r"^an example of this kind takes before, day, earlier, expect, .*, not giveen$"
    ):
        run_example(fever, KNEE | {"giveen": {}, "expect": "nothing"}, library)
    with pytest.raises(LibraryError, match=r"^an example of this kind takes choose, day, holds, .*, not expect$"):
        run_example(flare, KNEE | {"expect": "nothing"}, library)
    with pytest.raises(LibraryError, match=r"^a knee: the sign does not read headache, weakness$"):
        run_example(fever, KNEE | {"given": {"weakness": True, "headache": True}, "expect": "nothing"}, library)
    with pytest.raises(BadInput, match="there is no question 'feever'"):
        run_example(fever, KNEE | {"given": {"feever": True}, "expect": "nothing"}, library)
    with pytest.raises(BadInput, match="there is no site"):
        run_example(fever, KNEE | {"site": "elbow", "expect": "nothing"}, library)


def test_what_an_example_does_not_name_is_a_no_and_no_pain(library, fever):
    any_pain = replace(fever, when={"at_least": {"question": "pain", "value": 1}})
    run_example(any_pain, KNEE | {"expect": "nothing"}, library)
    run_example(any_pain, KNEE | {"given": {"pain": 1}, "expect": "call-today"}, library)


def test_the_pain_of_earlier_days_counts(library):
    rising = library.entry("warnings", "pain-rising-after-day-3", WarningSign).body
    example = KNEE | {"day": 5, "given": {"pain": 6}, "expect": "call-today"}
    run_example(rising, example | {"earlier": [[3, 4]]}, library)
    with pytest.raises(AssertionError):
        run_example(rising, example, library)
