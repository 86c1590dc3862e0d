"""The shape of a screening rule, as its TOML file is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from enthesis.knowledge import BleedingClass, Entry, Library, LibraryError, Site, SiteKind, Strength
from enthesis.screening.action import Action
from enthesis.screening.choosing import Choice
from enthesis.screening.holds import Hold


class Kind(StrEnum):
    """How a question is answered."""

    YES_NO = "yes-no"
    WHEN = "when"  # never, now, or a date


class AskedOf(StrEnum):
    """Who can answer a question."""

    PATIENT = "patient"
    STAFF = "staff"


class Urgency(StrEnum):
    """How soon somebody must act on a finding."""

    ROUTINE = "routine"
    SAME_DAY = "same-day"
    EMERGENCY = "emergency"


class Scope(StrEnum):
    """What a rule's sources speak of: care, or only who may enter a trial (then the rule can inform and no more)."""

    CARE = "care"
    TRIAL = "trial"


@dataclass(frozen=True)
class Question:
    """What a person is asked, in words of about grade 6. The forms of every door are made from these."""

    id: str
    text: str
    kind: Kind
    hint: str = ""
    not_for_sex: str = ""
    asked_of: AskedOf = AskedOf.PATIENT


@dataclass(frozen=True)
class Where:
    """The sites a rule speaks of; empty means every site."""

    sites: tuple[str, ...] = ()
    bleeding: tuple[BleedingClass, ...] = ()
    spinal: bool | None = None
    joint: bool | None = None

    def covers(self, site: Site) -> bool:
        """Does the rule speak of this site?"""
        return self.covers_kind(site.kind, site.about)

    def covers_kind(self, kind: str, about: SiteKind) -> bool:
        """Does the rule speak of sites of this kind?"""
        return (
            (not self.sites or kind in self.sites)
            and (not self.bleeding or about.bleeding in self.bleeding)
            and self.spinal in (None, about.spinal)
            and self.joint in (None, about.joint)
        )


@dataclass(frozen=True)
class Rule:
    """One rule: where it applies, when it holds, what then, and what is said to whom.

    `to_patient` is empty when the finding is for staff only. `restart_days` counts from the injection.
    `holds` are hours for prescribed medicines, for staff only; `choices` what a clinic may set otherwise.
    `spread` says how far sources disagree, and `default_reason` why the rule stands where it does.
    """

    when: dict[str, Any] = field(hash=False)
    then: Action
    strength: Strength
    to_clinician: str
    to_patient: str = ""
    asks: Question | None = None
    where: Where = Where()
    urgency: Urgency = Urgency.ROUTINE
    scope: Scope = Scope.CARE
    restart_days: int | None = None
    holds: tuple[Hold, ...] = ()
    choices: tuple[Choice, ...] = ()
    spread: str = ""
    default_reason: str = ""


def rules(library: Library) -> tuple[Entry[Rule], ...]:
    """All screening rules, in order of id."""
    return library.entries("rules", Rule)


def questions(entries: tuple[Entry[Rule], ...]) -> Mapping[str, Question]:
    """Every question the rules ask, by id. Raises LibraryError when two rules define the same one."""
    found: dict[str, Question] = {}
    for entry in entries:
        if entry.body.asks is None:
            continue
        if entry.body.asks.id in found:
            raise LibraryError(f"{entry.path}: the question {entry.body.asks.id!r} is already asked by another rule")
        found[entry.body.asks.id] = entry.body.asks
    return found
