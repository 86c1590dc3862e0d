"""Sites: what may be aimed at, written as `lumbar-facet:L4/5:right`, from a closed catalogue."""

from dataclasses import dataclass
from enum import StrEnum

from enthesis.knowledge.entry import Entry
from enthesis.knowledge.errors import BadInput
from enthesis.knowledge.library import Library


class BleedingClass(StrEnum):
    """How dangerous a bleed would be at a site. The list is closed; a site without a class does not load."""

    LOW = "low"
    INTERMEDIATE = "intermediate"
    HIGH = "high"


class Region(StrEnum):
    """Where in the body a site lies; rules and warning signs are written for regions."""

    CERVICAL = "cervical"
    THORACIC = "thoracic"
    LUMBAR = "lumbar"
    PELVIS = "pelvis"
    SHOULDER = "shoulder"
    LIMB = "limb"
    JAW = "jaw"


class Area(StrEnum):
    """Where on the map of the body a site is found: finer than a region, and only for finding it."""

    JAW = "jaw"
    NECK = "neck"
    UPPER_BACK = "upper-back"
    LOW_BACK = "low-back"
    PELVIS = "pelvis"
    SHOULDER = "shoulder"
    ELBOW = "elbow"
    HAND = "hand"
    HIP = "hip"
    KNEE = "knee"
    FOOT_AND_ANKLE = "foot-and-ankle"
    ELSEWHERE = "elsewhere"  # entries written before there was a map


class Structure(StrEnum):
    """What the needle aims at."""

    FACET_JOINT = "facet-joint"
    JOINT = "joint"
    LIGAMENT = "ligament"
    TENDON = "tendon"
    INSERTION = "insertion"  # of a ligament or tendon, where it meets the bone
    SPACE = "space"
    BONE = "bone"
    NOT_STATED = "not-stated"


@dataclass(frozen=True)
class SiteKind:
    """One line of the catalogue: what the clinic aims at, before level and side.

    `guidance` is what a source used or asked for; empty where none that was read names one. `with_level` is what a
    site is called once its level is said, as the level names the part of the spine.
    """

    region: Region
    spinal: bool
    joint: bool
    bleeding: BleedingClass
    bleeding_note: str
    levels: tuple[str, ...] = ()
    sided: bool = True
    guidance: str = ""
    note: str = ""
    area: Area = Area.ELSEWHERE
    structure: Structure = Structure.NOT_STATED
    with_level: str = ""


@dataclass(frozen=True)
class Site:
    """One anatomical target: a kind of site, with level and side where they are known."""

    kind: str
    title: str
    about: SiteKind
    level: str = ""
    side: str = ""

    def __str__(self) -> str:
        return ":".join(part for part in (self.kind, self.level, self.side) if part)

    @property
    def name(self) -> str:
        """The site in words: right L4/5 lumbar facet joint."""
        return " ".join(part for part in (self.side, self.level, self.title) if part)

    @property
    def short(self) -> str:
        """The site as people say it: right L4/5 facet joint. Without a level it is the same as the name."""
        called = self.about.with_level if self.level and self.about.with_level else self.title
        return " ".join(part for part in (self.side, self.level, called) if part)

    @property
    def exact(self) -> bool:
        """Does the site say one place: a level where it has levels, one side where it has sides?"""
        return bool(self.level or not self.about.levels) and (self.side in ("left", "right") or not self.about.sided)


SIDES = ("left", "right", "both")


def site_kinds(library: Library) -> tuple[Entry[SiteKind], ...]:
    """The whole catalogue, in order of id."""
    return library.entries("sites", SiteKind)


def parse_site(text: str, library: Library) -> Site:
    """The site a text names. Raises BadInput saying which sites, levels or sides there are."""
    kind, *rest = text.strip().split(":")
    found = {entry.id: entry for entry in site_kinds(library)}
    if kind not in found:
        raise BadInput(f"site: there is no site {kind!r}; there are: {', '.join(found)}")
    level = side = ""
    for part in rest:
        if part in SIDES and not side and found[kind].body.sided:
            side = part
        elif part in found[kind].body.levels and not level and not side:
            level = part
        else:
            raise BadInput(f"site: {part!r} in {text!r} was not understood; {_expected(found[kind])}")
    return Site(kind, found[kind].title, found[kind].body, level, side)


def _expected(entry: Entry[SiteKind]) -> str:
    levels = f"a level ({', '.join(entry.body.levels)}), " if entry.body.levels else "no level, "
    return f"{entry.id} takes {levels}" + (f"then a side ({', '.join(SIDES)})" if entry.body.sided else "no side")
