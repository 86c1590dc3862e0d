"""Deciding whether a course goes on: another session, a pause, the end; with the reviews that were due looked at first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.correcting import frame, to_correct
from enthesis.clinic.dues import ask_again, asked_again, meet_reviews
from enthesis.clinic.moving import move
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.reviewing import LOOKED_AGAIN, as_json, given_sessions, reviews_of
from enthesis.knowledge import BadInput
from enthesis.pathway import Move, Review
from enthesis.registry.models import Course, Decision

DECISIONS = {
    "go-on": Move.GO_ON,
    "pause": Move.PAUSE,
    "resume": Move.RESUME,
    "stop": Move.STOP,
    "break-off": Move.BREAK_OFF,
    "close": Move.CLOSE,
    "withdraw": Move.WITHDRAW,
}
NOT_UNDONE = ("stop", "close", "withdraw")  # nothing leads back; pages ask a second time
TREATS_ON = ("go-on", "resume")  # what leads to another needle, and so waits for the reviews that are due
LONGEST_PAUSE = 366  # days; a longer one is a stop


@act
def decide_course(
    *,
    by: Actor,
    course: UUID | str,
    decided: str,
    on: date,
    why: str,
    until: date | None = None,
    reviewed: bool = False,
) -> Decision:
    """Go on to another session, pause until a day, resume, break a visit off, stop and follow up, close, or withdraw.

    Where a review is due, going on or resuming needs `reviewed`: the clinician says that they looked again. What was
    due is kept with the decision.
    """
    record = course_of(by, course, May.DECIDE, lock=True)
    if decided not in DECISIONS:
        raise BadInput(f"decided: {decided!r} is not a decision; there are: {', '.join(DECISIONS)}")
    due = reviews_of([record]).get(record.pk, ())
    _check(decided, why, on, until)
    before = record.stage
    move(record, DECISIONS[decided])
    if decided in TREATS_ON and due and not reviewed:
        raise BadInput(f"reviewed: {due[0].why} Look again, and say that you did, before going on.")
    made = keep_decision(by, record, decided, on, why, until=until, due=due)
    if decided == "pause" and until is not None:
        ask_again(record, until, by.name)
    trace_decision(by, record, made, before)
    return made


@act
def correct_decision(*, by: Actor, decision: UUID | str, on: date, why: str, reason: str) -> Decision:
    """Correct the day or the words of a decision; the old record is kept. What was decided cannot be decided otherwise."""
    old = to_correct(Decision, decision, reason)
    assert old is not None  # noqa: S101 -- an id was given
    record = course_of(by, old.course_id, May.DECIDE, lock=True)
    _check(old.decided, why, on, old.until)
    kept = Decision.objects.create(
        course=record,
        decided=old.decided,
        on=on,
        why=why.strip()[:1000],
        until=old.until,
        after_sessions=old.after_sessions,
        reviewed=old.reviewed,
        **frame(by.name, record.clinic_id, now(), old, reason),
    )
    leave_trace(
        by,
        "corrected a decision",
        clinic=record.clinic,
        patient=record.patient,
        about=kept.pk,
        before={"on": old.on, "why": old.why},
        after={"on": kept.on, "why": kept.why, "reason": kept.reason},
    )
    return kept


def keep_decision(
    by: Actor,
    record: Course,
    decided: str,
    on: date,
    why: str,
    *,
    until: date | None = None,
    due: Sequence[Review] = (),
) -> Decision:
    """Keep a decision, with the reviews it answers. For use inside an act that has moved the course."""
    given = given_sessions(record)
    answers = decided in (*LOOKED_AGAIN, "close", "withdraw")
    if answers:
        meet_reviews(record, given)
        asked_again(record)
    return Decision.objects.create(
        course=record,
        decided=decided,
        on=on,
        why=why.strip()[:1000],
        until=until,
        after_sessions=given,
        reviewed=as_json(due) if answers else [],
        **frame(by.name, record.clinic_id, now(), None, ""),
    )


def trace_decision(by: Actor, record: Course, made: Decision, before: str, **more: object) -> None:
    """The one audit event of a decision."""
    leave_trace(
        by,
        "decided on a course",
        clinic=record.clinic,
        patient=record.patient,
        about=record.pk,
        before={"stage": before},
        after={"stage": record.stage, "decided": made.decided, "why": made.why, "until": made.until} | more,
    )


@dataclass(frozen=True)
class ToDecide:
    """What a page of decision shows first: the reviews that are due."""

    reviews: tuple[Review, ...]


@act
def read_reviews(*, by: Actor, course: UUID | str) -> ToDecide:
    """The reviews of a course that wait for a decision."""
    record = course_of(by, course, May.SEE)
    return ToDecide(reviews_of([record]).get(record.pk, ()))


def _check(decided: str, why: str, on: date, until: date | None) -> None:
    """Raises BadInput without a reason, and for a pause without a day, or one too far, on which it is asked about again."""
    if not why.strip():
        raise BadInput("why: say why, so that the next reader understands the decision")
    if decided != "pause":
        if until is not None:
            raise BadInput("until: only a pause has a day on which it is asked about again")
        return
    if until is None:
        raise BadInput("until: say on which day the pause is asked about again, so that nobody is forgotten")
    if not 0 < (until - on).days <= LONGEST_PAUSE:
        raise BadInput(f"until: a day within a year after {on.isoformat()} was expected, not {until.isoformat()}")
