"""Diagnostic blocks that the screening was told of, held against those on record."""

from enthesis.clinic.course_page import CoursePage
from enthesis.clinic.library import library
from enthesis.clinic.workup import blocks_in
from enthesis.knowledge import parse_site
from enthesis.pathway import blocks_not_on_record


def aimed_at(about: CoursePage) -> list[str]:
    """The planned targets of a course, else its own site."""
    return list((about.course.planned_sites or {}).get("sites", [about.course.site]))


def told_of(about: CoursePage) -> tuple[str, ...]:
    """The joints of which the screening was told that blocks relieved the pain, with no block on record there."""
    answers = about.course.screening["answers"] if about.course.screening else {}
    sites = [parse_site(one, library()) for one in aimed_at(about)]
    found = blocks_not_on_record(library(), answers=answers, sites=sites, blocks=blocks_in(about.course.workup))
    return tuple(site.short for site in found)
