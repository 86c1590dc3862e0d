"""Where a needle may go in a session: every level and side of the course's kind of site, and what was marked."""

from collections.abc import Iterable, Mapping
from typing import Any

from enthesis.clinic.library import library
from enthesis.knowledge import Site, parse_site


def targets(site: str) -> tuple[Site, ...]:
    """The course's own site first, then every level and side of its kind."""
    own = parse_site(site, library())
    sides = ("left", "right") if own.about.sided else ("",)
    every = (
        ":".join(part for part in (own.kind, level, side) if part)
        for level in own.about.levels or ("",)
        for side in sides
    )
    return tuple(parse_site(text, library()) for text in dict.fromkeys((site, *every)))


def marked_sites(visit: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What was marked when the session began, as choices."""
    marked = next(step["details"]["marked"] for step in visit["steps"] if step["step"] == "assess")
    return [(site, parse_site(site, library()).name) for site in marked]


def given(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The rows that hold an injection: those with a volume."""
    return [row for row in rows if row.get("volume_ml")]
