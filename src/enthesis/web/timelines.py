"""A patient's timeline in words: titles for ids, days as people write them, people by name."""

import re
from dataclasses import dataclass
from datetime import date

from enthesis.catalogue import kind_called
from enthesis.clinic.library import library
from enthesis.clinic.rows import Happening
from enthesis.web.curves import wave_titles

ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
ADDRESS = re.compile(r"\s*<[^<>]*>$")
CORRECTABLE = ("step", "diary", "survey", "decision")  # the kinds of record that walk:correct takes


@dataclass(frozen=True)
class Told:
    """One line: what, more about it, by whom, and whether it can still be corrected."""

    line: Happening
    what: str
    detail: str
    by: str
    correctable: bool


def told_lines(lines: tuple[Happening, ...]) -> tuple[Told, ...]:
    """The whole timeline, in the order given."""
    instruments = {
        entry.id: entry.title for entry in library().entries("instruments", kind_called("instruments").shape)
    }
    return tuple(_told(line, instruments) for line in lines)


def without_address(person: str) -> str:
    """Who recorded something, without the e-mail address behind the name."""
    return ADDRESS.sub("", person) or person


def with_days(text: str) -> str:
    """The same words with 2026-11-23 written as 23 Nov 2026."""
    return ISO.sub(_day, text)


def _told(line: Happening, instruments: dict[str, str]) -> Told:
    what, detail = _survey(line, instruments) if line.kind == "survey" else (line.what, with_days(line.detail))
    return Told(line, what, detail, without_address(line.by), not line.corrected and line.kind in CORRECTABLE)


def _survey(line: Happening, instruments: dict[str, str]) -> tuple[str, str]:
    instrument = line.what.removeprefix("Survey ")
    wave, _, score = line.detail.partition(": ")
    when = wave_titles().get(wave, wave)
    return (
        f"Survey: {instruments.get(instrument, instrument)}",
        f"{score if not _number(score) else f'{float(score):.1f}'.removesuffix('.0')}, {when}",
    )


def _number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def _day(found: re.Match[str]) -> str:
    """A day in words; what only looks like one stays as it is."""
    try:
        meant = date.fromisoformat(found.group())
        return f"{meant.day} {meant:%b %Y}"
    except ValueError:
        return found.group()
