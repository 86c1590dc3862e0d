"""Diagnostic blocks: how much relief, from how many, who asks for before a joint is held to be the one that hurts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from enthesis.knowledge import Entry, Library, LibraryError, Site, parse_site

BLOCKED = "diagnostic-block"  # the question of the screening: did blocks at this very joint relieve the pain?


@dataclass(frozen=True)
class Block:
    """One diagnostic block at one place: the day, and the relief in percent, 0 to 100."""

    site: str
    on: date
    relief_percent: int


@dataclass(frozen=True)
class BlockRule:
    """Relief that a source asks for at some sites, from a number of blocks on different days. Sources disagree."""

    sites: tuple[str, ...]
    relief_percent: int
    blocks: int
    says: str

    def __post_init__(self) -> None:
        if not 0 < self.relief_percent <= 100 or self.blocks < 1:
            raise LibraryError("relief_percent and blocks: 1 to 100 percent and at least one block were expected")

    def met(self, blocks: Iterable[Block], site: Site) -> bool:
        """Did enough blocks at this very place, each on a day of its own, relieve enough?"""
        days = {one.on for one in blocks if one.site == str(site) and one.relief_percent >= self.relief_percent}
        return len(days) >= self.blocks


@dataclass(frozen=True)
class Asked:
    """One rule held against the blocks on record."""

    title: str
    says: str
    cite: str
    met: bool


def block_rules(library: Library) -> tuple[Entry[BlockRule], ...]:
    """What is asked of diagnostic blocks, in order of id."""
    return library.entries("blocks", BlockRule)


def blocks_asked(library: Library, *, site: Site, blocks: Sequence[Block]) -> tuple[Asked, ...]:
    """Each rule that speaks of a site, strictest first, and whether the blocks there meet it. None decides alone."""
    rules = [entry for entry in block_rules(library) if site.kind in entry.body.sites]
    ordered = sorted(rules, key=lambda entry: (-entry.body.relief_percent, -entry.body.blocks))
    return tuple(
        Asked(entry.title, entry.body.says, entry.sources[0].cite, entry.body.met(blocks, site)) for entry in ordered
    )


def blocks_not_on_record(
    library: Library, *, answers: Mapping[str, Any], sites: Iterable[Site], blocks: Sequence[Block]
) -> tuple[Site, ...]:
    """The joints aimed at without any block on record although the screening was told that blocks relieved the pain.

    A site that names no level or side is satisfied by a block at any joint of its kind.
    """
    if answers.get(BLOCKED) is not True:
        return ()
    tested = {kind for entry in block_rules(library) for kind in entry.body.sites}
    there = {one.site for one in blocks}
    kinds = {parse_site(one, library).kind for one in there}
    return tuple(
        site
        for site in dict.fromkeys(sites)
        if site.kind in tested and (str(site) not in there if site.exact else site.kind not in kinds)
    )


def run_block_example(body: BlockRule, example: Mapping[str, Any], library: Library) -> None:
    """Blocks a fortnight apart with these reliefs: is the rule met? Raises AssertionError with the difference."""
    site = parse_site(example["site"], library)
    start = date(2030, 1, 1)
    blocks = [Block(str(site), start + timedelta(weeks=2 * n), relief) for n, relief in enumerate(example["reliefs"])]
    said: object = body.met(blocks, site) if site.kind in body.sites else "not for this site"
    if said != example["expect"]:
        raise AssertionError(f"{example['story']!r}: {said!r}, and {example['expect']!r} was promised")
