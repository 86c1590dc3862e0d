"""Where a course stands, and what may be done next: one table of moves."""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """Where a course stands. Each session goes from a screening to the recovery anew."""

    ENROLLED = "enrolled"
    SCREENED = "screened"  # nothing in the way, or only things to know
    ASKED = "asked"  # the screening asks a clinician, who has not answered yet
    POSTPONED = "postponed"
    REFUSED = "refused"
    PLANNED = "planned"
    MIXED = "mixed"
    ASSESSED = "assessed"
    ANAESTHETISED = "anaesthetised"
    INJECTED = "injected"
    OBSERVED = "observed"
    RECOVERING = "recovering"
    DUE = "due"  # another session was agreed; it needs a screening of its own
    PAUSED = "paused"  # nobody treats until a day; what is due stays due, and surveys go on
    FOLLOW_UP = "follow-up"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What people do that takes a course from one stage to another."""

    SCREEN_PASSES = "screen-passes"
    SCREEN_ASKS = "screen-asks"
    SCREEN_POSTPONES = "screen-postpones"
    SCREEN_REFUSES = "screen-refuses"
    ALLOW = "allow"
    DECLINE = "decline"
    PLAN = "plan"
    MIX = "mix"
    ASSESS = "assess"
    ANAESTHETISE = "anaesthetise"
    INJECT = "inject"
    OBSERVE = "observe"
    SEND_HOME = "send-home"
    BREAK_OFF = "break-off"
    GO_ON = "go-on"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    SWITCH = "switch"
    CLOSE = "close"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Row:
    """One row of the table: a move, the stages it may be made from, and the stage it leads to."""

    move: Move
    origins: tuple[Stage, ...]
    to: Stage


FINISHED = frozenset({Stage.CLOSED, Stage.WITHDRAWN})
IN_CARE = tuple(stage for stage in Stage if stage not in FINISHED)
BEFORE_PLAN = (Stage.ENROLLED, Stage.DUE, Stage.SCREENED, Stage.ASKED, Stage.POSTPONED, Stage.REFUSED)
READY = (Stage.PLANNED, Stage.MIXED, Stage.ASSESSED)  # a new screening that passes does not undo what was done

BETWEEN = (Stage.RECOVERING, Stage.DUE, Stage.SCREENED, Stage.ASKED, Stage.POSTPONED, Stage.REFUSED)
STOPPABLE = (*BETWEEN, Stage.PAUSED)
PAUSABLE = (Stage.ENROLLED, *BETWEEN, Stage.PLANNED, Stage.MIXED)  # before anybody is touched; the visit falls away

MOVES = (
    Row(Move.SCREEN_PASSES, BEFORE_PLAN, Stage.SCREENED),
    *(Row(Move.SCREEN_PASSES, (stage,), stage) for stage in READY),
    Row(Move.SCREEN_ASKS, BEFORE_PLAN + READY, Stage.ASKED),
    Row(Move.SCREEN_POSTPONES, BEFORE_PLAN + READY, Stage.POSTPONED),
    Row(Move.SCREEN_REFUSES, BEFORE_PLAN + READY, Stage.REFUSED),
    Row(Move.ALLOW, (Stage.ASKED,), Stage.SCREENED),
    Row(Move.DECLINE, (Stage.ASKED,), Stage.REFUSED),
    Row(Move.PLAN, (Stage.SCREENED,), Stage.PLANNED),
    Row(Move.MIX, (Stage.PLANNED,), Stage.MIXED),
    Row(Move.ASSESS, (Stage.MIXED,), Stage.ASSESSED),
    Row(Move.ANAESTHETISE, (Stage.ASSESSED,), Stage.ANAESTHETISED),
    Row(Move.INJECT, (Stage.ANAESTHETISED,), Stage.INJECTED),
    Row(Move.OBSERVE, (Stage.INJECTED,), Stage.OBSERVED),
    Row(Move.SEND_HOME, (Stage.OBSERVED,), Stage.RECOVERING),
    Row(Move.BREAK_OFF, (*READY, Stage.ANAESTHETISED), Stage.DUE),
    Row(Move.GO_ON, (Stage.RECOVERING,), Stage.DUE),
    Row(Move.PAUSE, PAUSABLE, Stage.PAUSED),
    Row(Move.RESUME, (Stage.PAUSED,), Stage.DUE),
    Row(Move.STOP, STOPPABLE, Stage.FOLLOW_UP),
    Row(Move.SWITCH, STOPPABLE, Stage.FOLLOW_UP),  # the new treatment is a new course, linked to this one
    Row(Move.CLOSE, (Stage.FOLLOW_UP,), Stage.CLOSED),
    Row(Move.WITHDRAW, IN_CARE, Stage.WITHDRAWN),
)

LEADS_TO = {(origin, row.move): row.to for row in MOVES for origin in row.origins}


def moves_from(stage: Stage) -> tuple[Move, ...]:
    """What may be done at a stage, in the order of the table; nothing once a course is finished."""
    return tuple(move for origin, move in LEADS_TO if origin is stage)
