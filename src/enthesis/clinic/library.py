"""The library the clinic works with: what ships, with the clinic's own entries and values laid over it."""

from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from django.conf import settings

from enthesis.clinic.acting import once
from enthesis.clinic.correcting import current
from enthesis.knowledge import BadInput, Chosen, Entry, Library
from enthesis.recovery import DEFAULT, Advice
from enthesis.registry.models import ChosenValue
from enthesis.screening import Choice, Rule

KEPT = 64  # libraries of clinics held in memory; an instance with more clinics reads some of them anew
RULES, ADVICE = "rules", "advice"
SHAPES: Mapping[str, type[Any]] = MappingProxyType({RULES: Rule, ADVICE: Advice})
ALTERNATIVES = "alternatives"


@cache
def library() -> Library:
    """The one library of this process, before any clinic's own choices."""
    return Library.shipped(*settings.LOCAL_LIBRARY)


def library_of(clinic: int) -> Library:
    """The library with the values that a clinic has chosen; a choice the library no longer allows does not count."""
    return _chosen(frozenset(one for one in _standing(clinic) if one.kind == RULES))


def advice_chosen(clinic: int) -> dict[str, str]:
    """Which of several ways of advice a clinic gives, by entry."""
    return {one.entry: str(one.value) for one in _standing(clinic) if one.kind == ADVICE}


def choices_in(entry: Entry[Any]) -> tuple[Choice, ...]:
    """What an entry leaves to a clinic: values of a rule, or one of the ways in which sources give advice."""
    if isinstance(entry.body, Rule):
        return entry.body.choices
    others = tuple(one.id for one in entry.body.alternatives)
    return (Choice(ALTERNATIVES, entry.title, options=(DEFAULT, *others)),) if others else ()


def _standing(clinic: int) -> frozenset[Chosen]:
    return once(("chosen values", clinic), lambda: _chosen_by(clinic))


def _chosen_by(clinic: int) -> frozenset[Chosen]:
    rows = current(ChosenValue.objects.filter(clinic=clinic, value__isnull=False))
    chosen = [Chosen(row.kind, row.entry, row.of, row.value) for row in rows if row.value is not None]
    return frozenset(one for one in chosen if _still_allowed(one))


@lru_cache(maxsize=KEPT)
def _chosen(chosen: frozenset[Chosen]) -> Library:
    return library().choosing(chosen) if chosen else library()


def _still_allowed(one: Chosen) -> bool:
    """An update of the library may have moved the spread; then what ships stands again until somebody chooses."""
    if one.kind not in SHAPES or one.entry not in library().files(one.kind):
        return False
    choices = choices_in(library().entry(one.kind, one.entry, SHAPES[one.kind]))
    try:
        return any(choice.read(str(one.value)) is not None for choice in choices if choice.of == one.of)
    except BadInput:
        return False
