"""Making a move, and saying what must come first when it cannot be made."""

from typing import NamedTuple

from enthesis.knowledge import BadInput
from enthesis.pathway.stages import FINISHED, LEADS_TO, Move, Stage


class Step(NamedTuple):
    """One step of the way through a session, in the words for what must come first and for what follows."""

    stage: Stage
    move: Move
    needed: str
    follows: str


WAY = (
    Step(Stage.SCREENED, Move.SCREEN_PASSES, "the patient must be screened", "the patient is screened"),
    Step(Stage.PLANNED, Move.PLAN, "the visit must be planned", "the visit is planned"),
    Step(Stage.MIXED, Move.MIX, "the recipe must be made", "the recipe is made"),
    Step(Stage.ASSESSED, Move.ASSESS, "the patient must be assessed and the site marked", "the site is marked"),
    Step(Stage.ANAESTHETISED, Move.ANAESTHETISE, "the skin must be anaesthetised", "the skin is anaesthetised"),
    Step(Stage.INJECTED, Move.INJECT, "the injection must be given", "the injection is given"),
    Step(Stage.OBSERVED, Move.OBSERVE, "the patient must be observed", "the observation is recorded"),
    Step(Stage.RECOVERING, Move.SEND_HOME, "the patient must be sent home", "the patient goes home"),
)
REACHED = {step.stage: place for place, step in enumerate(WAY)}
PLACE = {step.move: place for place, step in enumerate(WAY)} | {Move.GO_ON: len(WAY)}
FOLLOWS = {step.move: step.follows for step in WAY} | {Move.GO_ON: "another session is agreed"}

HELD = {  # stages at which a screening stands in the way
    Stage.ASKED: "a clinician's decision on the screening must be recorded",
    Stage.POSTPONED: "the screening says postpone, so the patient must be screened again",
    Stage.REFUSED: "the screening says refuse, so the patient must be screened again",
}
A_SCREENING = "this session must be finished and another one agreed before the patient is screened for it"
A_QUESTION = "a screening must ask the clinician before the answer is recorded"
FIRST = {  # what must come first for moves that are no step of the way through a session
    Move.SCREEN_PASSES: A_SCREENING,
    Move.SCREEN_ASKS: A_SCREENING,
    Move.SCREEN_POSTPONES: A_SCREENING,
    Move.SCREEN_REFUSES: A_SCREENING,
    Move.ALLOW: A_QUESTION,
    Move.DECLINE: A_QUESTION,
    Move.BREAK_OFF: "a visit must be planned, and its injection not yet given, before it is broken off",
    Move.PAUSE: "any visit that has begun must be finished or broken off before the course is paused",
    Move.RESUME: "the course must be paused before it is resumed",
    Move.SWITCH: "a screening must be made, and any visit finished or broken off, before the treatment is switched",
    Move.STOP: "a screening must be made, and any visit finished or broken off, before the course is stopped",
    Move.CLOSE: "the course must be stopped and followed up before it is closed",
}

OF_SCREENING = {
    "clear": Move.SCREEN_PASSES,
    "inform": Move.SCREEN_PASSES,
    "ask": Move.SCREEN_ASKS,
    "postpone": Move.SCREEN_POSTPONES,
    "refuse": Move.SCREEN_REFUSES,
}


def after(stage: Stage, move: Move) -> Stage:
    """The stage a move leads to. Raises BadInput saying, in one sentence, what must come first."""
    if (stage, move) not in LEADS_TO:
        raise BadInput(f"stage: {_why_not(stage, move)}")
    return LEADS_TO[stage, move]


def move_of_screening(decision: str) -> Move:
    """The move a screening's decision makes: clear, inform, ask, postpone or refuse. Raises BadInput for any other."""
    if decision not in OF_SCREENING:
        raise BadInput(f"decision: one of {', '.join(OF_SCREENING)} was expected, not {decision!r}")
    return OF_SCREENING[decision]


def _why_not(stage: Stage, move: Move) -> str:
    if stage in FINISHED:
        return f"the course is {stage}, and nothing more can be done in it: a new course must be enrolled first"
    if stage is Stage.FOLLOW_UP:
        return "the course was stopped and is only followed up: a new course must be enrolled first"
    if stage is Stage.PAUSED:
        return "the course is paused: it must be resumed before anything else is done in it"
    if move in FIRST:
        return FIRST[move]
    ahead = REACHED.get(stage, -1) + 1  # the place of the step that comes next; 0 where no screening has passed
    if PLACE[move] < ahead:
        return f"the course stands at {stage} already: this visit must end before {FOLLOWS[move]} anew"
    return f"{HELD.get(stage, WAY[ahead].needed)} before {FOLLOWS[move]}"
