"""Words and shapes for templates: dates, judgments, kinds of field."""

from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils import timezone

register = template.Library()

JUDGMENTS = {
    "clear": "Clear", "inform": "Clear, with things to know", "ask": "Ask a clinician", "postpone": "Postpone", "refuse": "Do not treat",
    "emergency-now": "Emergency now", "call-today": "Call today", "mention": "Mention at the next visit", "expected": "As expected",
}


@register.filter
def day(value: object) -> str:
    """A day as people write it: 23 Nov 2026. Takes a date, a moment or text such as 2026-11-23."""
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    elif isinstance(value, str):
        try:
            value = date.fromisoformat(value[:10])
        except ValueError:
            return value
    return f"{value.day} {value:%b %Y}" if isinstance(value, date) else ""


@register.filter
def moment(value: object) -> str:
    """A moment: 23 Nov 2026, 14:05 UTC."""
    if not isinstance(value, datetime):
        return day(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)}, {local:%H:%M} {local.tzname() or ''}".strip()


@register.filter
def judgment_word(decision: object) -> str:
    """A decision or an urgency in words."""
    return JUDGMENTS.get(str(decision).replace(" ", "-"), worded(decision))


@register.filter
def worded(name: object) -> str:
    """A name of the inside as words: to_patient becomes To patient."""
    text = str(name).replace("_", " ").replace("-", " ").strip()
    return text[:1].upper() + text[1:]


@register.filter
def is_group(field: BoundField) -> bool:
    """Is this field a set of radio buttons or tick boxes, which need a legend?"""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def is_tick(field: BoundField) -> bool:
    """Is this field a single tick box, whose label stands behind it?"""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def item(mapping: Any, key: object) -> Any:
    """The value under a key, or nothing."""
    return mapping.get(key, "") if hasattr(mapping, "get") else ""
