"""Words for the pages of the walk."""

from decimal import Decimal

from django import template

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


register.filter("lines_of", lines_of)
