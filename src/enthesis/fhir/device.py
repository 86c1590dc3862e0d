"""Device and DeviceUseStatement: what stands in the patient's body, such as an artificial joint or a stent.

An implant is what a procedure left behind, so it becomes an item beside the procedures; whether it is at the target is
asked. A device that does not say in whose body it is counts only by the statement of its use.
"""

from collections.abc import Iterator

from enthesis.fhir.absence import says_nothing
from enthesis.fhir.chart import Understood, not_counted, unread
from enthesis.fhir.concepts import OF_PROCEDURES, Concept, concept, name_of
from enthesis.fhir.dates import began
from enthesis.fhir.entries import Entries
from enthesis.fhir.node import Node, shown
from enthesis.screening import ChartItem, ItemKind

NOT_COUNTED = {
    "entered-in-error": "was entered in error; not counted",
    "intended": "is intended, not used; not counted",
}


def is_read(node: Node) -> bool:
    """Does a device say whose it is? Others are machines of the house, or stand behind a statement of their use."""
    return node.has("patient")


def read(node: Node, _: Entries) -> Understood:
    """The device, or the reason why it is none."""
    return _device(node, tuple(_said(node)), "")


def read_use(node: Node, entries: Entries) -> Understood:
    """The device that is used, unless it is read by itself, or the reason why it is none."""
    reference = node.child("device").text("reference")
    found = entries.find(reference, node)
    device = found.node if found and found.kind == "Device" else Node(node.resource, {})
    if is_read(device) and not reference.startswith("#"):
        return not_counted(f"is about {device.resource}, which is read instead")
    said = (*_said(device), Concept(text=node.child("device").text("display")))
    place = name_of([concept(node.child("bodySite"))], prefer=OF_PROCEDURES)
    return _device(node, said, f", {place}" if place else "")


def _device(node: Node, said: tuple[Concept, ...], place: str) -> Understood:
    if why := NOT_COUNTED.get(node.text("status")):
        return not_counted(why)
    told = tuple(one for one in said if not one.empty)
    name = name_of(told, prefer=OF_PROCEDURES)
    if not name:
        return unread(node.resource, "a device without a name or a code", "has neither a name nor a code")
    if all(says_nothing(one) for one in told):
        return not_counted(f"says {shown(name)}, which is no device")
    since = began(node, "timingDateTime", "timingPeriod")
    coded = any(one.coded_in(OF_PROCEDURES) for one in told)
    return Understood(ChartItem(ItemKind.PROCEDURE, node.resource, f"{name} (device{place})", coded=coded, since=since))


def _said(node: Node) -> Iterator[Concept]:
    yield concept(node.child("type"))
    yield from (Concept(text=one.text("name")) for one in node.children("deviceName"))
