"""Words and shapes for templates: dates, judgments, kinds of field."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from enthesis.clinic.permissions import May
from enthesis.clinic.places import Place
from enthesis.web.stages import stage_name, stage_sentence, stage_tone, standing_tone
from enthesis.web.telling import html_of, rows_of
from enthesis.web.walk.words import title_of
from enthesis.web.wording import told

register = template.Library()

JUDGMENTS = {
    "clear": "Clear",
    "inform": "Clear, with things to know",
    "ask": "Ask a clinician",
    "postpone": "Postpone",
    "refuse": "Do not treat",
    "emergency-now": "Emergency now",
    "call-today": "Call today",
    "watch": "Keep an eye on it",
    "expected": "As expected",
}
STRENGTHS = {
    "guideline": "Guideline",
    "label": "Product label",
    "trial": "Trial",
    "trial-protocol": "Protocol of a trial",
    "review": "Review",
    "clinic-practice": "Practice of clinics",
    "series": "Case series",
    "reference": "Reference work",
    "judgement": "Our own judgement",
}


@register.filter
def day(value: object) -> str:
    """A day as people write it: 23 Nov 2026. Takes a date, a moment or text such as 2026-11-23."""
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    elif isinstance(value, str):
        try:
            return day(date.fromisoformat(value[:10]))
        except ValueError:
            return value
    return date_format(value, "j M Y") if isinstance(value, date) else ""


@register.filter
def long_day(value: date) -> str:
    """A day as patients read it, in their language: 6 December 2026, 6 de diciembre de 2026."""
    return date_format(value, r"j \d\e F \d\e Y" if (get_language() or "").startswith("es") else "j F Y")


@register.filter
def moment(value: object) -> str:
    """A moment: 23 Nov 2026, 14:05 UTC."""
    if not isinstance(value, datetime):
        return day(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)}, {local:%H:%M} {local.tzname() or ''}".strip()


@register.filter
def leading_in(label: object) -> str:
    """A label before what is said of it: a question or a sentence keeps its own mark, anything else gets a colon."""
    text = str(label)
    return text if text.endswith((".", "?", "!", ":", "…")) else f"{text}:"


@register.filter
def judgment_word(decision: object) -> str:
    """A decision or an urgency in words."""
    return JUDGMENTS.get(str(decision).replace(" ", "-"), worded(decision))


@register.filter
def percent(share: float) -> str:
    """A share in whole per cent: 0.756 is 76%."""
    return f"{share:.0%}"


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


@register.filter
def first_up(text: object) -> str:
    """The same words with a capital at the start."""
    words = str(text)
    return words[:1].upper() + words[1:]


@register.filter
def entry_title(id: object, folder: str) -> str:
    """The title of an entry of the library; an id the library has lost stays an id."""
    return first_up(title_of(folder + "", str(id)))  # plain text: a path refuses the kind of text a template holds


@register.filter
def site_name(site: object) -> str:
    """A site in words: right L4/5 lumbar facet joint."""
    return title_of("sites", str(site))


@register.filter
def may(places: Iterable[Place], what: str) -> bool:
    """May the one who looks do this in any of their clinics? `what` is the name of a May."""
    return any(May[what] in place.may for place in places)


@register.filter
def strength_words(strength: object) -> str:
    """How strong a source is, in words."""
    return STRENGTHS.get(str(strength), worded(strength))


@register.filter
def address(text: str) -> str:
    """An address to follow; anything that is no web address stays text."""
    if text.startswith("10."):
        return format_html('<a href="https://doi.org/{}">doi.org/{}</a>', text, text)
    if text.startswith(("https://", "http://")):
        return format_html('<a href="{}">{}</a>', text, text)
    return text


@register.filter
def in_words(value: Any) -> SafeString:
    """Anything an audit event holds, field by field in words."""
    return html_of(told(value))


@register.filter("told")
def told_to_patients(text: object) -> str:
    """A text of the library in the language of the page."""
    return gettext(str(text)) if text else ""


register.filter("told_rows", rows_of)
register.filter("stage_sentence", stage_sentence)
register.filter("stage_name", stage_name)
register.filter("stage_tone", stage_tone)
register.filter("standing_tone", standing_tone)
