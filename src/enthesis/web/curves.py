"""A patient's own curve: the sentence, the table beside the picture, and the picture."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from enthesis.clinic.library import library
from enthesis.clinic.rows import CourseRow
from enthesis.knowledge import BadInput, Entry
from enthesis.outcomes import Curve, Instrument, Point, curve, curve_svg, instrument, instruments, score
from enthesis.pathway import schedules

Answer = tuple[date, str, float | None]


@dataclass(frozen=True)
class Track:
    """One instrument of a course: what was answered, newest last, and what can honestly be said of it.

    `caution` stands with questions that look back or rate change, which are never a result.
    """

    instrument: str
    title: str
    scale: str
    curve: Curve
    answers: tuple[Mapping[str, Any], ...]
    caution: str = ""


def tracked(course: CourseRow) -> tuple[Track, ...]:
    """A track for each instrument the patient has answered in a course, those that look back last."""
    given = {line["instrument"] for line in course.surveys}
    ordered = sorted(
        instruments(library()), key=lambda entry: (entry.body.looks_back, entry.body.rates_change, entry.id)
    )
    return tuple(_track(course, entry) for entry in ordered if entry.id in given)


def curve_from(name: str, answers: Iterable[Answer], injections: Iterable[date]) -> Curve:
    """The curve of one instrument. Raises BadInput for an instrument the library does not have."""
    titles = wave_titles()
    points = tuple(Point(on, score, titles.get(wave, wave)) for on, wave, score in answers)
    return curve(points=points, injections=injections, instrument=instrument(library(), name))


@lru_cache(maxsize=512)
def drawn(shown: Curve) -> str:
    """The picture of a curve; drawn once for the same scores."""
    return curve_svg(shown)


def wave_titles() -> dict[str, str]:
    """The title of each wave by its id."""
    return {wave.id: wave.title for entry in schedules(library()) for wave in entry.body.waves}


def _track(course: CourseRow, entry: Entry[Instrument]) -> Track:
    lines = tuple(line for line in course.surveys if line["instrument"] == entry.id)
    low, high = entry.body.range
    worse = "higher is worse" if entry.body.higher_is_worse else "higher is better"
    shown = curve_from(entry.id, ((line["on"], line["wave"], line["score"]) for line in lines), injected_on(course))
    titles = wave_titles()
    answers = tuple(
        {**line, "title": titles.get(line["wave"], line["wave"]), "says": _says(entry, line["answers"])}
        for line in lines
    )
    scale = f"{low:g} to {high:g}, {worse}"
    return Track(entry.id, entry.title, scale, shown, answers, entry.body.caution)


def _says(entry: Entry[Instrument], answers: Mapping[str, Any]) -> str:
    """What the source calls a score and its parts, and the activities a patient named, each with its number."""
    try:
        found = score(entry, answers)
    except BadInput:
        return ""  # answered under an older version, which allowed what this one does not
    parts = (f"{part.title}: {part.says}" for part in found.subscales if part.says)
    named = (f"{one['text']}: {one['rating']}" for one in answers.values() if isinstance(one, Mapping))
    return "; ".join(filter(None, (found.says, *parts, *named)))


def injected_on(course: CourseRow) -> tuple[date, ...]:
    """The days of a course on which something was injected."""
    return tuple(visit["on"] for visit in course.sessions if any(step["step"] == "inject" for step in visit["steps"]))
