"""Where a needle may go in a session: every level and side of the course's kind of site, and what was marked."""

from collections.abc import Iterable, Mapping
from typing import Any

from enthesis.catalogue import targets_for
from enthesis.clinic.library import library
from enthesis.clinic.rows import CourseRow
from enthesis.knowledge import Site, parse_site


def targets(site: str) -> tuple[Site, ...]:
    """Every single place that the screening of a site speaks for: near it, and covered by its rules."""
    return targets_for(parse_site(site, library()), library=library())


def marked_at_first(course: CourseRow) -> list[str]:
    """What a session's form has ticked at first: the planned targets, else the course's own site where it is one place."""
    own = parse_site(course.site, library())
    return list((course.planned_sites or {}).get("sites", [course.site] if own.exact else []))


def marked_sites(visit: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What was marked when the session began, as choices."""
    marked = next(step["details"]["marked"] for step in visit["steps"] if step["step"] == "assess")
    return [(site, parse_site(site, library()).name) for site in marked]


def injected_sites(visit: Mapping[str, Any]) -> list[str]:
    """Where the needle went in a session, each place once, in the order recorded."""
    rows = (row for step in visit["steps"] for row in step["details"].get("injections", ()))
    return list(dict.fromkeys(row["site"] for row in rows))


def given(rows: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The rows that hold an injection: those with a volume."""
    return [row for row in rows if row.get("volume_ml")]
