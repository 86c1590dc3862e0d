"""The worklist in words: each list with what it counts, and what to say when it is empty."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms

from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.rows import Worklist, WorkRow
from enthesis.clinic.worklist import AT_MOST

DAYS = {"alerts": "Reported for", "washouts": "Last day to take", "surveys": "Due"}  # what the day of a list means


class SignForm(forms.Form):
    """What was done about an alert; each form on the page has ids of its own."""

    done = forms.CharField(
        label="What was done",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say what was done before you sign."},
        help_text="Who was called, what was said, what happens next.",
    )

    def __init__(self, *args: Any, alert: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **({"auto_id": f"sign-{alert}-%s"} | kwargs))
        self.alert = alert


@dataclass(frozen=True)
class Line:
    """A row of a list: what it is in a few words, more about it, and the form to sign it where it is an alert."""

    row: WorkRow
    what: str
    detail: str
    form: SignForm | None = None


@dataclass(frozen=True)
class Section:
    """One list: its name, how many of what, and the calm words for none."""

    id: str
    title: str
    counts: str
    empty: str
    lines: tuple[Line, ...]
    more: bool
    day: str = "Day"

    @property
    def has_detail(self) -> bool:
        """Is there anything to say in the last column?"""
        return any(line.detail or line.form for line in self.lines)


def sections(work: Worklist, open_form: SignForm | None, by: Actor) -> tuple[Section, ...]:
    """Every list of the worklist, what is gravest first."""
    may_sign = any(by.can(May.SIGN, clinic) for clinic in by.clinics)
    alerts = tuple(Line(row, row.what, row.detail, _form(row, open_form) if may_sign else None) for row in work.alerts)
    return (
        _section("alerts", "Alerts", "unsigned alert", alerts, "No alert is waiting to be signed."),
        _section(
            "today",
            "Sessions today",
            "session planned for today",
            _lines(work.sessions_today),
            "No session is planned for today.",
        ),
        _section(
            "decide",
            "Decisions waiting",
            "course waiting for a clinician",
            _lines(work.to_decide),
            "No course waits for a decision.",
            "courses waiting for a clinician",
        ),
        _section(
            "washouts",
            "Washouts within a week",
            "medicine to stop within seven days",
            _lines(work.washouts_running),
            "Nobody has to stop a medicine in the next seven days.",
            "medicines to stop within seven days",
        ),
        _section(
            "surveys",
            "Surveys open",
            "survey open and not yet answered",
            _lines(work.surveys_due),
            "No survey is open today.",
            "surveys open and not yet answered",
        ),
    )


def _section(id: str, title: str, one: str, lines: tuple[Line, ...], empty: str, many: str = "") -> Section:
    more = len(lines) >= AT_MOST
    noun = one if len(lines) == 1 else many or _plural(one)
    return Section(id, title, f"{'first ' if more else ''}{len(lines)} {noun}", empty, lines, more, DAYS.get(id, "Day"))


def _plural(one: str) -> str:
    """unsigned alert -> unsigned alerts; session planned for today -> sessions planned for today."""
    noun, space, rest = one.partition(" planned")
    return f"{noun}s{space}{rest}"


def _lines(rows: tuple[WorkRow, ...]) -> tuple[Line, ...]:
    return tuple(Line(row, *_words(row)) for row in rows)


def _words(row: WorkRow) -> tuple[str, str]:
    """What is due stands in the first sentence of its detail: a plan's own titles are neutral, for a locked phone."""
    first, _, rest = row.detail.partition(". ")
    return (first.removesuffix(".").removeprefix("Last day to take: "), rest) if row.detail else (row.what, "")


def _form(row: WorkRow, open_form: SignForm | None) -> SignForm | None:
    if row.alert is None:
        return None
    return open_form if open_form is not None and open_form.alert == row.alert else SignForm(alert=row.alert)
