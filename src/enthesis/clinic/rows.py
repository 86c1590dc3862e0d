"""What pages and commands are given: plain rows, so that no door builds a query or holds a model."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from enthesis.pathway import Review


@dataclass(frozen=True)
class PatientRow:
    """A line of the patient list."""

    id: UUID
    name: str
    born: date | None
    sex: str
    simulated: bool
    condition: str
    stage: str
    open_alerts: int
    died: bool  # as the record that was read in says


@dataclass(frozen=True)
class Page:
    """One page of a list, with how many there are in all."""

    rows: tuple[Any, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True)
class WorkRow:
    """A line of today's worklist: who, what is due, and since when."""

    patient: UUID
    name: str
    course: UUID
    condition: str
    what: str
    on: date
    detail: str = ""
    alert: UUID | None = None
    urgency: str = ""
    since: datetime | None = None  # of an alert: when it was raised
    reached: tuple[str, ...] = ()  # of an alert: the roles it should have reached by now
    told: tuple[str, ...] = ()  # of an alert: the roles a message went to
    phone: str = ""
    mood: UUID | None = None  # of answers about worry or low mood: what is signed

    @property
    def escalated(self) -> bool:
        """Has an alert waited so long that a second role is told?"""
        return len(self.reached) > 1


@dataclass(frozen=True)
class NotReached:
    """A message that did not arrive: a patient's or a colleague's, and why."""

    name: str
    patient: UUID | None
    why: str
    at: datetime


@dataclass(frozen=True)
class Responses:
    """How many were asked at one wave in one clinic by today, and how many answered. `still_open` may still answer."""

    clinic: str
    wave: str
    asked: int
    answered: int
    still_open: int

    @property
    def share(self) -> float:
        """Answered, of all whose day has come: the silent count."""
        return self.answered / self.asked


@dataclass(frozen=True)
class Worklist:
    """Who needs somebody today, by reason. Every list says what it counts by its name."""

    on: date
    alerts: tuple[WorkRow, ...]
    sessions_today: tuple[WorkRow, ...]
    to_decide: tuple[WorkRow, ...]
    screened_positive: tuple[WorkRow, ...]
    consents_missing: tuple[WorkRow, ...]
    washouts_not_met: tuple[WorkRow, ...]
    washouts_running: tuple[WorkRow, ...]
    surveys_overdue: tuple[WorkRow, ...]
    to_call: tuple[WorkRow, ...]
    not_reached: tuple[NotReached, ...]
    responses: tuple[Responses, ...]


@dataclass(frozen=True)
class EventRow:
    """A line of the audit trail."""

    at: datetime
    actor: str
    verb: str
    about: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True)
class Happening:
    """One line of a patient's timeline. `corrected` ones stay visible, struck through, with the reason."""

    at: datetime
    on: date
    what: str
    detail: str
    kind: str
    by: str
    record: UUID
    course: UUID
    corrected: bool = False
    reason: str = ""


@dataclass(frozen=True)
class ScorePoint:
    """One scored answer, for the patient's own curve."""

    instrument: str
    wave: str
    on: date
    score: float


@dataclass(frozen=True)
class CourseRow:
    """Everything a page of one course shows; records are the frozen JSON of judgments, plans and recipes."""

    id: UUID
    patient: UUID
    condition: str
    treatment: str
    protocol: str
    site: str
    stage: str
    opened_on: date
    first_injection_on: date | None
    screening: Mapping[str, Any] | None
    plan: Mapping[str, Any] | None
    recipe: Mapping[str, Any] | None
    sessions: tuple[Mapping[str, Any], ...]
    diary: tuple[Mapping[str, Any], ...]
    surveys: tuple[Mapping[str, Any], ...]
    decisions: tuple[Mapping[str, Any], ...]
    links: tuple[Mapping[str, Any], ...]
    planned_sites: Mapping[str, Any] | None = None
    goal: Mapping[str, Any] | None = None
    workup: tuple[Mapping[str, Any], ...] = ()
    reviews: tuple[Review, ...] = ()
    switched_from: UUID | None = None
    switched_to: UUID | None = None
    consented: bool = False


@dataclass(frozen=True)
class PatientPage:
    """A patient, their chart and courses, their timeline and the events of their record."""

    row: PatientRow
    email: str
    phone: str
    language: str
    clinic: str
    clinic_phone: str
    chart: Mapping[str, tuple[Mapping[str, Any], ...]]
    not_understood: tuple[Mapping[str, str], ...]
    courses: tuple[CourseRow, ...]
    timeline: tuple[Happening, ...]
    scores: tuple[ScorePoint, ...]
    alerts: tuple[WorkRow, ...]
    events: tuple[EventRow, ...]
    event_count: int
