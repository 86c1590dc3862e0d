"""Consent: the text generated for a course in the patient's language, its signature, and taking it back."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext, gettext_noop, override

from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.correcting import current, frame
from enthesis.clinic.errors import OutOfOrder
from enthesis.clinic.language import code_of, known
from enthesis.clinic.library import library_of
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.site_words import site_said
from enthesis.clinic.steps import text as words
from enthesis.knowledge import BadInput, parse_site
from enthesis.pathway import Condition
from enthesis.registry.models import Consent, CostEstimate, Course
from enthesis.safety import HEADINGS, ConsentLine, ConsentPart, ConsentText, consent_text

LANGUAGES = ("en", "es")
STROKES = re.compile(r"(?:M\d{1,3} \d{1,3}(?:L\d{1,3} \d{1,3})*){1,400}")
LONGEST_STROKES = 30_000
NO_INTERPRETER = "none needed"
PRICE = gettext_noop("Estimate {number} of {on}: {total} in all. Number of visits: {sessions}.")
FOR_SITE = gettext_noop("For: {condition}. Where: {site}.")


@dataclass(frozen=True)
class ToldPart:
    """One part of the text in the patient's language: its heading and each line with the numbers of its sources."""

    heading: str
    lines: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class ConsentRow:
    """One consent given or taken back, as it was kept."""

    id: UUID
    given: bool
    on: date
    language: str
    interpreter: str
    text: str
    fingerprint: str
    signed_as: str
    signature: str
    why: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ConsentPage:
    """The text as it would be signed now, its fingerprint, and what was signed before, newest first."""

    parts: tuple[ToldPart, ...]
    sources: tuple[tuple[int, str], ...]
    text: str
    fingerprint: str
    language: str
    rows: tuple[ConsentRow, ...]

    @property
    def stands(self) -> ConsentRow | None:
        """The consent that stands; None before the first and once it was taken back."""
        return self.rows[0] if self.rows and self.rows[0].given else None

    @property
    def stale(self) -> bool:
        """Has the text changed since the one that stands was signed in the same language?"""
        stands = self.stands
        return bool(stands and stands.language == self.language and stands.fingerprint != self.fingerprint)


@act
def read_consent(*, by: Actor, course: UUID | str, language: str = "") -> ConsentPage:
    """The text for a course in a language (the patient's own if left out), and the consents on record."""
    record = course_of(by, course, May.SEE)
    leave_trace(by, "read the consent", clinic=record.clinic, patient=record.patient, about=record.pk)
    return _page(record, language)


@act
def give_consent(*, by: Actor, course: UUID | str, on: date, details: Mapping[str, Any]) -> ConsentRow:
    """Keep a patient's signed consent with the very text they were shown.

    `details`: language, fingerprint of the text shown, understood (True), signed_as, signature (strokes, may be empty),
    interpreter. Raises OutOfOrder when the text is no longer the one that was shown.
    """
    record = course_of(by, course, May.TREAT, lock=True)
    shown = _page(record, str(details.get("language") or ""))
    if details.get("fingerprint") != shown.fingerprint:
        raise OutOfOrder("the text has changed since it was shown: read the new one with the patient, then sign")
    if details.get("understood") is not True:
        raise BadInput("understood: the patient has to say that they understood and that their questions were answered")
    signature, name = _strokes(details), words(details, "signed_as", 120)
    if not name:
        raise BadInput("signed_as: the full name of the patient, or of whoever signs for them, was expected")
    kept = Consent.objects.create(
        course=record, given=True, on=on, language=shown.language, interpreter=_interpreter(record, shown, details),
        text=shown.text, fingerprint=shown.fingerprint, library=library_of(record.clinic_id).fingerprint,
        signed_as=name, signature=signature, **frame(by.name, record.clinic_id, now(), None, ""),
    )  # fmt: skip
    after = {"on": on, "language": kept.language, "fingerprint": kept.fingerprint, "drawn": bool(signature)}
    leave_trace(by, "kept a consent", clinic=record.clinic, patient=record.patient, about=kept.pk, after=after)
    return _row(kept)


@act
def withdraw_consent(*, by: Actor, course: UUID | str, on: date, why: str) -> ConsentRow:
    """Keep that a patient took the consent back. From then on no needle goes in; what was done stays on record."""
    record = course_of(by, course, May.PLAN, lock=True)
    must_stand(record)
    kept = Consent.objects.create(
        course=record, given=False, on=on, language=record.patient.language or "en", signed_as="",
        why=words({"why": why}, "why", 500), **frame(by.name, record.clinic_id, now(), None, ""),
    )  # fmt: skip
    leave_trace(by, "kept a withdrawal", clinic=record.clinic, patient=record.patient, about=kept.pk, after={"on": on})
    return _row(kept)


def standing_consent(course: Course) -> Consent | None:
    """The consent that stands for a course: the newest record, unless it takes the consent back."""
    newest = Consent.objects.filter(course=course).order_by("-recorded_at").first()
    return newest if newest is not None and newest.given else None


def must_stand(course: Course) -> Consent:
    """The same. Raises OutOfOrder without one: nobody is treated who has not signed, or has taken it back."""
    found = standing_consent(course)
    if found is None:
        raise OutOfOrder("no consent stands for this course: ask the patient and have it signed first")
    return found


def _page(record: Course, language: str) -> ConsentPage:
    spoken = language or code_of(record.patient.language)
    spoken = spoken if spoken in LANGUAGES else "en"
    with override(spoken):
        told = _told(record)
    numbers = {cite: number for number, cite in enumerate(told.cites, 1)}
    with override(spoken):
        parts = tuple(
            ToldPart(gettext(HEADINGS[part]), _lines(part, lines, record, numbers)) for part, lines in told.parts
        )
    books = library_of(record.clinic_id).bibliography
    sources = tuple((number, books[cite].cite) for cite, number in numbers.items())
    body = _as_text(parts, sources)
    digest = hashlib.sha256(body.encode()).hexdigest()
    return ConsentPage(parts, sources, body, digest, spoken, consent_rows(record.pk))


def _lines(
    part: ConsentPart, lines: tuple[ConsentLine, ...], record: Course, numbers: Mapping[str, int]
) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The lines of a part in the language that is set; what is planned is said with what for and where."""
    told = [(gettext(line.text), tuple(numbers[cite] for cite in line.cites)) for line in lines]
    if part is ConsentPart.WHAT:
        shelf = library_of(record.clinic_id)
        hurts = shelf.entry("conditions", record.condition, Condition).title
        site = site_said(parse_site(record.site, shelf))
        return ((gettext(FOR_SITE).format(condition=gettext(hurts), site=site), ()), *told)
    return tuple(told)


def _told(record: Course) -> ConsentText:
    shelf = library_of(record.clinic_id)
    return consent_text(
        treatment=record.treatment,
        condition=record.condition,
        sites=(parse_site(record.site, shelf),),
        library=shelf,
        price=_price(record),
    )


def _price(record: Course) -> str:
    """The newest written estimate of the course in a sentence; empty where none was written."""
    written = current(CostEstimate.objects.filter(course=record)).order_by("-number").first()
    if written is None:
        return ""
    said = {"number": written.number, "on": written.on.isoformat(), "sessions": written.sessions}
    return gettext(PRICE).format(total=f"{written.total:.2f} {written.currency}", **said)


def _as_text(parts: tuple[ToldPart, ...], sources: tuple[tuple[int, str], ...]) -> str:
    """The whole text as it is kept: plain, so that it can be read without this program."""
    lines: list[str] = []
    for part in parts:
        lines += [part.heading.upper()]
        lines += [" ".join([line, *(f"[{n}]" for n in numbers)]) for line, numbers in part.lines]
        lines += [""]
    return "\n".join([*lines, *(f"[{n}] {cite}" for n, cite in sources)])


def consent_rows(course: UUID) -> tuple[ConsentRow, ...]:
    """The consents of a course, newest first. For use inside an act."""
    return tuple(_row(one) for one in Consent.objects.filter(course=course).order_by("-recorded_at"))


def _strokes(details: Mapping[str, Any]) -> str:
    strokes = str(details.get("signature") or "").strip()
    if strokes and (len(strokes) > LONGEST_STROKES or not STROKES.fullmatch(strokes)):
        raise BadInput("signature: the drawn signature could not be read; draw it again, or leave it out")
    return strokes


def _interpreter(record: Course, shown: ConsentPage, details: Mapping[str, Any]) -> str:
    """Who interpreted. Must be said where the text is not in the language the chart names."""
    said = words(details, "interpreter", 200)
    speaks = record.patient.language
    if not said and speaks and known(speaks) != shown.language:
        raise BadInput(
            f"interpreter: the chart says that the patient speaks another language ({record.patient.language}); "
            f"who interpreted was expected, or {NO_INTERPRETER!r}"
        )
    return said


def _row(one: Consent) -> ConsentRow:
    return ConsentRow(
        one.pk, one.given, one.on, one.language, one.interpreter, one.text, one.fingerprint, one.signed_as,
        one.signature, one.why, one.recorded_by, one.recorded_at,
    )  # fmt: skip
