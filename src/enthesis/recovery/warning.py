"""The shape of a warning sign, as its TOML file is written."""

from dataclasses import dataclass, field
from typing import Any

from enthesis.knowledge import LibraryError
from enthesis.recovery.questions import Question
from enthesis.recovery.urgency import Urgency
from enthesis.recovery.where import EVERYWHERE, Where


@dataclass(frozen=True)
class WarningSign:
    """One thing to look out for: where and from when, what it looks like, how urgent, and what is said to whom.

    Days count from the day of the injection (0), hours from the injection. `judgement` says which part of the entry
    is the authors' own reasoning and in no source. Only mild findings may end (`until_hour`): a red flag never does.
    """

    urgency: Urgency
    when: dict[str, Any] = field(hash=False)
    to_patient: str
    to_clinic: str
    questions: tuple[Question, ...] = ()
    where: Where = EVERYWHERE
    from_day: int = 0
    from_hour: int = 0
    until_hour: int | None = None
    judgement: str = ""

    def __post_init__(self) -> None:
        if self.from_day < 0 or self.from_hour < 0:
            raise LibraryError("a warning begins on day 0, hour 0 or later")
        if self.until_hour is not None and self.urgency.rank > Urgency.WATCH.rank:
            raise LibraryError("a warning that asks for a call or an ambulance has no end")

    def holds_at(self, *, day: int, hours: float | None) -> bool:
        """Does the warning hold at this time? Hours not known count as too late to be harmless."""
        if day < self.from_day:
            return False
        if hours is None:
            return self.until_hour is None
        return self.from_hour <= hours and (self.until_hour is None or hours < self.until_hour)
