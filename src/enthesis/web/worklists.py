"""The worklist in words: each list with what it counts, and what to say when it is empty."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms

from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.rows import Responses, Worklist, WorkRow
from enthesis.clinic.worklist import AT_MOST, wave_order

HOUR, DAY = 60, 24 * 60  # minutes


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
    waits: str = ""


@dataclass(frozen=True)
class Section:
    """One list: its name, how many of what, the calm words for none, and where there is more of it."""

    id: str
    title: str
    noun: str
    empty: str
    lines: tuple[Line, ...]
    day: str = "Day"
    page: str = ""

    @property
    def number(self) -> str:
        """How many, as far as they are shown."""
        return f"{len(self.lines)}{'+' if self.more else ''}"

    @property
    def counts(self) -> str:
        """How many of what."""
        return f"{'first ' if self.more else ''}{len(self.lines)} {self.noun}"

    @property
    def more(self) -> bool:
        """Is the list longer than what is shown?"""
        return len(self.lines) >= AT_MOST

    @property
    def has_detail(self) -> bool:
        """Is there anything to say in the last column?"""
        return any(line.detail or line.form or line.row.phone for line in self.lines)


@dataclass(frozen=True)
class Named:
    """What is fixed about a list: its place on the page, one of what it counts, several, and the words for none."""

    id: str
    title: str
    one: str
    many: str
    empty: str
    day: str = "Day"
    page: str = ""


NAMED = (
    Named("alerts", "Alerts", "unsigned alert", "unsigned alerts", "No alert is waiting to be signed.", "Reported for"),
    Named("today", "Sessions today", "session planned for today", "sessions planned for today",
          "No session is planned for today."),
    Named("decide", "Decisions waiting", "course waiting for a clinician", "courses waiting for a clinician",
          "No course waits for a decision."),
    Named("mood", "How they are", "unsigned answer about worry or low mood that reached the published cut-off",
          "unsigned answers about worry or low mood that reached the published cut-off",
          "No answer about worry or low mood waits for a signature.", "Answered"),
    Named("consents", "Consents missing", "visit within seven days without a consent that stands",
          "visits within seven days without a consent that stands",
          "Everybody who comes within seven days has signed.", "Visit"),
    Named("not-met", "Washouts not met", "visit within seven days with a washout not met or not known",
          "visits within seven days with a washout not met or not known",
          "No washout before the visits of the next seven days is open.", "Visit", "washouts"),
    Named("washouts", "Medicines to stop", "medicine to stop within seven days", "medicines to stop within seven days",
          "Nobody has to stop a medicine in the next seven days.", "Last day to take"),
    Named("calls", "Call list", "person to call who did not answer four messages",
          "people to call who did not answer four messages", "Nobody has to be called.", "Was due", "calls"),
    Named("surveys", "Surveys overdue", "survey past its day and not yet answered",
          "surveys past their day and not yet answered", "No survey is overdue.", "Was due"),
)  # fmt: skip


@dataclass(frozen=True)
class Answering:
    """Who answers, as one small table: a row for each clinic, a column for each wave whose day has come for somebody."""

    rows: tuple[Responses, ...]

    @property
    def asked(self) -> int:
        """Surveys whose day has come, of everybody treated."""
        return sum(row.asked for row in self.rows)

    @property
    def answered(self) -> int:
        """Those of them that were answered."""
        return sum(row.answered for row in self.rows)

    @property
    def share(self) -> float:
        """Answered of all whose day has come: the silent count as not answered. For when somebody was asked."""
        return self.answered / self.asked

    @property
    def waves(self) -> list[str]:
        """The waves in their order."""
        return sorted({row.wave for row in self.rows}, key=wave_order)

    @property
    def clinics(self) -> list[tuple[str, list[tuple[str, Responses | None]]]]:
        """For each clinic, each wave with what was counted; None where no day of it has come there."""
        at = {(row.clinic, row.wave): row for row in self.rows}
        names = dict.fromkeys(row.clinic for row in self.rows)
        return [(name, [(wave, at.get((name, wave))) for wave in self.waves]) for name in names]


def sections(work: Worklist, open_form: SignForm | None, by: Actor, at: datetime) -> tuple[Section, ...]:
    """Every list of the worklist, what is gravest first."""
    may_sign = any(by.can(May.SIGN, clinic) for clinic in by.clinics)
    lists = (
        tuple(_alerts(work, open_form if may_sign else None, at, may_sign)),
        _lines(work.sessions_today),
        _lines(work.to_decide),
        tuple(_moods(work, open_form if may_sign else None, at, may_sign)),
        tuple(Line(row, row.what, "") for row in work.consents_missing),
        tuple(Line(row, row.what, row.detail) for row in work.washouts_not_met),
        _lines(work.washouts_running),
        _lines(work.to_call),
        _lines(work.surveys_overdue),
    )
    return tuple(_section(named, lines) for named, lines in zip(NAMED, lists, strict=True))


def _section(named: Named, lines: tuple[Line, ...]) -> Section:
    noun = named.one if len(lines) == 1 else named.many
    return Section(named.id, named.title, noun, named.empty, lines, named.day, named.page)


def _alerts(work: Worklist, open_form: SignForm | None, at: datetime, may_sign: bool) -> Iterator[Line]:
    for row in work.alerts:
        yield Line(row, row.what, row.detail, _form(row, open_form) if may_sign else None, _waits(row, at))


def _moods(work: Worklist, open_form: SignForm | None, at: datetime, may_sign: bool) -> Iterator[Line]:
    for row in work.screened_positive:
        yield Line(row, row.what, row.detail, _form(row, open_form) if may_sign else None, _since(row, at))


def _waits(row: WorkRow, at: datetime) -> str:
    """For how long nobody has signed, whom it should have reached, and whom a message told."""
    climbed = f"Escalated to the {row.reached[-1]}." if row.escalated else ""
    told = f"Told by e-mail: {', '.join(row.told)}." if row.told else "Nobody was told by e-mail."
    return " ".join(filter(None, (_since(row, at), climbed, told)))


def _since(row: WorkRow, at: datetime) -> str:
    return f"Unsigned for {lasted((at - row.since).total_seconds() / 60)}." if row.since else ""


def lasted(minutes: float) -> str:
    """A length of time in the largest unit that fits: 5 minutes, 3 hours, 2 days."""
    for size, unit in ((DAY, "day"), (HOUR, "hour"), (1, "minute")):
        if minutes >= size:
            count = int(minutes // size)
            return f"{count} {unit}{'s' if count > 1 else ''}"
    return "less than a minute"


def _lines(rows: tuple[WorkRow, ...]) -> tuple[Line, ...]:
    return tuple(Line(row, *_words(row)) for row in rows)


def _words(row: WorkRow) -> tuple[str, str]:
    """What is due stands in the first sentence of its detail: a plan's own titles are neutral, for a locked phone."""
    first, _, rest = row.detail.partition(". ")
    return (first.removesuffix(".").removeprefix("Last day to take: "), rest) if row.detail else (row.what, "")


def _form(row: WorkRow, open_form: SignForm | None) -> SignForm | None:
    signed = row.alert or row.mood
    if signed is None:
        return None
    return open_form if open_form is not None and open_form.alert == signed else SignForm(alert=signed)
