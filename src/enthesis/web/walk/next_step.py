"""Where a course stands among the steps everybody knows, and the one thing to do next."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from enthesis.clinic.rows import CourseRow
from enthesis.pathway import Stage

STEPS = ("Screen", "Plan", "Recipe", "Assess", "Anaesthetise", "Inject", "Observe", "Follow up")
AT = {
    Stage.ENROLLED: 0,
    Stage.DUE: 0,
    Stage.ASKED: 0,
    Stage.POSTPONED: 0,
    Stage.REFUSED: 0,
    Stage.PAUSED: 0,
    Stage.SCREENED: 1,
    Stage.PLANNED: 2,
    Stage.MIXED: 3,
    Stage.ASSESSED: 4,
    Stage.ANAESTHETISED: 5,
    Stage.INJECTED: 6,
    Stage.OBSERVED: 7,
    Stage.RECOVERING: 7,
    Stage.FOLLOW_UP: 8,
    Stage.CLOSED: 8,
    Stage.WITHDRAWN: 8,
}


@dataclass(frozen=True)
class Next:
    """The next thing to do: a button with its address, and why it is next."""

    label: str
    address: str
    why: str


@dataclass(frozen=True)
class Passed:
    """One step of the bar: done, here, or still to come."""

    name: str
    state: str


def progress(course: CourseRow) -> tuple[Passed, ...]:
    """The steps with what is done, what is next and what is to come."""
    here = AT[Stage(course.stage)]
    return tuple(
        Passed(name, "done" if place < here else "here" if place == here else "to come")
        for place, name in enumerate(STEPS)
    )


def next_step(course: CourseRow, *, today: date) -> Next | None:
    """The one thing to do next; nothing once a course is finished. On the day of a session its questions come first."""
    stage = Stage(course.stage)
    if stage not in NEXT:
        return None
    label, name, why = _offered(course, stage, today)
    known = {"course": course.id}
    if name in ("time-out", "anaesthetise", "inject", "observe"):
        known["session"] = course.sessions[-1]["id"]
    return Next(label, reverse(f"walk:{name}", kwargs=known), why)


def _offered(course: CourseRow, stage: Stage, today: date) -> tuple[str, str, str]:
    """The next step of a stage, unless something must come before it."""
    if _asked_earlier(course, today):
        return ON_THE_DAY
    if stage is Stage.MIXED and not course.consented:
        return CONSENT
    if stage is Stage.ASSESSED and all(step["step"] != "time-out" for step in course.sessions[-1]["steps"]):
        return TIME_OUT
    return NEXT[stage]


def _asked_earlier(course: CourseRow, today: date) -> bool:
    """Is the session today, and everything ready but answers of today? Some questions are asked on the day only."""
    judged = course.screening
    if judged is None or Stage(course.stage) is not Stage.MIXED:
        return False
    return bool(judged["on"] == today.isoformat() and judged["as_of"] < today)


ON_THE_DAY = (
    "Ask again today",
    "screen",
    "The answers are from an earlier day, and some questions belong to the day itself. Without them the session is stopped.",
)
CONSENT = ("Ask for consent", "consent", "Nobody is treated without a consent that stands.")
TIME_OUT = (
    "Time-out",
    "time-out",
    "Patient, site and side, consent, allergies and lots are checked before the first needle.",
)
NEXT = {
    Stage.ENROLLED: ("Screen for a day", "screen", "Nobody is planned before the questions are answered."),
    Stage.DUE: ("Screen for the next session", "screen", "Each session is screened anew."),
    Stage.POSTPONED: ("Screen for a later day", "screen", "The last screening said postpone."),
    Stage.REFUSED: ("Screen again", "screen", "The last screening stands in the way."),
    Stage.ASKED: ("Decide on the screening", "screening", "The screening asks for a clinician's decision."),
    Stage.SCREENED: ("Plan the course", "plan", "The screening lets this day stand."),
    Stage.PLANNED: ("Make the recipe", "recipe", "The session is planned."),
    Stage.MIXED: ("Begin the session", "assess", "The recipe is made."),
    Stage.ASSESSED: ("Anaesthetise the skin", "anaesthetise", "The site is assessed and marked."),
    Stage.ANAESTHETISED: ("Record the injections", "inject", "The skin is numb."),
    Stage.INJECTED: ("Observe", "observe", "The injections are recorded."),
    Stage.RECOVERING: ("Go on or stop?", "decide", "The session is over; the diary week runs."),
    Stage.PAUSED: ("Resume or stop?", "decide", "The course is paused; what is due stays due, and surveys go on."),
    Stage.FOLLOW_UP: ("Send a survey", "links", "Treatment has ended; the follow-up goes on."),
}
