"""Which injection is meant: the orders and appointments that are ours, the site they name and their day.

A site is never guessed: where the words name none, or two, nobody knows it, and the card says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from enthesis.fhir.concepts import Concept, concept
from enthesis.fhir.dates import whole_day
from enthesis.fhir.node import Node
from enthesis.knowledge import BadInput, Library, Site, parse_site, site_kinds
from enthesis.screening.words import plain, says

OURS = ("prolotherap*", "dextrose inject*", "inject* of dextrose", "m0076")  # M0076 is prolotherapy in HCPCS
SITE_SYSTEM = "urn:enthesis:site"
CODED = ("code", "serviceType", "serviceCategory", "reasonCode", "bodySite", "appointmentType", "specialty")
SPOKEN = ("description", "comment", "patientInstruction")
SIDE = {"left": "left", "right": "right", "bilateral": "both", "both": "both"}


@dataclass(frozen=True)
class Target:
    """One injection somebody is about to order or book: where (None when nobody can tell) and when (None for today)."""

    resource: str
    site: Site | None
    on: date | None = None


def targets_in(resources: tuple[Node, ...], library: Library) -> tuple[Target, ...]:
    """The injections among drafts, in their order; those that are no prolotherapy are left out."""
    ours = [node for node in resources if any(says(plain(" ".join(_words(node))), word) for word in OURS)]
    return tuple(Target(node.resource, site_named(node, library), _day(node)) for node in ours)


def site_named(node: Node, library: Library) -> Site | None:
    """The one site that a code of ours or the words name; None where they name none or several."""
    for one in (code for key in CODED for each in _concepts(node, key) for code in each.codes):
        if one.system == SITE_SYSTEM:
            return _parsed(one.code, library)
    text = " ".join(_words(node))
    spoken = plain(text)
    kinds = [entry for entry in site_kinds(library) if _names(spoken, entry.id, entry.title)]
    if len(kinds) != 1:
        return None
    levels = [level for level in kinds[0].body.levels if _has_level(text, level)]
    sides = {SIDE[word] for word in spoken.split() if word in SIDE}
    parts = [kinds[0].id, *(levels if len(levels) == 1 else ()), *(sides if len(sides) == 1 else ())]
    return _parsed(":".join(parts), library)


def _names(spoken: str, id: str, title: str) -> bool:
    return says(spoken, f"{plain(id)}*") or says(spoken, f"{plain(title)}*")


def _has_level(text: str, level: str) -> bool:
    """L4/5 is also written L4-5, L4-L5 and L4/L5."""
    above, below = level.split("/")
    letter, number = (below[0], below[1:]) if below[0].isalpha() else (above[0], below)
    return re.search(rf"(?<!\w){above}\s*[-/]\s*{letter}?{number}(?!\d)", text, re.IGNORECASE) is not None


def _parsed(written: str, library: Library) -> Site | None:
    try:
        return parse_site(written, library)
    except BadInput:
        return None


def _words(node: Node) -> Iterator[str]:
    for key in CODED:
        for one in _concepts(node, key):
            yield from (one.text, *(part for code in one.codes for part in (code.words, code.code)))
    yield from (node.text(key) for key in SPOKEN)
    yield from (note.text("text") for note in node.children("note"))


def _concepts(node: Node, key: str) -> Iterator[Concept]:
    """A CodeableConcept, or a list of them: resources differ."""
    value = node.fields.get(key)
    if isinstance(value, list):
        yield from (concept(one) for one in node.children(key))
    elif value is not None:
        yield concept(node.child(key))


def _day(node: Node) -> date | None:
    return (
        whole_day(node, "occurrenceDateTime")
        or whole_day(node.child("occurrencePeriod"), "start")
        or whole_day(node, "start")
    )
