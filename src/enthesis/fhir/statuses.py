"""What a resource says of its own standing, and what becomes of a word that FHIR R4 does not know."""

from collections.abc import Mapping
from typing import TypeVar

from enthesis.fhir.concepts import Concept, concept
from enthesis.fhir.node import Node, shown

T = TypeVar("T")


def standing(node: Node, key: str, known: Mapping[str, T], otherwise: T) -> tuple[T, tuple[str, ...]]:
    """What the status under a key means. A missing or unknown one means `otherwise`, and the report says so."""
    written = node.text(key)
    if written in known:
        return known[written], ()
    said = f"{key} {shown(written)} is none FHIR R4 knows" if written else f"has no {key}"
    return otherwise, (f"{said}; taken as {otherwise}",)


class Statuses(dict[str, T]):
    """The meaning of each word of a status; one such table is the same as itself alone."""

    __hash__ = object.__hash__  # type: ignore[assignment]  # a table that is never changed


def coded_status(node: Node, key: str, known: Statuses[T], *, missing: T, unclear: T) -> tuple[T, tuple[str, ...]]:
    """The same for a status that is a CodeableConcept. Codes that say different things are unclear, and reported."""
    return _meaning(concept(node.child(key)), key, known, missing, unclear)


def _meaning(written: Concept, key: str, known: Statuses[T], missing: T, unclear: T) -> tuple[T, tuple[str, ...]]:
    words = [one.code for one in written.codes if one.code] or list(filter(None, [written.text.lower()]))
    if not words:
        return missing, ()
    meant = {known[word] for word in words if word in known}
    if len(meant) == 1:
        return meant.pop(), ()
    return unclear, (f"{key} {shown(' and '.join(words))} is not clear; taken as {unclear}",)
