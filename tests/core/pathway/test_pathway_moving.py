"""What a person is told who tries a move too early, too late, or in a course that is over."""

import pytest

from enthesis.knowledge import BadInput
from enthesis.pathway import Move, Stage, after
from enthesis.pathway.stages import LEADS_TO

SENTENCES = [
    (Stage.PLANNED, Move.ANAESTHETISE, "the recipe must be made before the skin is anaesthetised"),
    (Stage.ENROLLED, Move.PLAN, "the patient must be screened before the visit is planned"),
    (Stage.DUE, Move.MIX, "the patient must be screened before the recipe is made"),
    (Stage.SCREENED, Move.MIX, "the visit must be planned before the recipe is made"),
    (Stage.MIXED, Move.INJECT, "the patient must be assessed and the site marked before the injection is given"),
    (
        Stage.MIXED,
        Move.ANAESTHETISE,
        "the patient must be assessed and the site marked before the skin is anaesthetised",
    ),
    (Stage.PLANNED, Move.ASSESS, "the recipe must be made before the site is marked"),
    (Stage.ASSESSED, Move.INJECT, "the skin must be anaesthetised before the injection is given"),
    (Stage.ANAESTHETISED, Move.OBSERVE, "the injection must be given before the observation is recorded"),
    (Stage.INJECTED, Move.SEND_HOME, "the patient must be observed before the patient goes home"),
    (Stage.OBSERVED, Move.GO_ON, "the patient must be sent home before another session is agreed"),
    (Stage.ASKED, Move.PLAN, "a clinician's decision on the screening must be recorded before the visit is planned"),
    (
        Stage.POSTPONED,
        Move.PLAN,
        "the screening says postpone, so the patient must be screened again before the visit is planned",
    ),
    (
        Stage.REFUSED,
        Move.PLAN,
        "the screening says refuse, so the patient must be screened again before the visit is planned",
    ),
    (
        Stage.INJECTED,
        Move.MIX,
        "the course stands at injected already: this visit must end before the recipe is made anew",
    ),
    (
        Stage.PLANNED,
        Move.PLAN,
        "the course stands at planned already: this visit must end before the visit is planned anew",
    ),
    (
        Stage.INJECTED,
        Move.SCREEN_PASSES,
        "this session must be finished and another one agreed before the patient is screened for it",
    ),
    (Stage.SCREENED, Move.ALLOW, "a screening must ask the clinician before the answer is recorded"),
    (
        Stage.SCREENED,
        Move.BREAK_OFF,
        "a visit must be planned, and its injection not yet given, before it is broken off",
    ),
    (
        Stage.INJECTED,
        Move.STOP,
        "a screening must be made, and any visit finished or broken off, before the course is stopped",
    ),
    (Stage.RECOVERING, Move.CLOSE, "the course must be stopped and followed up before it is closed"),
    (Stage.FOLLOW_UP, Move.PLAN, "the course was stopped and is only followed up: a new course must be enrolled first"),
    (
        Stage.CLOSED,
        Move.GO_ON,
        "the course is closed, and nothing more can be done in it: a new course must be enrolled first",
    ),
    (
        Stage.WITHDRAWN,
        Move.WITHDRAW,
        "the course is withdrawn, and nothing more can be done in it: a new course must be enrolled first",
    ),
]


@pytest.mark.parametrize(("stage", "move", "sentence"), SENTENCES)
def test_a_move_that_cannot_be_made_says_what_must_come_first(stage: Stage, move: Move, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        after(stage, move)
    assert str(refused.value) == f"stage: {sentence}"


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("move", Move)
def test_every_refusal_is_one_sentence_without_a_full_stop_inside(stage: Stage, move: Move) -> None:
    if (stage, move) in LEADS_TO:
        return
    with pytest.raises(BadInput) as refused:
        after(stage, move)
    said = str(refused.value)
    assert (said.startswith("stage: "), "\n" in said, ". " in said) == (True, False, False)
    assert any(word in said for word in ("before", "first"))
