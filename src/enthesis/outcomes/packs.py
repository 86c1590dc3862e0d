"""Packs: instruments that are free under conditions, which somebody must read and accept for the clinic first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enthesis.knowledge import Entry, Library
from enthesis.outcomes.instrument import instruments


@dataclass(frozen=True)
class Term:
    """One condition in our own words, with its source."""

    text: str
    cite: str


@dataclass(frozen=True)
class Pack:
    """The conditions of an owner. What they say in full stands at `read_at`, and that text decides, not ours."""

    owner: str
    read_at: str
    terms: tuple[Term, ...]
    open: str = ""  # what has not been settled, said plainly


def packs(library: Library) -> tuple[Entry[Pack], ...]:
    """All packs, in order of id."""
    return library.entries("packs", Pack)


def pack(library: Library, id: str) -> Entry[Pack]:
    """One pack. Raises LibraryError naming those there are."""
    return library.entry("packs", id, Pack)


def instruments_in(id: str, library: Library) -> tuple[str, ...]:
    """The instruments of a pack, in order of id."""
    return tuple(entry.id for entry in instruments(library) if entry.body.pack == id)


def free_for_all(library: Library) -> frozenset[str]:
    """The instruments anybody may ask as they ship: neither licensed nor in a pack."""
    return frozenset(entry.id for entry in instruments(library) if not entry.body.is_slot and not entry.body.pack)


def run_pack_example(body: Pack, example: Mapping[str, Any], library: Library) -> None:
    """Does the pack hold these instruments? Raises AssertionError in words when it does not."""
    found = list(instruments_in(example["pack"], library))
    if found != example["expect"]:
        raise AssertionError(f"{example['story']}: the instruments are {found}, and {example['expect']} were promised")
