"""Whose a resource is: everything in a bundle must be about its one patient."""

import re
from collections.abc import Iterator

from enthesis.fhir.entries import Entries, Entry
from enthesis.fhir.node import Node, shown
from enthesis.knowledge import BadInput

ASKED = re.compile(r"Patient\?identifier=([^|&]*)\|([^|&]*)")
UNNAMED = "does not say whose it is; read as this patient's"


def the_patient(entries: Entries) -> Entry:
    """The one patient of a bundle. Raises BadInput when there is none, or more than one."""
    patients = [entry for entry in entries.every if entry.kind == "Patient"]
    if not patients:
        raise BadInput("Bundle: holds no Patient; exactly one was expected")
    if len(patients) > 1:
        names = " and ".join(patient.node.resource for patient in patients[:2])
        raise BadInput(f"Bundle: holds {len(patients)} patients, such as {names}; exactly one was expected")
    return patients[0]


def check_subject(entry: Entry, entries: Entries, patient: Entry, *, strict: bool) -> tuple[str, ...]:
    """Refuses what is about somebody else, naming it; remarks on what does not say whose it is.

    `strict` for resources that are read: then even a group or a device is somebody else.
    """
    if _plainly(entry, patient, entries):
        return ()
    about = list(_about(entry.node, strict=strict))
    for reference in about:
        if not _is(reference, entry, entries, patient, strict=strict):
            one = patient.node.resource
            raise BadInput(f"{entry.node.resource}: is about {_shown(reference)}, and this bundle's patient is {one}")
    return (UNNAMED,) if strict and not any(_names_someone(one) for one in about) else ()


def _plainly(entry: Entry, patient: Entry, entries: Entries) -> bool:
    """Does it name this patient as nearly every resource does, by one reference that leads to no other entry?"""
    subject, other = entry.node.fields.get("subject"), entry.node.fields.get("patient")
    about = subject if other is None else other if subject is None else None
    if not isinstance(about, dict) or len(about) != 1:
        return False
    written = about.get("reference")
    return written in patient.names and entries.by_name.get(written) is patient


def _about(node: Node, *, strict: bool) -> Iterator[Node]:
    for key in ("subject", "patient"):
        if strict or isinstance(node.fields.get(key), dict):  # resources nobody reads may have other shapes here
            yield node.child(key)


def _names_someone(reference: Node) -> bool:
    return reference.has("reference") or reference.has("identifier")


def _is(reference: Node, entry: Entry, entries: Entries, patient: Entry, *, strict: bool) -> bool:
    written = reference.text("reference")
    if not written:
        known = reference.child("identifier")
        return not reference.has("identifier") or _known_as(patient, known.text("system"), known.text("value"))
    asked = ASKED.fullmatch(written)
    if asked:
        return _known_as(patient, *asked.groups())
    found = entries.find(written, entry.node)
    return found is patient or (not strict and _no_patient(written, found))


def _known_as(patient: Entry, system: str, value: str) -> bool:
    known = patient.node.children("identifier")
    return any((one.text("system"), one.text("value")) == (system, value) for one in known)


def _no_patient(written: str, found: Entry | None) -> bool:
    if found is not None:
        return found.kind != "Patient"
    return re.search(r"(^|/)Patient/|^urn:", written) is None


def _shown(reference: Node) -> str:
    return shown(reference.text("reference") or reference.child("identifier").text("value"))
