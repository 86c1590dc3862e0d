"""The library as pages show it: each kind with its entries, and where the review of each stands for the clinics of the reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from enthesis.catalogue import KINDS, Kind
from enthesis.catalogue.checking import why_not
from enthesis.clinic.adoptions import Signed
from enthesis.clinic.library import library
from enthesis.clinic.places import Place
from enthesis.knowledge import Entry, Source
from enthesis.knowledge.library import FRAME
from enthesis.web.wording import Told, fields

Text = tuple[str, str, str]
WORDING = frozenset({"questions", "answers", "instructions"})  # shown on forms only, once the terms are accepted


@dataclass(frozen=True)
class Shown:
    """An entry with its standing on a day and the signatures that hold for this very text."""

    entry: Entry[Any]
    standing: str
    overdue: bool
    signed: tuple[Signed, ...]
    signed_before: bool


@dataclass(frozen=True)
class Shelf:
    """One kind with its entries and how many of them stand how."""

    kind: Kind
    entries: tuple[Shown, ...]
    adopted: int
    overdue: int


@dataclass(frozen=True)
class Cited:
    """A source with what the entry cites it for."""

    source: Source
    supports: str


@dataclass(frozen=True)
class Ran:
    """A worked example that was just run, with the reason where it did not hold."""

    story: str
    expect: str
    fields: tuple[tuple[str, Told], ...]
    why_not: str | None


def shelves(signed: Iterable[Signed], on: date) -> tuple[Shelf, ...]:
    """Every kind that has entries, in the order of the catalogue."""
    by_text = _by_text(signed)
    found = (
        (kind, tuple(shown(entry, by_text, on) for entry in library().entries(kind.folder, kind.shape)))
        for kind in KINDS
    )
    return tuple(
        Shelf(kind, entries, sum(bool(one.signed) for one in entries), sum(one.overdue for one in entries))
        for kind, entries in found
        if entries
    )


def shown(entry: Entry[Any], by_text: Mapping[tuple[str, str], tuple[Signed, ...]], on: date) -> Shown:
    """One entry and its signatures; a signature under another text is not one for this."""
    every = by_text.get((entry.kind, entry.id), ())
    now = tuple(one for one in every if one.fingerprint == entry.fingerprint)
    return Shown(entry, entry.standing(on).value, entry.is_overdue(on), now, bool(every) and not now)


def one(entry: Entry[Any], signed: Iterable[Signed], on: date) -> Shown:
    """One entry as its own page shows it."""
    return shown(entry, _by_text(signed), on)


def says(entry: Entry[Any]) -> tuple[tuple[str, Told], ...]:
    """What the entry says, field by field, as written; without the wording that a clinic must accept terms for."""
    raw = library().raw(entry.kind, entry.id)
    withheld = WORDING if raw.get("pack") else frozenset[str]()
    return fields({key: value for key, value in raw.items() if key not in FRAME and key not in withheld})


def cited(entry: Entry[Any]) -> tuple[Cited, ...]:
    """The sources in full."""
    return tuple(Cited(library().bibliography[one.cite], one.supports) for one in entry.sources)


def unsigned(place: Place, signed: Iterable[Signed]) -> tuple[Text, ...]:
    """Kind, id and fingerprint of every entry whose present text a clinic has not signed."""
    had = {(one.kind, one.entry, one.fingerprint) for one in signed if one.clinic == place.id}
    every = (
        (entry.kind, entry.id, entry.fingerprint)
        for kind in KINDS
        for entry in library().entries(kind.folder, kind.shape)
    )
    return tuple(text for text in every if text not in had)


def ran(kind: Kind, entry: Entry[Any]) -> tuple[Ran, ...]:
    """Every worked example of an entry, run now."""
    return tuple(_ran(kind, entry, example) for example in entry.examples)


def _ran(kind: Kind, entry: Entry[Any], example: dict[str, Any]) -> Ran:
    rest = {key: value for key, value in example.items() if key not in ("story", "expect")}
    expect = example.get("expect")
    if not isinstance(expect, str):
        rest |= {"expect": expect}
    return Ran(
        str(example.get("story", "Example")),
        expect if isinstance(expect, str) else "",
        fields(rest),
        why_not(kind, entry.body, example, library()),
    )


def _by_text(signed: Iterable[Signed]) -> dict[tuple[str, str], tuple[Signed, ...]]:
    found: dict[tuple[str, str], tuple[Signed, ...]] = {}
    for mark in signed:
        found[mark.kind, mark.entry] = (*found.get((mark.kind, mark.entry), ()), mark)
    return found
