"""What a resource says of its own standing, and what becomes of a word that FHIR R4 does not know."""

from collections.abc import Mapping
from typing import TypeVar

from enthesis.fhir.concepts import concept
from enthesis.fhir.node import Node, shown

T = TypeVar("T")


def standing(node: Node, key: str, known: Mapping[str, T], otherwise: T) -> tuple[T, tuple[str, ...]]:
    """What the status under a key means. A missing or unknown one means `otherwise`, and the report says so."""
    written = node.text(key)
    if written in known:
        return known[written], ()
    said = f"{key} {shown(written)} is none FHIR R4 knows" if written else f"has no {key}"
    return otherwise, (f"{said}; taken as {otherwise}",)


def coded_status(node: Node, key: str, known: Mapping[str, T], *, missing: T, unclear: T) -> tuple[T, tuple[str, ...]]:
    """The same for a status that is a CodeableConcept. Codes that say different things are unclear, and reported."""
    written = concept(node.child(key))
    words = [one.code for one in written.codes if one.code] or list(filter(None, [written.text.lower()]))
    if not words:
        return missing, ()
    meant = {known[word] for word in words if word in known}
    if len(meant) == 1:
        return meant.pop(), ()
    return unclear, (f"{key} {shown(' and '.join(words))} is not clear; taken as {unclear}",)
