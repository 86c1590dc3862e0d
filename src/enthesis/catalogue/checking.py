"""Does every entry keep its promises? Read, cited, with examples that hold and that would notice any number move."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enthesis.catalogue.kinds import KINDS, Kind
from enthesis.evidence.review import review
from enthesis.knowledge import BadInput, Entry, Library, LibraryError, build_entry, nudged
from enthesis.screening import checked_rules


@dataclass(frozen=True)
class Fault:
    """One broken promise: the entry, and what is wrong in a sentence."""

    entry: str
    what: str


def check(library: Library) -> tuple[Fault, ...]:
    """Every fault of a library, in order of kind and entry; none when all promises are kept."""
    known = {kind.folder for kind in KINDS}
    strangers = [
        Fault(folder, "no room reads this folder; is its name misspelt?")
        for folder in library.kinds
        if folder not in known
    ]
    return (
        *strangers,
        *(fault for kind in KINDS for fault in _faults_of_kind(kind, library)),
        *_promises_of_rules(library),
        *_promises_of_reviews(library),
    )


def _promises_of_reviews(library: Library) -> Iterator[Fault]:
    """Each review of trials can be read, every row with its locator, and its tables fit each other."""
    for id in library.folders("evidence"):
        try:
            review(library, id)
        except LibraryError as error:
            yield Fault(f"evidence/{id}", str(error))


def _promises_of_rules(library: Library) -> Iterator[Fault]:
    """What rules promise beyond their shape, such as never telling a patient to stop a prescribed medicine."""
    try:
        checked_rules(library)
    except LibraryError as error:
        yield Fault("rules", str(error))


def faults_of(kind: Kind, entry: Entry[Any], library: Library) -> Iterator[Fault]:
    """The faults of one entry that could be read."""
    name = f"{kind.folder}/{entry.id}"
    for example in entry.examples:
        if (said := why_not(kind, entry.body, example, library)) is not None:
            yield Fault(name, said)
    if not entry.examples:
        yield Fault(name, "has no example; show at least one")
    if entry.review.checked_by and entry.review.checked_by == entry.review.written_by:
        yield Fault(name, "was checked by its own writer")
    for change, data in nudged(library.raw(kind.folder, entry.id), kind.descriptive):
        if not _noticed(kind, data, entry, library):
            yield Fault(name, f"no example notices {change}")


def why_not(kind: Kind, body: Any, example: Any, library: Library) -> str | None:
    """Why an example does not hold, in words; None when it holds."""
    try:
        kind.run(body, example, library)
    except (AssertionError, BadInput, KeyError) as error:
        return f"example {example.get('story', '')!r}: {error}"
    return None


def _faults_of_kind(kind: Kind, library: Library) -> Iterator[Fault]:
    try:
        entries = library.entries(kind.folder, kind.shape)
    except LibraryError as error:
        yield Fault(kind.folder, str(error))
        return
    for entry in entries:
        yield from faults_of(kind, entry, library)


def _noticed(kind: Kind, data: dict[str, Any], entry: Entry[Any], library: Library) -> bool:
    """Does some example, or the shape itself, object to the changed number?"""
    path = Path(entry.path)
    try:
        body = build_entry(kind.folder, data, kind.shape, path).body
    except LibraryError:
        return True
    return any(why_not(kind, body, example, library) is not None for example in entry.examples)
