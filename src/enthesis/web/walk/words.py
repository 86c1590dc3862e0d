"""Names of entries in words, and sentences that must be said."""

from enthesis.catalogue import kind_called
from enthesis.clinic.library import library
from enthesis.knowledge import parse_site


def title_of(folder: str, id: str) -> str:
    """An entry's title; a site with its level and side. An id the library has lost stays an id."""
    if folder == "sites":
        return parse_site(id, library()).name
    entries = {entry.id: entry.title for entry in library().entries(folder, kind_called(folder).shape)}
    return entries.get(id, id)


def rule_facts(rule: str) -> dict[str, str]:
    """What is shown of the rule behind a finding: its title and where its review stands."""
    from django.utils import timezone

    from enthesis.screening import rules

    for entry in rules(library()):
        if entry.id == rule:
            return {"title": entry.title, "standing": entry.standing(timezone.localdate()).value}
    return {"title": rule, "standing": "no longer in the library"}
