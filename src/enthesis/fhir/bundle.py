"""One FHIR R4 bundle in, one chart out: every resource becomes an item, a line of the report, or both."""

from collections import Counter
from collections.abc import Callable, Iterator

from enthesis.fhir import (
    allergy_intolerance,
    condition,
    device,
    medication_administration,
    medication_dispense,
    medication_request,
    medication_statement,
    observation,
    patient,
    procedure,
)
from enthesis.fhir.chart import Chart, NotUnderstood, Understood, not_lost, unread
from enthesis.fhir.entries import Entries, Entry, contained, entries_of
from enthesis.fhir.node import Node, shown
from enthesis.fhir.others import COUNTED, by_type
from enthesis.fhir.parsing import LIMIT_BYTES, parsed
from enthesis.fhir.subjects import check_subject, the_patient
from enthesis.knowledge import BadInput
from enthesis.screening import ChartItem

Reader = Callable[[Node, Entries], Understood]
Said = tuple[tuple[str, Understood], ...]  # the name of a resource, and what it says
READERS: dict[str, Reader] = {
    "AllergyIntolerance": allergy_intolerance.read,
    "Condition": condition.read,
    "Device": device.read,
    "DeviceUseStatement": device.read_use,
    "MedicationAdministration": medication_administration.read,
    "MedicationDispense": medication_dispense.read,
    "MedicationRequest": medication_request.read,
    "MedicationStatement": medication_statement.read,
    "Observation": observation.read,
    "Procedure": procedure.read,
}
TYPES = (
    "batch",
    "batch-response",
    "collection",
    "document",
    "message",
    "searchset",
    "transaction",
    "transaction-response",
)
LONGEST_NAME = 1000  # characters; the registry keeps no longer ones
# What FHIR asks nobody to ignore: it may turn the meaning of a resource round.
MODIFIERS = frozenset({"modifierExtension", "implicitRules"})


def read_bundle(text: str | bytes, *, limit_bytes: int = LIMIT_BYTES) -> Chart:
    """The chart in a FHIR R4 JSON Bundle about one patient.

    Raises BadInput, with one sentence naming the resource and the field, when it is no such bundle, when it is about
    nobody or about two people, when two resources contradict each other, or when a date or a type is impossible.
    """
    bundle = _bundle(parsed(text, limit_bytes=limit_bytes))
    entries = entries_of(bundle)
    who = the_patient(entries)
    person, standing = patient.read(who)
    readers = [(entry, _reader(entry)) for entry in entries.every]
    found = [one for entry, reader in readers if entry is not who for one in _read(entry, reader, entries, who)]
    found += _more_pages(bundle)
    found.insert(0, (who.node.resource, standing))
    lines = [NotUnderstood(resource, why) for resource, one in found for why in one.remarks]
    items = tuple(item for _, one in found for item in (one.item, *one.more) if item)
    _check(items)
    counted = tuple(entry for entry, reader in readers if reader is None)
    return Chart(person, items, (*lines, *entries.empty, *by_type(entries, counted)))


def _check(items: tuple[ChartItem, ...]) -> None:
    """Each item must be found again by its evidence, and a name cut short could lose a drug."""
    evidence, count = next(iter(Counter([item.evidence for item in items]).most_common(1)), ("", 0))
    if count > 1:
        raise BadInput(f"{evidence}: {count} resources go by this name, and each needs one of its own")
    for item in items:
        if len(item.name) > LONGEST_NAME:
            raise BadInput(f"{item.evidence}: its names together are longer than the {LONGEST_NAME} characters kept")


def _bundle(value: object) -> Node:
    if not isinstance(value, dict):
        raise BadInput("bundle: a FHIR Bundle was expected, and this JSON holds no object")
    bundle = Node("Bundle", value)
    kind, of_type = bundle.text("resourceType"), bundle.text("type")
    if not kind:
        raise BadInput("bundle: not FHIR, for resourceType is missing; a Bundle was expected")
    if kind != "Bundle":
        raise BadInput(f"bundle: a Bundle was expected, and this is a resource of type {shown(kind)}")
    if of_type and of_type not in TYPES:
        raise bundle.wrong("type", f"is {shown(of_type)}; one of {', '.join(TYPES)} was expected")
    return bundle


def _reader(entry: Entry) -> Reader | None:
    """What reads a resource; nothing for the types, the observations and the devices that no rule speaks of."""
    if entry.kind == "Observation" and not observation.is_read(entry.node):
        return None
    if entry.kind == "Device" and not device.is_read(entry.node):
        return None
    return READERS.get(entry.kind)


def _read(entry: Entry, reader: Reader | None, entries: Entries, who: Entry) -> Said:
    """What a resource and the resources inside it say, each with its name; nothing when it is only counted by type."""
    node = entry.node
    whose = check_subject(entry, entries, who, strict=reader is not None)
    found: Said = ()
    if reader:
        found = ((node.resource, _by(reader, entry, entries, whose)),)
    elif entry.kind not in COUNTED:
        why = "is of a type nobody here reads"
        found = ((node.resource, unread(node.resource, f"a resource of type {entry.kind}", why)),)
    return (*found, *_held(entry)) if "contained" in node.fields else found


def _by(reader: Reader, entry: Entry, entries: Entries, whose: tuple[str, ...]) -> Understood:
    """What a reader makes of a resource, unless a field in it may turn its meaning round."""
    node = entry.node
    modifier = "" if MODIFIERS.isdisjoint(node.fields) else max(filter(node.has, MODIFIERS), default="")
    if modifier:
        why = f"has a {modifier} that nobody here knows"
        return unread(node.resource, f"a {entry.kind} with a {modifier}", why)
    found = not_lost(reader(node, entries))
    return found._replace(remarks=(*whose, *found.remarks)) if whose else found


def _held(entry: Entry) -> Iterator[tuple[str, Understood]]:
    """A drug or an allergy held inside another resource is not read, and not dropped either."""
    for inner in contained(entry):
        if inner.kind in READERS:
            name = f"a {inner.kind} inside {entry.node.resource}"
            yield inner.node.resource, unread(inner.node.resource, name, "is held inside another resource and not read")


def _more_pages(bundle: Node) -> list[tuple[str, Understood]]:
    if any(link.text("relation") == "next" for link in bundle.children("link")):
        why = "this is one page of a search, and the other pages are missing"
        return [("Bundle", unread("Bundle", "the rest of a search result", why))]
    return []
