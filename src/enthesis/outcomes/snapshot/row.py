"""One row of a snapshot: what one course was asked on one instrument at one week, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from enthesis.outcomes.cohort.columns import IN_CARE

Cell = str | float | None


@dataclass(frozen=True)
class Row:
    """A row. `week` counts from the first injection; `score` is None where nothing was answered or scorable.

    due       was the time to answer over on the day of the snapshot
    age       years at enrolment
    status    what had become of the course by that week
    beside    other treatments that went on between the first injection and this answer; may be a result, adjusts nothing
    intercurrent  those of them that began after it and may by themselves have moved this answer
              Both are empty where nothing is on record, and None where nobody would have recorded it.
    more      further columns that describe the person before treatment: numbers or words, the same for each row of a course
    """

    course: str
    instrument: str
    week: float
    due: bool
    answered: bool
    score: float | None
    clinic: str = ""
    patient: str = ""
    condition: str = ""
    treatment: str = ""
    arm: str = ""
    enrolled_on: date | None = None
    first_injection_on: date | None = None
    due_on: date | None = None
    answered_on: date | None = None
    status: str = IN_CARE
    age: float | None = None
    sex: str = ""
    site: str = ""
    beside: str | None = None
    intercurrent: str | None = None
    more: Mapping[str, Cell] = field(default_factory=dict)

    @property
    def place(self) -> tuple[str, str, str, float]:
        """Where the row stands in the table."""
        return self.clinic, self.course, self.instrument, self.week
