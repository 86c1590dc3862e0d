"""The catalogue as single targets: every level and side of every kind of site, in the order of the map, to be found by words."""

from collections.abc import Iterable
from itertools import groupby

from enthesis.knowledge import Area, Entry, Library, Site, SiteKind, parse_site, site_kinds

ONE_SIDE = ("left", "right")


def targets(library: Library) -> tuple[Site, ...]:
    """Every place a needle may aim at: one level and one side each. By area of the map, joints of the spine first."""
    kinds = sorted(site_kinds(library), key=_place)
    return tuple(
        parse_site(":".join(part for part in (kind.id, level, side) if part), library)
        for kind in kinds
        for level in kind.body.levels or ("",)
        for side in (ONE_SIDE if kind.body.sided else ("",))
    )


def by_area(sites: Iterable[Site]) -> tuple[tuple[Area, tuple[Site, ...]], ...]:
    """The same sites in groups, one for each area of the map that has any; order within a group is kept."""
    ordered = sorted(sites, key=lambda site: list(Area).index(site.about.area))
    return tuple((area, tuple(group)) for area, group in groupby(ordered, key=lambda site: site.about.area))


def found(sites: Iterable[Site], words: str) -> tuple[Site, ...]:
    """The sites all of whose words are meant by what was typed: each word typed stands somewhere in what a site says."""
    asked = words.casefold().replace("-", " ").split()
    return tuple(site for site in sites if all(word in _said(site) for word in asked))


def _place(kind: Entry[SiteKind]) -> tuple[int, bool, bool, str]:
    """By area, levels of the spine first and what lies in the middle last, so that left and right stay side by side."""
    return list(Area).index(kind.body.area), not kind.body.levels, not kind.body.sided, kind.id


def _said(site: Site) -> str:
    """Everything a site may be called by, for searching."""
    about = site.about
    parts = (str(site), site.name, site.short, about.region, about.area, about.structure, about.guidance)
    return " ".join(parts).casefold().replace("-", " ")
