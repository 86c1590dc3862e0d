"""Number of sessions and interval of every protocol, each with the trial or practice it comes from, as rows to print."""

from collections.abc import Iterator
from dataclasses import dataclass

from enthesis.knowledge import Library
from enthesis.pathway.conditions import conditions
from enthesis.pathway.protocols import Basis, Protocol, protocols
from enthesis.pathway.statement import Days
from enthesis.pathway.treatments import treatments


@dataclass(frozen=True)
class ScheduleRow:
    """One protocol in a line. Sources are short citations; a note says what was read."""

    id: str
    title: str
    condition: str
    treatment: str
    basis: Basis
    first_choice: bool
    sessions: str
    sessions_source: str
    interval: str
    interval_source: str
    strengths: tuple[str, ...]


@dataclass(frozen=True)
class ReviewRow:
    """One review rule in a line."""

    of: str
    after_session: int
    unless_improved: bool
    why: str
    source: str


def schedule_rows(library: Library) -> tuple[ScheduleRow, ...]:
    """Every protocol, by condition, the first choice in front."""
    rows = (_row(entry.id, entry.title, entry.body, library) for entry in protocols(library))
    return tuple(sorted(rows, key=lambda row: (row.condition, not row.first_choice, row.title)))


def review_rows(library: Library) -> tuple[ReviewRow, ...]:
    """Every review rule of treatments and protocols."""
    return tuple(_reviews(library))


def _row(id: str, title: str, body: Protocol, library: Library) -> ScheduleRow:
    hurts = {entry.id: entry.title for entry in conditions(library)} | {"": "Any condition"}
    gives = {entry.id: entry.title for entry in treatments(library)}
    return ScheduleRow(
        id,
        title,
        hurts[body.condition],
        gives[body.treatment],
        body.basis,
        body.first_choice,
        _number(body),
        _source(library, body.sessions.cite, body.sessions.note),
        _interval(body.interval),
        _source(library, body.interval.cite, body.interval.note),
        tuple(f"{mixture.dextrose_percent.value:g}% dextrose {mixture.part}" for mixture in body.mixtures),
    )


def _number(body: Protocol) -> str:
    few, usual, most = body.sessions.fewest, body.sessions.usual, body.sessions.most
    return str(usual) if few == most else f"{few} to {most}, usually {usual}"


def _interval(interval: Days) -> str:
    weeks, days = divmod(interval.days, 7)
    if days:
        return f"{interval.days} days"
    return "1 week" if weeks == 1 else f"{weeks} weeks"


def _source(library: Library, cite: str, note: str) -> str:
    cited = library.bibliography[cite].cite
    return f"{cited}: {note}" if note else cited


def _reviews(library: Library) -> Iterator[ReviewRow]:
    of = [(entry.title, entry.body.reviews) for entry in treatments(library)]
    of += [(entry.title, entry.body.reviews) for entry in protocols(library)]
    for title, rules in of:
        for rule in rules:
            cited = library.bibliography[rule.cite].cite
            yield ReviewRow(title, rule.after_session, rule.unless_improved, rule.why, cited)
