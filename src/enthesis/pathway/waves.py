"""Waves: when everybody is asked how they are, counted from the first injection of the course."""

from dataclasses import dataclass

from enthesis.knowledge import Entry, Library, LibraryError
from enthesis.pathway.conditions import Condition
from enthesis.pathway.statement import Cited

DAYS_PER_WEEK = 7


@dataclass(frozen=True)
class Wave:
    """One planned time of measurement; days count from the first injection, negative before it.

    `own` adds the condition's own instruments, those that the schedule names nowhere. Raises LibraryError when the day
    it is due lies outside its window.
    """

    id: str
    title: str
    week: int
    opens_day: int
    closes_day: int
    instruments: tuple[str, ...]
    own: bool
    why: str
    cite: str

    def __post_init__(self) -> None:
        if not self.opens_day <= self.due_day <= self.closes_day:
            raise LibraryError(
                f"week: wave {self.id!r} is due on day {self.due_day}, outside its window of days "
                f"{self.opens_day} to {self.closes_day}"
            )

    @property
    def due_day(self) -> int:
        """The day it is due: whole weeks, so that the clock is exact."""
        return self.week * DAYS_PER_WEEK


@dataclass(frozen=True)
class DiarySpan:
    """The days after a session on which the patient is asked, the day after the session being 1."""

    first_day: int
    last_day: int
    why: str
    cite: str

    def __post_init__(self) -> None:
        if not 1 <= self.first_day <= self.last_day:
            raise LibraryError(
                f"diary: 1 <= first_day <= last_day was expected, not {self.first_day} and {self.last_day}"
            )


@dataclass(frozen=True)
class Schedule:
    """All waves of a course, and the diary after each session. `clock` says from when the days are counted."""

    clock: str
    diary: DiarySpan
    waves: tuple[Wave, ...]

    @property
    def everybody(self) -> frozenset[str]:
        """The instruments asked whatever hurts."""
        return frozenset(instrument for wave in self.waves for instrument in wave.instruments)

    @property
    def cited(self) -> tuple[Cited, ...]:
        """The parts of the text that name a source."""
        return (self.diary, *self.waves)


def schedules(library: Library) -> tuple[Entry[Schedule], ...]:
    """All schedules, in order of id. Raises LibraryError when an entry cannot be read."""
    return library.entries("waves", Schedule)


def asked_at(wave: Wave, *, schedule: Schedule, condition: Condition) -> tuple[str, ...]:
    """The instruments a patient with this condition answers at this wave, in the condition's order."""
    return tuple(
        id for id in condition.instruments if id in wave.instruments or (wave.own and id not in schedule.everybody)
    )
