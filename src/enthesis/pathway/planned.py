"""What a dated plan holds."""

from dataclasses import dataclass
from datetime import date

from enthesis.pathway.washouts import Pause


@dataclass(frozen=True)
class Visit:
    """One session: its number, its day, and the day on which preparing for it starts."""

    number: int
    on: date
    prepare_on: date


@dataclass(frozen=True)
class DiaryDay:
    """One day on which the patient is asked; `day` counts from the session, which is day 0."""

    session: int
    day: int
    on: date


@dataclass(frozen=True)
class PlannedWave:
    """One time of measurement, with its window and what is asked."""

    wave: str
    title: str
    due: date
    opens: date
    closes: date
    instruments: tuple[str, ...]


@dataclass(frozen=True)
class PlannedReview:
    """A day on which the clinician looks again, and why."""

    on: date
    after_session: int
    why: str


@dataclass(frozen=True)
class Plan:
    """What is still to come of a course. `start` is the day of the next session.

    `notes` are sentences that must stand beside the plan wherever it is shown; `library` is the fingerprint of the
    library it was made from.
    """

    treatment: str
    condition: str
    protocol: str
    start: date
    sessions: tuple[Visit, ...]
    washouts: tuple[Pause, ...]
    diary: tuple[DiaryDay, ...]
    waves: tuple[PlannedWave, ...]
    reviews: tuple[PlannedReview, ...]
    notes: tuple[str, ...]
    library: str
