"""Pictures of a hundred people, drawn once for each pair of limits."""

from functools import lru_cache

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from enthesis.expectations.aid import Array

register = template.Library()
HATCHED = SafeString(' fill="url(#hatch)"')


@register.filter
def icons(array: Array) -> SafeString:
    """The hundred people of an array as uses of the symbol the page defines."""
    return _drawn(array.low, array.high)


@lru_cache(maxsize=512)
def _drawn(low: int, high: int) -> SafeString:
    people = Array(low, low, high).icons
    return format_html_join(
        "",
        '<use href="#person" x="{}" y="{}" width="20" height="22" class="{}"{}/>',
        ((one.left, one.top, one.state, HATCHED if one.state == "hatched" else "") for one in people),
    )
