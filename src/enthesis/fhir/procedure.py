"""Procedure: what was done to the patient, and when. An injection in the chart seldom says where it went."""

from enthesis.fhir.absence import says_nothing
from enthesis.fhir.chart import Understood, not_counted, unread
from enthesis.fhir.concepts import OF_PROCEDURES, concept, name_of
from enthesis.fhir.dates import first_day, last_day
from enthesis.fhir.entries import Entries
from enthesis.fhir.node import Node, shown
from enthesis.fhir.statuses import standing
from enthesis.screening import ChartItem, ItemKind

NOT_COUNTED = {
    "preparation": "is planned, not done; not counted",
    "not-done": "was not done; not counted",
    "entered-in-error": "was entered in error; not counted",
}
DONE = dict.fromkeys(("in-progress", "on-hold", "stopped", "completed", "unknown"), "done")


def read(node: Node, _: Entries) -> Understood:
    """What was done, or begun, or the reason why it was not."""
    why = NOT_COUNTED.get(node.text("status"))
    if why:
        return not_counted(why)
    _done, remarks = standing(node, "status", DONE, "done")
    said = concept(node.child("code"))
    name = name_of([said], prefer=OF_PROCEDURES)
    if not name:
        return unread(node.resource, "a procedure without a name or a code", "has neither a name nor a code")
    if says_nothing(said):
        return not_counted(f"says {shown(name)}, which is no procedure")
    item = ChartItem(
        ItemKind.PROCEDURE,
        node.resource,
        f"{name}{_where(node)}",
        coded=said.coded_in(OF_PROCEDURES),
        since=first_day(node, "performedDateTime") or first_day(node.child("performedPeriod"), "start"),
        last=last_day(node, "performedDateTime") or last_day(node.child("performedPeriod"), "end"),
    )
    wordless = (f"gives only a {name}, without words; no rule can read it",) if said.wordless else ()
    return Understood(item, (*remarks, *wordless))


def _where(node: Node) -> str:
    sites = name_of((concept(one) for one in node.children("bodySite")), prefer=OF_PROCEDURES)
    return f" ({sites})" if sites else ""
