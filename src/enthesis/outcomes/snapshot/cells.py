"""The cells of a clinic's own table, read one by one: each refusal says the field and what was expected."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from enthesis.outcomes.cohort.checking import EARLIEST_WEEK, OLDEST
from enthesis.outcomes.cohort.columns import IN_CARE, NO, STATUSES, YES
from enthesis.outcomes.numbers import plain
from enthesis.outcomes.snapshot.codebook import Scale
from enthesis.outcomes.snapshot.mapping import Mapped
from enthesis.outcomes.snapshot.row import Cell, Row

COULD_BE_EITHER = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+")
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
WORDS = ("clinic", "patient", "condition", "treatment", "arm", "sex", "site")
BESIDE = ("beside", "intercurrent")  # unsaid where the table has no such column
DATES = ("enrolled_on", "first_injection_on", "due_on", "answered_on")


@dataclass(frozen=True)
class Refused:
    """One cell that cannot be read."""

    field: str
    expected: str
    found: str


class _Wrong(Exception):
    """A cell at fault; turned into `Refused` where the row is made."""

    def __init__(self, field: str, expected: str, found: str) -> None:
        super().__init__(field)
        self.refused = Refused(field, expected, found)


@dataclass(frozen=True)
class Reader:
    """Reads rows by one mapping, with the scales that scores may have."""

    mapped: Mapped
    scales: Mapping[str, Scale]

    def said(self, cells: Mapping[str, str], name: str) -> str:
        """What a row says of a snapshot's column, with the table's own words turned into the usual ones."""
        fixed = self.mapped.fixed
        text = cells[self.mapped.columns[name]] if name in self.mapped.columns else fixed.get(name, "")
        return self.mapped.values.get(name, {}).get(text, text)

    def row(self, cells: Mapping[str, str], scored: Mapping[str, str], *, column: str = "score") -> Row | Refused:
        """A row of the snapshot, or the first cell at fault. `column` is what the score is called in the table."""
        try:
            return self._row(cells, scored, column)
        except _Wrong as wrong:
            return wrong.refused

    def _row(self, cells: Mapping[str, str], scored: Mapping[str, str], column: str) -> Row:
        course = self.said(cells, "course")
        if not course:
            raise _Wrong("course", "a number or name for each course", "")
        scale = self.scales.get(scored["instrument"])
        if scale is None:
            raise _Wrong("instrument", f"one of {', '.join(self.scales)}", scored["instrument"])
        score = self._score(scored["score"], scale, column)
        answered = self._flag(cells, "answered", default=score is not None)
        if score is not None and not answered:
            raise _Wrong("answered", "yes, as there is a score", self.said(cells, "answered"))
        others: dict[str, Any] = {name: self.said(cells, name) for name in WORDS} | self._dates(cells)
        others |= {name: self.said(cells, name) for name in BESIDE if self._has(name)}
        return Row(
            course=course,
            instrument=scale.id,
            week=self._week(scored["week"]),
            due=self._flag(cells, "due", default=True),
            answered=answered,
            score=score,
            status=self._status(cells),
            age=self._age(cells),
            more={name: self._further(cells[of]) for name, of in self.mapped.covariates.items()},
            **others,
        )

    def _has(self, name: str) -> bool:
        return name in self.mapped.columns or name in self.mapped.fixed

    def _score(self, text: str, scale: Scale, column: str) -> float | None:
        if text in self.mapped.silent:
            return None
        score = self._number(text, column)
        if not scale.low <= score <= scale.high:
            raise _Wrong(column, f"a score of {scale.id}, {plain(scale.low)} to {plain(scale.high)}", text)
        return score

    def _week(self, text: str) -> float:
        week = self._number(text, "week")
        if week < EARLIEST_WEEK:
            raise _Wrong("week", f"{EARLIEST_WEEK} or later; before it nobody was enrolled", text)
        return week

    def _number(self, text: str, field: str) -> float:
        decimal = self.mapped.decimal
        if decimal != "," and COULD_BE_EITHER.fullmatch(text):
            raise _Wrong(
                field, 'a number; this could be read two ways, so say decimal = "," or write it otherwise', text
            )
        written = text.replace(",", ".") if decimal != "." and text.count(",") == 1 and "." not in text else text
        if not NUMBER.fullmatch(written) or not math.isfinite(float(written)):
            raise _Wrong(field, "a number", text)
        return float(written)

    def _age(self, cells: Mapping[str, str]) -> float | None:
        text = self.said(cells, "age")
        if text in self.mapped.silent:
            return None
        age = self._number(text, "age")
        if not 0 <= age <= OLDEST:
            raise _Wrong("age", f"years, 0 to {OLDEST}", text)
        return age

    def _flag(self, cells: Mapping[str, str], name: str, *, default: bool) -> bool:
        text = self.said(cells, name).lower()
        if text == "":
            return default
        if text not in (*YES, *NO):
            raise _Wrong(name, "yes or no", text)
        return text in YES

    def _status(self, cells: Mapping[str, str]) -> str:
        text = self.said(cells, "status") or IN_CARE
        if text not in STATUSES:
            raise _Wrong("status", f"one of {', '.join(STATUSES)}", text)
        return text

    def _dates(self, cells: Mapping[str, str]) -> dict[str, date | None]:
        found = {name: self._date(name, self.said(cells, name)) for name in DATES}
        enrolled, answered = found["enrolled_on"], found["answered_on"]
        if enrolled and answered and (answered - enrolled).days < 7 * EARLIEST_WEEK:
            raise _Wrong("answered_on", f"no more than {-EARLIEST_WEEK} weeks before enrolment", answered.isoformat())
        return found

    def _date(self, name: str, text: str) -> date | None:
        if text in self.mapped.silent:
            return None
        try:
            return datetime.strptime(text, self.mapped.dates).date()  # noqa: DTZ007 -- a day, without a time
        except ValueError:
            raise _Wrong(name, f"a date written {self.mapped.dates}", text) from None

    def _further(self, text: str) -> Cell:
        if text in self.mapped.silent:
            return None
        try:
            return self._number(text, "covariates")
        except _Wrong:
            return text
