"""Conditions: what hurts, how it is coded, what is known about treating it, and what is not."""

from dataclasses import dataclass

from enthesis.knowledge import BadInput, Entry, Library, LibraryError, Site
from enthesis.pathway.statement import Cited, Code, Statement

NO_LEVEL_FROM_PAIN = frozenset({"lumbar-facet", "thoracic-facet"})  # referral zones overlap too much to name a level


@dataclass(frozen=True)
class Referral:
    """An area where a joint's pain is felt, and the levels it may suggest to a clinician."""

    area: str
    cite: str
    levels: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Condition:
    """What hurts. `must_say` is a sentence shown wherever a treatment of this condition is offered.

    `instruments` are asked of everyone with the condition, in this order, at the waves that call for them.
    Raises LibraryError when an area would name a lumbar or thoracic facet level.
    """

    sites: tuple[str, ...]
    instruments: tuple[str, ...]
    codes: tuple[Code, ...]
    known: tuple[Statement, ...]
    not_known: tuple[Statement, ...]
    must_say: str = ""
    levels_from_pain: str = ""
    referral: tuple[Referral, ...] = ()

    def __post_init__(self) -> None:
        if NO_LEVEL_FROM_PAIN & set(self.sites) and any(area.levels for area in self.referral):
            raise LibraryError("referral: a lumbar or thoracic facet level is never inferred from where it hurts")

    @property
    def cited(self) -> tuple[Cited, ...]:
        """The parts of the text that name a source."""
        return (*self.known, *self.not_known, *self.referral)


def conditions(library: Library) -> tuple[Entry[Condition], ...]:
    """All conditions, in order of id. Raises LibraryError for a site no catalogue has."""
    entries, sites = library.entries("conditions", Condition), library.files("sites")
    for entry in entries:
        for site in entry.body.sites:
            if site not in sites:
                raise LibraryError(f"{entry.path}: there is no site {site!r} in the catalogue")
    return entries


def is_site_of(condition: Condition, site: Site) -> bool:
    """Is this one of the places at which the condition is treated?"""
    return site.kind in condition.sites


def levels_suggested(condition: Condition, area: str) -> tuple[str, ...]:
    """The levels that pain in an area suggests to a clinician, as advice and never as proof; often none.

    Source: Fukui 1996 for the neck. Raises BadInput listing the areas there are.
    """
    for known in condition.referral:
        if known.area == area:
            return known.levels
    there = "; ".join(known.area for known in condition.referral) or "none"
    raise BadInput(f"area: there is no area {area!r} for this condition; there are: {there}")
