"""A call of a CDS service, read: whose chart, which injections, and what was not sent along.

A prefetch key that is null means that the other system has nothing; a key that is missing means that nobody knows. The
first clears nothing by itself, the second is kept as something nobody could read, and that is asked about.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from enthesis.fhir.bundle import read_bundle
from enthesis.fhir.cds.hooks import PREFETCH
from enthesis.fhir.cds.targets import Target, targets_in
from enthesis.fhir.chart import Chart
from enthesis.fhir.node import Node, shown
from enthesis.fhir.parsing import parsed
from enthesis.knowledge import BadInput, Library
from enthesis.screening import ChartItem, ItemKind

DRAFTS = {"order-select": "draftOrders", "order-sign": "draftOrders", "appointment-book": "appointments"}
LONGEST_ID = 64  # as FHIR allows


class MissingData(Exception):
    """What is needed was not sent along, and nothing is ever fetched from the other side: 412."""


@dataclass(frozen=True)
class Call:
    """What was asked: by which hook, of which patient, and for which injections; empty when no order is ours."""

    hook: str
    instance: str
    patient: str
    chart: Chart
    targets: tuple[Target, ...]
    not_sent: tuple[str, ...]


def read_call(body: bytes, *, hook: str, library: Library) -> Call:
    """The call of a hook. Raises BadInput for a malformed one, MissingData without the patient."""
    request = _object(parsed(body))
    if request.text("hook") != hook:
        raise request.wrong("hook", f"is {shown(request.text('hook'))}, and this service is for {hook}")
    if not request.text("hookInstance"):
        raise request.wrong("hookInstance", "is missing")
    context = request.child("context")
    patient = context.text("patientId", most=LONGEST_ID)
    for key in ("userId", "patientId"):
        if not context.text(key):
            raise context.wrong(key, "is missing")
    targets = targets_in(tuple(_drafts(context, hook)), library) if hook in DRAFTS else (Target("", None),)
    chart, not_sent = _chart(request.child("prefetch"), patient)
    return Call(hook, request.text("hookInstance"), patient, chart, targets, not_sent)


def _object(value: object) -> Node:
    if not isinstance(value, dict):
        raise BadInput("request: an object was expected")
    return Node("request", value)


def _drafts(context: Node, hook: str) -> Iterator[Node]:
    """The orders or appointments in question: of an order being chosen only those that are selected."""
    if not context.has(DRAFTS[hook]):
        raise context.wrong(DRAFTS[hook], "is missing")
    if hook == "order-select" and not context.has("selections"):
        raise context.wrong("selections", "is missing")
    selected = context.texts("selections") if hook == "order-select" else ()
    for place in context.child(DRAFTS[hook]).children("entry"):
        found = place.child("resource")
        name = f"{found.text('resourceType')}/{found.text('id')}"
        if hook != "order-select" or name in selected:
            yield Node(name, found.fields)


def _chart(prefetch: Node, patient: str) -> tuple[Chart, tuple[str, ...]]:
    if not prefetch.has("patient"):
        raise MissingData("prefetch.patient was not sent, and nothing is fetched from the other side")
    resources = [resource for key in PREFETCH for resource in _resources(prefetch, key)]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}
    if any(_has_more(prefetch, key) for key in PREFETCH):
        bundle["link"] = [{"relation": "next", "url": "urn:more"}]
    chart = read_bundle(json.dumps(bundle))
    if chart.person.key and not any(one.get("id") == patient for one in resources if _is(one, "Patient")):
        raise BadInput(f"prefetch.patient: is not the patient {shown(patient)} of the context")
    not_sent = tuple(key for key in PREFETCH if key not in prefetch.fields)
    unread = tuple(ChartItem(ItemKind.UNREAD, f"prefetch.{key}", f"the {key}, which were not sent") for key in not_sent)
    return Chart(chart.person, (*chart.items, *unread), chart.not_understood), not_sent


def _resources(prefetch: Node, key: str) -> Iterator[dict[str, object]]:
    found = prefetch.child(key)
    if found.text("resourceType") != "Bundle":
        yield from [dict(found.fields)] if found.has("resourceType") else []
        return
    for entry in found.children("entry", most=100_000):
        resource = entry.child("resource")
        if resource.has("resourceType") and resource.text("resourceType") != "OperationOutcome":
            yield dict(resource.fields)


def _has_more(prefetch: Node, key: str) -> bool:
    return any(link.text("relation") == "next" for link in prefetch.child(key).children("link"))


def _is(resource: dict[str, object], kind: str) -> bool:
    return resource.get("resourceType") == kind
