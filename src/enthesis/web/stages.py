"""The stages of a course, and how washouts stand, in words and tones."""

from enthesis.pathway import Stage, Standing

WORDS = {
    Stage.ENROLLED: "Enrolled: the first screening comes next",
    Stage.SCREENED: "Screened: the visit can be planned",
    Stage.ASKED: "Question open: the screening asks a clinician",
    Stage.POSTPONED: "Postponed: screen again for a later day",
    Stage.REFUSED: "Refused: the screening says not to treat",
    Stage.PLANNED: "Planned: the recipe comes next",
    Stage.MIXED: "Recipe made: the session can begin",
    Stage.ASSESSED: "In session: assessed and marked",
    Stage.ANAESTHETISED: "In session: the skin is anaesthetised",
    Stage.INJECTED: "In session: injected, to be observed",
    Stage.OBSERVED: "Observed: the patient can go home",
    Stage.RECOVERING: "Recovering: the diary is open",
    Stage.DUE: "Next session agreed: screen for it",
    Stage.PAUSED: "Paused: resume, or stop",
    Stage.FOLLOW_UP: "Follow-up: no more sessions, surveys go on",
    Stage.CLOSED: "Closed",
    Stage.WITHDRAWN: "Withdrawn by the patient",
}
STANDINGS = {Standing.NOT_MET: "danger", Standing.NOT_KNOWN: "warn", Standing.TO_CONFIRM: "note", Standing.MET: "good"}
TONES = {Stage.PAUSED: "warn", Stage.ASKED: "warn", Stage.POSTPONED: "warn", Stage.REFUSED: "danger"}


def stage_sentence(stage: str) -> str:
    """Where a course stands, and what that means."""
    return WORDS[Stage(stage)] if stage else ""


def stage_name(stage: str) -> str:
    """The same in a word or two, for lists."""
    return stage_sentence(stage).partition(":")[0]


def stage_tone(stage: str) -> str:
    """How a stage is coloured beside its words: plain, warn or danger."""
    return TONES.get(Stage(stage), "plain") if stage else "plain"


def standing_tone(standing: str) -> str:
    """How a washout is coloured beside its words."""
    return STANDINGS.get(Standing(standing), "plain")
