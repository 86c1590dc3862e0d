"""Feedback on cards, read: accepted, or overridden with a reason."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from enthesis.fhir.node import Node, shown
from enthesis.fhir.parsing import parsed
from enthesis.knowledge import BadInput

OUTCOMES = ("accepted", "overridden")
LONGEST_COMMENT = 1000


@dataclass(frozen=True)
class Outcome:
    """What somebody did with one card."""

    card: UUID
    outcome: str
    at: datetime
    reason: str = ""
    comment: str = ""


def read_feedback(body: bytes) -> tuple[Outcome, ...]:
    """Every outcome of a feedback call. Raises BadInput naming the field."""
    value = parsed(body)
    if not isinstance(value, dict):
        raise BadInput("feedback: an object was expected")
    told = Node("feedback", value)
    if not told.has("feedback"):
        raise told.wrong("feedback", "is missing")
    return tuple(_outcome(one) for one in told.children("feedback"))


def _outcome(one: Node) -> Outcome:
    if one.text("outcome") not in OUTCOMES:
        raise one.wrong("outcome", f"is {shown(one.text('outcome'))}; one of {', '.join(OUTCOMES)} was expected")
    override = one.child("overrideReason")
    return Outcome(
        _uuid(one),
        one.text("outcome"),
        _moment(one),
        override.child("reason").text("code", most=120),
        override.text("userComment", most=LONGEST_COMMENT),
    )


def _uuid(one: Node) -> UUID:
    try:
        return UUID(one.text("card"))
    except ValueError:
        raise one.wrong("card", f"is {shown(one.text('card'))}; the uuid of a card was expected") from None


def _moment(one: Node) -> datetime:
    try:
        found = datetime.fromisoformat(one.text("outcomeTimestamp"))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise one.wrong("outcomeTimestamp", "is no moment with a time zone, such as 2026-11-23T09:12:31Z")
    return found
