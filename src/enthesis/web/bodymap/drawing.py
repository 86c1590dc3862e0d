"""What a map draws: columns of the spine with a joint on each side, groups of the other targets, and hot spots on the body."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.forms import BoundField
from django.http import QueryDict

from enthesis.catalogue import by_area, found, targets
from enthesis.clinic.library import library
from enthesis.knowledge import Area, Site, parse_site
from enthesis.web.bodymap.field import LIST, MAP, View, view_of
from enthesis.web.bodymap.notes import advice_for
from enthesis.web.bodymap.places import PLACES, Face, Place

TITLES = {
    Area.JAW: "Jaw",
    Area.NECK: "Neck",
    Area.UPPER_BACK: "Upper back",
    Area.LOW_BACK: "Low back",
    Area.PELVIS: "Pelvis",
    Area.SHOULDER: "Shoulder",
    Area.ELBOW: "Elbow",
    Area.HAND: "Hand",
    Area.HIP: "Hip",
    Area.KNEE: "Knee",
    Area.FOOT_AND_ANKLE: "Foot and ankle",
    Area.ELSEWHERE: "Elsewhere",
}


@dataclass(frozen=True)
class Spot:
    """One target: what is sent, how it is called, whether it is marked."""

    site: Site
    ticked: bool

    @property
    def value(self) -> str:
        """The site as it is written."""
        return str(self.site)

    @property
    def after(self) -> str:
        """What the name says after side and level."""
        return self.site.about.with_level or self.site.title


@dataclass(frozen=True)
class Segment:
    """One level of the spine with the joint on each side."""

    level: str
    left: Spot | None
    right: Spot | None


@dataclass(frozen=True)
class Column:
    """One part of the spine, from the top down."""

    area: Area
    title: str
    segments: tuple[Segment, ...]
    note: str


@dataclass(frozen=True)
class Group:
    """Targets of one area that stand at no level."""

    area: Area
    title: str
    spots: tuple[Spot, ...]
    anchor: str


@dataclass(frozen=True)
class BodyMap:
    """Everything the part shows. `groups` hold the whole list in the view as a list, else what is at no level."""

    view: View
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    places: tuple[Place, ...]
    marked: tuple[Site, ...]
    shown: int

    @property
    def as_list(self) -> bool:
        """Are the targets shown as a plain list?"""
        return self.view.how == LIST

    @property
    def faces(self) -> tuple[tuple[Face, tuple[Place, ...]], ...]:
        """The hot spots of each side of the body that has any."""
        sides = ((face, tuple(place for place in self.places if place.face is face)) for face in Face)
        return tuple((face, places) for face, places in sides if places)


def body_map(sites: Iterable[Site], ticked: Iterable[str], view: View) -> BodyMap:
    """The map of some targets. In a list narrowed by words, what is ticked stays in sight, so that no tick is lost."""
    offered, on = tuple(sites), frozenset(ticked)
    spots = tuple(Spot(site, str(site) in on) for site in offered)
    marked = tuple(spot.site for spot in spots if spot.ticked)
    places = tuple(place for place in PLACES if any(_at(site, place) for site in offered))
    if view.how == LIST:
        meant = found(offered, view.words)
        listed = [spot for spot in spots if spot.ticked or spot.site in meant]
        return BodyMap(view, (), _groups(listed), places, marked, len(meant))
    levelled = [spot for spot in spots if spot.site.level]
    rest = [spot for spot in spots if not spot.site.level]
    columns = _columns(levelled)
    return BodyMap(view, columns, _groups(rest, beside=[one.area for one in columns]), places, marked, len(spots))


def drawn(field: BoundField, sites: Iterable[Site], posted: QueryDict) -> dict[str, Any]:
    """What `parts/bodymap.html` needs beside its field, with what is ticked now, in the view that was asked for."""
    offered = tuple(sites)
    ticked = posted.getlist(field.html_name) if posted else field.initial or ()
    return {"map": body_map(offered, ticked, view_of(posted)), "advice": advice_for(offered)}


def marked_map(written: Iterable[str]) -> BodyMap:
    """A map to read: what is marked, and of the spine every level of the parts in which a joint is marked."""
    marked = tuple(parse_site(one, library()) for one in written)
    drawn = {site.kind for site in marked if site.level and site.side}
    spine = tuple(site for site in targets(library()) if site.kind in drawn)
    others = tuple(site for site in marked if site not in spine)
    return body_map((*spine, *others), written, View(MAP))


def _at(site: Site, place: Place) -> bool:
    return site.about.area is place.area and place.side in ("", site.side)


def _columns(spots: Iterable[Spot]) -> tuple[Column, ...]:
    return tuple(
        Column(kind.about.area, TITLES[kind.about.area], tuple(_segments(group)), kind.about.note)
        for kind, group in ((group[0].site, group) for group in _runs(spots))
    )


def _runs(spots: Iterable[Spot]) -> list[list[Spot]]:
    return [list(group) for _, group in groupby(spots, key=lambda spot: spot.site.kind)]


def _segments(spots: list[Spot]) -> Iterable[Segment]:
    for level in dict.fromkeys(spot.site.level for spot in spots):
        sides = {spot.site.side: spot for spot in spots if spot.site.level == level}
        yield Segment(level, sides.get("left"), sides.get("right"))


def _groups(spots: Iterable[Spot], beside: Iterable[Area] = ()) -> tuple[Group, ...]:
    """By area; `beside` are areas whose column of the spine has the area's anchor already."""
    drawn = frozenset(beside)
    ticked = {spot.site: spot for spot in spots}
    return tuple(
        Group(
            area, TITLES[area], tuple(ticked[site] for site in sites), f"{'more' if area in drawn else 'area'}-{area}"
        )
        for area, sites in by_area(tuple(ticked))
    )
