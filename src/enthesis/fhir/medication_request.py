"""MedicationRequest: what was prescribed. Prescriptions grow stale, so the day of writing comes with them.

When a stopped one was last taken is said by the end of its dosage only; one that is active after that end is in doubt.
How long a supply would last, and until when the prescription may be dispensed, say nothing about the last tablet;
without an end the day is asked for.
"""

from datetime import date
from typing import NamedTuple

from enthesis.fhir.chart import Understood, not_counted
from enthesis.fhir.dates import first_day, last_day
from enthesis.fhir.entries import Entries
from enthesis.fhir.medicine import Course, Drug, as_needed, check_period, drug, taken
from enthesis.fhir.node import Node, shown
from enthesis.fhir.recurring import Recurring
from enthesis.fhir.statuses import standing
from enthesis.screening import Taking

NOT_COUNTED = {
    "cancelled": "was cancelled before it was ever taken; not counted",
    "draft": "is a draft, not a prescription; not counted",
    "entered-in-error": "was entered in error; not counted",
}
TAKEN = {
    "active": Taking.TAKING,
    "on-hold": Taking.UNKNOWN,
    "unknown": Taking.UNKNOWN,
    "completed": Taking.STOPPED,
    "stopped": Taking.STOPPED,
}
NO_ORDER = ("proposal", "plan", "option")
ELSEWHERE = frozenset({"medicationReference", "reportedReference"})  # what these mean stands in other resources
ORDER = ("order", "original-order", "reflex-order", "filler-order", "instance-order", "")


class Prescribed(NamedTuple):
    """What a prescription says beside the day it was written; `dismissed` says why it is none."""

    drug: Drug = Drug("")
    course: Course = Course(Taking.UNKNOWN)
    remarks: tuple[str, ...] = ()
    dismissed: str = ""


def read(node: Node, entries: Entries) -> Understood:
    """The prescribed drug, or the reason why it is none."""
    said = _alone(node) if ELSEWHERE.isdisjoint(node.fields) else _read_words(node, entries)
    if said.dismissed:
        return not_counted(said.dismissed)
    written = first_day(node, "authoredOn")
    found = taken(node, said.drug, said.course._replace(since=written) if written else said.course)
    return Understood(found.item, (*said.remarks, *found.remarks))


def _read_words(node: Node, entries: Entries | None = None) -> Prescribed:
    if why := why_not(node):
        return Prescribed(dismissed=why)
    taking, remarks = standing(node, "status", TAKEN, Taking.UNKNOWN)
    dosages = node.children("dosageInstruction")
    course = _course(taking, dosages)
    return Prescribed(drug(node, entries, dosages), course, (*remarks, *_odd_intent(node)))


_alone = Recurring(
    _read_words, "status", "intent", "doNotPerform", "reportedBoolean", "medicationCodeableConcept", "dosageInstruction"
)


def why_not(node: Node) -> str:
    """Why a prescription is no fact about what is taken; empty when it is one."""
    if node.flag("doNotPerform"):
        return "asks that this is not taken; not counted"
    if node.text("intent") in NO_ORDER and not _is_reported(node):
        return f"has the intent {node.text('intent')!r}, which is no order; not counted"
    return NOT_COUNTED.get(node.text("status"), "")


def _is_reported(node: Node) -> bool:
    """US Core writes what patients buy themselves as a "plan" that is reported: they do take it."""
    return node.flag("reportedBoolean") or node.has("reportedReference")


def _odd_intent(node: Node) -> tuple[str, ...]:
    intent = node.text("intent")
    return () if intent in ORDER + NO_ORDER else (f"intent {shown(intent)} is none FHIR R4 knows; taken as an order",)


def _course(taking: Taking, dosages: tuple[Node, ...]) -> Course:
    if taking is Taking.TAKING and as_needed(dosages):
        taking = Taking.AS_NEEDED
    bounds = [dosage.child("timing").child("repeat").child("boundsPeriod") for dosage in dosages]
    for bound in bounds:
        check_period(bound)
    starts = [day for day in (first_day(one, "start") for one in bounds) if day]
    ends = [last_day(one, "end") for one in bounds]
    since = min(starts, default=None)
    return Course(taking, since, _latest(ends) if taking in (Taking.TAKING, Taking.STOPPED) else None)


def _latest(ends: list[date | None]) -> date | None:
    """The latest end, when every part of the dosage has one; a part without an end may have gone on."""
    known = [day for day in ends if day]
    return max(known, default=None) if len(known) == len(ends) else None
