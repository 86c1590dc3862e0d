"""How an entry is read, cited and signed. The only room that reads `library/`."""

from enthesis.knowledge.bibliography import Source, Strength
from enthesis.knowledge.choosing import Chosen, Value, value_at
from enthesis.knowledge.entry import Citation, Entry, Review, Standing
from enthesis.knowledge.errors import BadInput, LibraryError
from enthesis.knowledge.fingerprint import fingerprint
from enthesis.knowledge.library import Library, build_entry, read_toml, structured
from enthesis.knowledge.nudging import nudged
from enthesis.knowledge.sites import (
    SIDES,
    Area,
    BleedingClass,
    Region,
    Site,
    SiteKind,
    Structure,
    parse_site,
    site_kinds,
)
from enthesis.knowledge.tables import cells_of, read_table, row_of

__all__ = [
    "SIDES",
    "Area",
    "BadInput",
    "BleedingClass",
    "Chosen",
    "Citation",
    "Entry",
    "Library",
    "LibraryError",
    "Region",
    "Review",
    "Site",
    "SiteKind",
    "Source",
    "Standing",
    "Strength",
    "Structure",
    "Value",
    "build_entry",
    "cells_of",
    "fingerprint",
    "nudged",
    "parse_site",
    "read_table",
    "read_toml",
    "row_of",
    "site_kinds",
    "structured",
    "value_at",
]
