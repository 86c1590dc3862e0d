"""MedicationStatement: what the patient or somebody near them says is taken, over the counter included."""

from datetime import date

from enthesis.fhir.chart import Understood, not_counted
from enthesis.fhir.dates import first_day, last_day
from enthesis.fhir.entries import Entries
from enthesis.fhir.medicine import Course, as_needed, check_period, medicine
from enthesis.fhir.node import Node
from enthesis.fhir.statuses import standing
from enthesis.screening import Taking

NOT_COUNTED = {
    "intended": "is intended, not yet taken; not counted",
    "entered-in-error": "was entered in error; not counted",
}
TAKEN = {
    "active": Taking.TAKING,
    "on-hold": Taking.UNKNOWN,
    "unknown": Taking.UNKNOWN,
    "not-taken": Taking.NOT_TAKEN,
    "completed": Taking.STOPPED,
    "stopped": Taking.STOPPED,
}


def read(node: Node, entries: Entries) -> Understood:
    """The drug somebody says is taken, was taken or is not taken, or the reason why it is none."""
    why = NOT_COUNTED.get(node.text("status"))
    if why:
        return not_counted(why)
    taking, remarks = standing(node, "status", TAKEN, Taking.UNKNOWN)
    dosages = node.children("dosage")
    found = medicine(node, entries, _course(node, taking, dosages), dosages=dosages)
    return Understood(found.item, (*remarks, *found.remarks))


def _course(node: Node, taking: Taking, dosages: tuple[Node, ...]) -> Course:
    if taking is Taking.TAKING and as_needed(dosages):
        taking = Taking.AS_NEEDED
    period = node.child("effectivePeriod")
    check_period(period)
    since, end = first_day(period, "start") or first_day(node, "effectiveDateTime"), last_day(period, "end")
    if taking is Taking.TAKING:
        return Course(taking, since, end)
    if taking is not Taking.STOPPED:
        return Course(taking, since)
    last = end or last_day(node, "effectiveDateTime")
    # Without an end, all that is sure is that it had been stopped by the day somebody said so.
    return Course(taking, since, last) if last else _stopped_by(node, since)


def _stopped_by(node: Node, since: date | None) -> Course:
    said = last_day(node, "dateAsserted")
    return Course(Taking.UNKNOWN, since, said) if said else Course(Taking.STOPPED, since)
