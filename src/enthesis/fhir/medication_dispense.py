"""MedicationDispense: what was handed out. Whether it is taken is not said, so it becomes a question.

Handed out on a prescription that is in the same bundle, it adds nothing: that one tells how the drug is taken.
"""

from enthesis.fhir.chart import Understood, not_counted
from enthesis.fhir.dates import first_day
from enthesis.fhir.entries import Entries
from enthesis.fhir.medication_request import why_not
from enthesis.fhir.medicine import Course, medicine
from enthesis.fhir.node import Node
from enthesis.fhir.statuses import standing
from enthesis.screening import Taking

NOT_COUNTED = {
    "preparation": "has not been handed out; not counted",
    "cancelled": "was never handed out; not counted",
    "declined": "was declined; not counted",
    "entered-in-error": "was entered in error; not counted",
}
TAKEN = dict.fromkeys(("in-progress", "on-hold", "completed", "stopped", "unknown"), Taking.UNKNOWN)


def read(node: Node, entries: Entries) -> Understood:
    """The drug that was handed out, taken or not, or the reason why it is no item of its own."""
    why = NOT_COUNTED.get(node.text("status")) or _prescribed(node, entries)
    if why:
        return not_counted(why)
    taking, remarks = standing(node, "status", TAKEN, Taking.UNKNOWN)
    course = Course(taking, first_day(node, "whenHandedOver") or first_day(node, "whenPrepared"))
    found = medicine(node, entries, course, dosages=node.children("dosageInstruction"))
    return Understood(found.item, (*remarks, *found.remarks))


def _prescribed(node: Node, entries: Entries) -> str:
    names = (one.text("reference") for one in node.children("authorizingPrescription"))
    found = [entries.find(name, node) for name in names if not name.startswith("#")]
    read = [one for one in found if one and one.kind == "MedicationRequest" and not why_not(one.node)]
    return f"was handed out on {read[0].node.resource}, which is read instead" if read else ""
