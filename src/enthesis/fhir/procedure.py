"""Procedure: what was done to the patient, and when. An injection in the chart seldom says where it went."""

from typing import NamedTuple

from enthesis.fhir.absence import says_nothing
from enthesis.fhir.chart import Understood, not_counted, unread
from enthesis.fhir.concepts import OF_PROCEDURES, concept, name_of
from enthesis.fhir.dates import began, ended
from enthesis.fhir.entries import Entries
from enthesis.fhir.node import Node, shown
from enthesis.fhir.recurring import Recurring
from enthesis.fhir.statuses import standing
from enthesis.screening import ChartItem, ItemKind

NOT_COUNTED = {
    "preparation": "is planned, not done; not counted",
    "not-done": "was not done; not counted",
    "entered-in-error": "was entered in error; not counted",
}
DONE = dict.fromkeys(("in-progress", "on-hold", "stopped", "completed", "unknown"), "done")


class Said(NamedTuple):
    """What a Procedure says beside its dates; `dismissed` says why it was not done."""

    name: str = ""
    coded: bool = False
    remarks: tuple[str, ...] = ()
    dismissed: str = ""


def read(node: Node, _: Entries) -> Understood:
    """What was done, or begun, or the reason why it was not."""
    said = _said(node)
    if said.dismissed:
        return not_counted(said.dismissed)
    if not said.name:
        return unread(node.resource, "a procedure without a name or a code", "has neither a name nor a code")
    item = ChartItem(
        ItemKind.PROCEDURE,
        node.resource,
        said.name,
        coded=said.coded,
        since=began(node, "performedDateTime", "performedPeriod"),
        last=ended(node, "performedDateTime", "performedPeriod"),
    )
    return Understood(item, said.remarks)


def _read_words(node: Node) -> Said:
    if why := NOT_COUNTED.get(node.text("status")):
        return Said(dismissed=why)
    _done, remarks = standing(node, "status", DONE, "done")
    said = concept(node.child("code"))
    name = name_of([said], prefer=OF_PROCEDURES)
    if not name:
        return Said()
    if says_nothing(said):
        return Said(dismissed=f"says {shown(name)}, which is no procedure")
    wordless = (f"gives only a {name}, without words; no rule can read it",) if said.wordless else ()
    return Said(f"{name}{_where(node)}", said.coded_in(OF_PROCEDURES), (*remarks, *wordless))


_said = Recurring(_read_words, "status", "code", "bodySite")


def _where(node: Node) -> str:
    sites = name_of((concept(one) for one in node.children("bodySite")), prefer=OF_PROCEDURES)
    return f" ({sites})" if sites else ""
