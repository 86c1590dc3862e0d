"""When a clinician must look again: two sessions without improvement, or four visits; and what a decision settles."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import Library
from enthesis.outcomes import instruments
from enthesis.pathway import Improved, Reading, ReviewRule, Waiting, progress, review_rules, reviews_due

LIBRARY = Library.shipped()
ASKED = {entry.id: entry for entry in instruments(LIBRARY) if entry.id in ("pain-nrs", "peg", "pgic")}
FIRST = date(2030, 1, 1)
SESSIONS = [FIRST + timedelta(weeks=4 * n) for n in range(8)]
WAITING = review_rules(LIBRARY, treatment="dextrose-prolotherapy", protocol="knee-rabago-2013")
BEFORE = Reading("pain-nrs", FIRST, 7.0)
BETTER, SAME, WORSE = (Reading("pain-nrs", SESSIONS[1] + timedelta(days=9), score) for score in (3.0, 7.0, 9.0))


def due(sessions, *, decided=(), readings=()):
    found = reviews_due(
        WAITING, sessions=SESSIONS[:sessions], decided_after=decided, readings=readings, instruments=ASKED
    )
    return [review.after_session for review in found]


def test_the_rules_are_those_of_the_entries():
    assert [(rule.after_session, rule.unless_improved) for rule in WAITING.rules] == [(2, True), (4, False)]
    assert WAITING.interval_days == 28
    assert review_rules(LIBRARY, treatment="magic", protocol="none") == Waiting((), 0)


@pytest.mark.parametrize("sessions", [0, 1])
def test_nothing_is_due_before_the_second_session(sessions):
    assert due(sessions, readings=[BEFORE, SAME]) == []


def test_after_two_sessions_without_improvement_somebody_decides_and_says_on_what():
    [review] = reviews_due(
        WAITING, sessions=SESSIONS[:2], decided_after=[1], readings=[BEFORE, SAME], instruments=ASKED
    )
    assert (review.improved, review.on) == (Improved.NO, SESSIONS[1] + timedelta(days=28))
    assert review.because == (f"{ASKED['pain-nrs'].title}: 7 before, 7 now: no change that counts.",)
    assert review.cite == "improvement-form"


def test_improvement_by_as_much_as_counts_puts_it_off_and_less_does_not():
    assert due(2, readings=[BEFORE, BETTER]) == []
    assert due(2, readings=[BEFORE, Reading("pain-nrs", BETTER.on, 6.0)]) == [2]


def test_better_in_one_and_worse_in_another_is_no_improvement():
    peg = [Reading("peg", FIRST, 4.0), Reading("peg", BETTER.on, 7.0)]
    assert due(2, readings=[BEFORE, BETTER, *peg]) == [2]


def test_nobody_asked_is_not_known_and_never_a_yes():
    found = progress([BEFORE], first=FIRST, since=SESSIONS[1], instruments=ASKED)
    assert found.improved is Improved.NOT_KNOWN
    assert "ask before deciding" in found.because[0]
    assert due(2, readings=[BEFORE]) == [2]


@pytest.mark.parametrize(("days", "improved"), [(18, Improved.NOT_KNOWN), (19, Improved.YES)])
def test_a_score_of_the_first_18_days_is_never_read_as_benefit(days, improved):
    early = Reading("pain-nrs", FIRST + timedelta(days=days), 1.0)
    assert progress([BEFORE, early], first=FIRST, since=FIRST, instruments=ASKED).improved is improved


def test_a_score_from_before_the_second_session_says_nothing_of_it():
    early = Reading("pain-nrs", SESSIONS[1] - timedelta(days=1), 1.0)
    assert due(2, readings=[BEFORE, early]) == [2]
    assert due(2, readings=[BEFORE, Reading("pain-nrs", SESSIONS[1], 1.0)]) == []


def test_a_rating_of_change_needs_no_baseline():
    much_better = Reading("pgic", BETTER.on, 2.0)
    assert progress([much_better], first=FIRST, since=SESSIONS[1], instruments=ASKED).improved is Improved.YES


def test_a_decision_settles_it_until_a_third_session_brings_nothing_either():
    same = [BEFORE, SAME]
    assert due(2, readings=same, decided=[2]) == []
    assert due(3, readings=same, decided=[2]) == [3]
    assert due(3, readings=same, decided=[2, 3]) == []


def test_four_visits_are_looked_at_again_even_by_those_who_improved_and_once():
    assert due(4, readings=[BEFORE, BETTER], decided=[1, 2, 3]) == [4]
    assert due(5, readings=[BEFORE, BETTER], decided=[1, 2, 3]) == [4]
    assert due(5, readings=[BEFORE, BETTER], decided=[4]) == []


counts = st.integers(0, 8)
scores = st.lists(
    st.builds(
        Reading,
        st.sampled_from(["pain-nrs", "peg"]),
        st.integers(-30, 300).map(lambda days: FIRST + timedelta(days=days)),
        st.integers(0, 10).map(float),
    ),
    max_size=6,
)


def rules_due(sessions, decided, readings):
    found = reviews_due(
        WAITING, sessions=SESSIONS[:sessions], decided_after=decided, readings=readings, instruments=ASKED
    )
    return {review.cite for review in found}


@given(counts, st.lists(counts, max_size=4), scores)
def test_a_review_that_is_due_stays_due_after_more_sessions_until_somebody_decides(sessions, decided, readings):
    made = [number for number in decided if number <= sessions]
    before = rules_due(sessions, made, readings)
    for more in range(sessions, 9):
        improved = progress(readings, first=FIRST, since=SESSIONS[1], instruments=ASKED).improved is Improved.YES
        assert before - ({"improvement-form"} if improved else set()) <= rules_due(more, made, readings)


@given(counts, st.lists(counts, max_size=4), counts, scores)
def test_a_decision_never_makes_a_review_fall_due(sessions, decided, one_more, readings):
    assert rules_due(sessions, [*decided, one_more], readings) <= rules_due(sessions, decided, readings)


@given(counts, scores)
def test_deciding_now_settles_everything_that_is_due_now(sessions, readings):
    assert rules_due(sessions, [sessions], readings) == set()


def test_a_rule_of_a_session_before_the_first_is_refused():
    with pytest.raises(Exception, match="counted from 1"):
        ReviewRule(0, "why", "cite")
