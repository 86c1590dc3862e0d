"""An entry: one file of clinical knowledge, with what it rests on and who vouched for it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

Body = TypeVar("Body")


class Standing(StrEnum):
    """How far an entry has been vouched for. Nothing counts as reviewed until a clinician signed this very text."""

    UNREVIEWED = "not yet reviewed by a clinician"
    CHANGED = "changed since it was last signed"
    OVERDUE = "review overdue"
    REVIEWED = "reviewed by a clinician"


@dataclass(frozen=True)
class Citation:
    """A key of the bibliography and what that source is cited for."""

    cite: str
    supports: str


@dataclass(frozen=True)
class Review:
    """Who wrote the text, who checked it (never the writer), and the fingerprint of the text they saw."""

    written_by: str
    written_on: date
    next_review: date
    digest: str = ""
    checked_by: str = ""
    checked_on: date | None = None


@dataclass(frozen=True)
class Entry(Generic[Body]):
    """One file of the library: its body in the shape of the room that uses it."""

    kind: str
    id: str
    title: str
    body: Body
    sources: tuple[Citation, ...]
    review: Review
    examples: tuple[dict[str, Any], ...] = field(default=(), hash=False)
    fingerprint: str = ""
    path: str = ""

    def standing(self, on: date) -> Standing:
        """Where the entry's review stands on a date, before any clinic's own adoption is considered."""
        if not self.review.checked_by:
            return Standing.UNREVIEWED
        if self.review.digest != self.fingerprint:
            return Standing.CHANGED
        return Standing.OVERDUE if self.is_overdue(on) else Standing.REVIEWED

    def is_overdue(self, on: date) -> bool:
        """Has the date passed by which somebody promised to read this entry again?"""
        return self.review.next_review < on
