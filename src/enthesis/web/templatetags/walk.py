"""Words for the pages of the walk."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template

from enthesis.clinic.goals import GOALS
from enthesis.clinic.library import library
from enthesis.clinic.workup import KINDS, in_words
from enthesis.web.walk.records import lines_of

register = template.Library()


@register.filter
def person(recorded_by: object) -> str:
    """Who did it, by name; the address stays in the record and its audit trail."""
    return str(recorded_by).partition(" <")[0]


@register.filter
def plain(number: object) -> str:
    """A number without idle zeros: 15.0 is 15, 0.20 is 0.2."""
    return f"{Decimal(str(number)).normalize():f}"


@register.filter
def goal(name: object) -> str:
    """A goal in words."""
    return GOALS.get(str(name), str(name))


@register.filter
def finding(row: Mapping[str, Any]) -> str:
    """One finding of a work-up in a line."""
    return f"{KINDS[row['kind']]}: {in_words(row['site'], row['details'])}"


@register.filter
def source(cite: object) -> str:
    """A source by its short citation; a key the bibliography has lost stays a key."""
    found = library().bibliography.get(str(cite))
    return found.cite if found else str(cite)


@register.filter
def lot_part(part: object) -> str:
    """Where a lot went, in words."""
    known = {
        "mixture": "in the mixture",
        "skin": "in the skin",
        "product": "mark of the product",
        "added": "named in an addendum",
    }
    return known.get(str(part), str(part))


register.filter("lines_of", lines_of)
