"""MedicationAdministration: one dose that was given, such as a steroid injection some weeks ago."""

from enthesis.fhir.chart import Understood, not_counted
from enthesis.fhir.dates import first_day, last_day
from enthesis.fhir.entries import Entries
from enthesis.fhir.medicine import Course, check_period, medicine
from enthesis.fhir.node import Node
from enthesis.fhir.statuses import standing
from enthesis.screening import Taking

NOT_COUNTED = {"not-done": "was not given; not counted", "entered-in-error": "was entered in error; not counted"}
TAKEN = {
    "in-progress": Taking.TAKING,
    "on-hold": Taking.UNKNOWN,
    "unknown": Taking.UNKNOWN,
    "completed": Taking.STOPPED,
    "stopped": Taking.STOPPED,
}


def read(node: Node, entries: Entries) -> Understood:
    """The drug that was given, with the day, or the reason why it is none."""
    why = NOT_COUNTED.get(node.text("status"))
    if why:
        return not_counted(why)
    taking, remarks = standing(node, "status", TAKEN, Taking.UNKNOWN)
    dosages = (node.child("dosage"),)
    found = medicine(node, entries, _course(node, taking), dosages=dosages)
    return Understood(found.item, (*remarks, *found.remarks))


def _course(node: Node, taking: Taking) -> Course:
    period = node.child("effectivePeriod")
    check_period(period)
    since = first_day(period, "start") or first_day(node, "effectiveDateTime")
    # A dose with a beginning only was given then; without that day it would count for nothing.
    last = last_day(period, "end") or last_day(period, "start") or last_day(node, "effectiveDateTime")
    return Course(taking, since, last if taking is Taking.STOPPED else None)
