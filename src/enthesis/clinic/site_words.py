"""A target in words for the patient, in the language that is set: "knee, on the right"."""

from django.utils.translation import gettext, gettext_noop

from enthesis.knowledge import Site

SIDES = {
    "left": gettext_noop("{place}, on the left"),
    "right": gettext_noop("{place}, on the right"),
    "both": gettext_noop("{place}, on both sides"),
}


def site_said(site: Site) -> str:
    """The place, its level and its side. What has no translation is said in English."""
    place = " ".join(part for part in (gettext(site.title), site.level) if part)
    return gettext(SIDES[site.side]).format(place=place) if site.side else place
