"""The table of moves: what holds whatever people do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import BadInput
from enthesis.pathway import FINISHED, MOVES, Move, Stage, after, move_of_screening, moves_from
from enthesis.pathway.stages import IN_CARE, LEADS_TO

THE_WAY = (
    (Move.SCREEN_PASSES, Stage.SCREENED),
    (Move.PLAN, Stage.PLANNED),
    (Move.MIX, Stage.MIXED),
    (Move.ASSESS, Stage.ASSESSED),
    (Move.ANAESTHETISE, Stage.ANAESTHETISED),
    (Move.INJECT, Stage.INJECTED),
    (Move.OBSERVE, Stage.OBSERVED),
    (Move.SEND_HOME, Stage.RECOVERING),
)
LEAVES = (Move.PAUSE, Move.STOP, Move.SWITCH)
SCREENS = (Move.SCREEN_PASSES, Move.SCREEN_ASKS, Move.SCREEN_POSTPONES, Move.SCREEN_REFUSES)

# The whole table once more, by hand: a change of any row shows here.
ALLOWED = {
    Stage.ENROLLED: {*SCREENS, Move.PAUSE, Move.WITHDRAW},
    Stage.SCREENED: {*SCREENS, Move.PLAN, *LEAVES, Move.WITHDRAW},
    Stage.ASKED: {*SCREENS, Move.ALLOW, Move.DECLINE, *LEAVES, Move.WITHDRAW},
    Stage.POSTPONED: {*SCREENS, *LEAVES, Move.WITHDRAW},
    Stage.REFUSED: {*SCREENS, *LEAVES, Move.WITHDRAW},
    Stage.PLANNED: {*SCREENS, Move.MIX, Move.BREAK_OFF, Move.PAUSE, Move.WITHDRAW},
    Stage.MIXED: {*SCREENS, Move.ASSESS, Move.BREAK_OFF, Move.PAUSE, Move.WITHDRAW},
    Stage.ASSESSED: {*SCREENS, Move.ANAESTHETISE, Move.BREAK_OFF, Move.WITHDRAW},
    Stage.ANAESTHETISED: {Move.INJECT, Move.BREAK_OFF, Move.WITHDRAW},
    Stage.INJECTED: {Move.OBSERVE, Move.WITHDRAW},
    Stage.OBSERVED: {Move.SEND_HOME, Move.WITHDRAW},
    Stage.RECOVERING: {Move.GO_ON, *LEAVES, Move.WITHDRAW},
    Stage.DUE: {*SCREENS, *LEAVES, Move.WITHDRAW},
    Stage.PAUSED: {Move.RESUME, Move.STOP, Move.SWITCH, Move.WITHDRAW},
    Stage.FOLLOW_UP: {Move.CLOSE, Move.WITHDRAW},
    Stage.CLOSED: set(),
    Stage.WITHDRAWN: set(),
}


@pytest.mark.parametrize("stage", Stage)
def test_each_stage_allows_exactly_its_moves(stage: Stage) -> None:
    assert set(moves_from(stage)) == ALLOWED[stage]


def test_the_way_through_one_session_and_on_to_the_next() -> None:
    stage = Stage.ENROLLED
    for move, reached in THE_WAY:
        stage = after(stage, move)
        assert stage == reached
    stage = after(stage, Move.GO_ON)
    assert stage == Stage.DUE
    for move, reached in THE_WAY:
        stage = after(stage, move)
        assert stage == reached
    stage = after(stage, Move.STOP)
    assert stage == Stage.FOLLOW_UP
    assert after(stage, Move.CLOSE) == Stage.CLOSED


@pytest.mark.parametrize("place", range(len(THE_WAY)))
def test_a_stage_cannot_be_skipped(place: int) -> None:
    here = Stage.ENROLLED if place == 0 else THE_WAY[place - 1][1]
    for move, _ in THE_WAY[place + 1 :]:
        with pytest.raises(BadInput):
            after(here, move)


def test_every_stage_can_be_reached() -> None:
    reached, waiting = {Stage.ENROLLED}, [Stage.ENROLLED]
    while waiting:
        stage = waiting.pop()
        new = {after(stage, move) for move in moves_from(stage)} - reached
        reached |= new
        waiting += new
    assert reached == set(Stage)


def test_every_move_can_be_made_somewhere_and_no_pair_is_there_twice() -> None:
    assert {row.move for row in MOVES} == set(Move)
    assert len(LEADS_TO) == sum(len(row.origins) for row in MOVES)


@given(st.lists(st.sampled_from(Move), max_size=40))
def test_no_move_leaves_a_finished_course(tried: list[Move]) -> None:
    stage = Stage.ENROLLED
    for move in tried:
        try:
            reached = after(stage, move)
        except BadInput:
            reached = stage
        assert stage not in FINISHED or reached == stage
        stage = reached


@given(st.lists(st.sampled_from(Move), max_size=60))
def test_nobody_is_injected_unless_the_last_screening_passed_or_was_allowed(tried: list[Move]) -> None:
    stage, passed = Stage.ENROLLED, False
    for move in tried:
        try:
            stage = after(stage, move)
        except BadInput:
            continue
        if move in SCREENS:
            passed = move is Move.SCREEN_PASSES
        passed = passed or move is Move.ALLOW
        if move in (Move.DECLINE, Move.GO_ON, Move.BREAK_OFF, Move.PAUSE):
            passed = False
        assert passed or move is not Move.INJECT


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in FINISHED])
def test_a_patient_may_withdraw_from_anywhere_in_care(stage: Stage) -> None:
    assert after(stage, Move.WITHDRAW) == Stage.WITHDRAWN
    assert stage in IN_CARE


@pytest.mark.parametrize("stage", [Stage.PLANNED, Stage.MIXED, Stage.ASSESSED])
def test_a_new_screening_that_passes_undoes_nothing_and_one_that_does_not_undoes_it_all(stage: Stage) -> None:
    assert after(stage, Move.SCREEN_PASSES) == stage
    assert after(stage, Move.SCREEN_ASKS) == Stage.ASKED
    assert after(stage, Move.SCREEN_POSTPONES) == Stage.POSTPONED
    assert after(stage, Move.SCREEN_REFUSES) == Stage.REFUSED
    assert after(stage, Move.BREAK_OFF) == Stage.DUE


def test_a_clinician_answers_what_a_screening_asks() -> None:
    assert after(Stage.ASKED, Move.ALLOW) == Stage.SCREENED
    assert after(Stage.ASKED, Move.DECLINE) == Stage.REFUSED


@pytest.mark.parametrize(
    ("decision", "stage"),
    [
        ("clear", Stage.SCREENED),
        ("inform", Stage.SCREENED),
        ("ask", Stage.ASKED),
        ("postpone", Stage.POSTPONED),
        ("refuse", Stage.REFUSED),
    ],
)
def test_where_each_decision_of_a_screening_leads(decision: str, stage: Stage) -> None:
    assert after(Stage.ENROLLED, move_of_screening(decision)) == stage


def test_no_other_decision_is_understood() -> None:
    with pytest.raises(BadInput) as refused:
        move_of_screening("maybe")
    assert str(refused.value) == "decision: one of clear, inform, ask, postpone, refuse was expected, not 'maybe'"


@pytest.mark.parametrize("stage", [Stage.ENROLLED, Stage.PLANNED, Stage.MIXED, Stage.RECOVERING, Stage.REFUSED])
def test_a_pause_ends_in_a_new_screening_whatever_came_before_it(stage: Stage) -> None:
    assert after(stage, Move.PAUSE) == Stage.PAUSED
    assert after(Stage.PAUSED, Move.RESUME) == Stage.DUE


@pytest.mark.parametrize("stage", [Stage.ASSESSED, Stage.ANAESTHETISED, Stage.INJECTED, Stage.OBSERVED])
def test_nobody_is_paused_or_switched_with_the_needle_at_hand(stage: Stage) -> None:
    for move, words in ((Move.PAUSE, "before the course is paused"), (Move.SWITCH, "before the treatment is switched")):
        with pytest.raises(BadInput, match=words):
            after(stage, move)


@pytest.mark.parametrize("move", [Move.SCREEN_PASSES, Move.PLAN, Move.ASSESS, Move.GO_ON, Move.CLOSE, Move.PAUSE])
def test_while_paused_nothing_is_done_but_to_resume_or_to_end_it(move: Move) -> None:
    with pytest.raises(BadInput, match="the course is paused: it must be resumed"):
        after(Stage.PAUSED, move)


def test_what_is_not_paused_is_not_resumed() -> None:
    with pytest.raises(BadInput, match="must be paused before it is resumed"):
        after(Stage.DUE, Move.RESUME)
