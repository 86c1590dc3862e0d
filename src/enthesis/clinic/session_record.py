"""The whole record of one session as it stands, with everything it once said: for its page, its note, its signature."""

import hashlib
import json
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, leave_trace, session_of
from enthesis.clinic.consent import standing_consent
from enthesis.clinic.correcting import current, replaced
from enthesis.clinic.harm_rows import HarmRow, harm_rows
from enthesis.clinic.permissions import Actor, May
from enthesis.mixing import net_words, stock_words
from enthesis.registry.models import Addendum, Injection, LotUsed, RecipeRecord, Session, SessionSignature, SessionStep

Row = Mapping[str, Any]
WITH_A_NEEDLE = ("assess", "time-out", "anaesthetise", "inject", "observe")
WITHOUT = ("given",)  # the one step of a visit without a needle
ORDER = (*WITHOUT, *WITH_A_NEEDLE)


@dataclass(frozen=True)
class Seal:
    """Who signed, when, the digest, and whether the record is still what was signed."""

    by: str
    at: datetime
    digest: str
    holds: bool


@dataclass(frozen=True)
class SessionRecord:
    """One session: steps that stand with what each said before, lots, consent, seal, addenda and adverse events."""

    id: UUID
    course: UUID
    patient: UUID
    clinic: int
    number: int
    on: date
    recipe: Row
    weight_kg: str
    allergies: tuple[str, ...]
    steps: tuple[Row, ...]
    lots: tuple[Row, ...]
    injections: tuple[Row, ...]
    consent: Row | None
    seal: Seal | None
    addenda: tuple[Row, ...]
    harms: tuple[HarmRow, ...]

    def step(self, name: str) -> Row | None:
        """A step that stands, by name."""
        return next((one for one in self.steps if one["step"] == name), None)

    @property
    def missing(self) -> tuple[str, ...]:
        """The steps still to be recorded."""
        return missing_of({one["step"] for one in self.steps})

    @property
    def to_grade(self) -> tuple[str, ...]:
        """Reactions that were seen and are not yet reported as an adverse event of this session."""
        watched = self.step("observe")
        return () if self.harms or watched is None else seen_in(watched["details"])


def missing_of(recorded: Container[str]) -> tuple[str, ...]:
    """The steps still to be recorded beside those that stand."""
    asked = WITHOUT if "given" in recorded else WITH_A_NEEDLE
    return tuple(name for name in asked if name not in recorded)


def seen_in(watched: Row) -> tuple[str, ...]:
    """The reactions seen during the watch after the injection."""
    return tuple(one for one in watched["reactions"] if one != "none")


@act
def read_session(*, by: Actor, session: UUID | str) -> SessionRecord:
    """One session's record. Raises NotFound. A fixed number of queries."""
    visit = session_of(by, session, May.SEE)
    leave_trace(by, "read a session", clinic=visit.clinic, patient=visit.course.patient, about=visit.pk)
    return record_of(visit)


def record_of(visit: Session) -> SessionRecord:
    """The same for use inside an act."""
    steps = _steps(visit)
    signed = SessionSignature.objects.filter(session=visit).first()
    consent = standing_consent(visit.course)
    checked: Row = next((one["details"] for one in steps if one["step"] == "time-out"), {})
    weight = visit.recipe.weight_kg or checked.get("weight_kg") or ""
    person = visit.course.patient
    return SessionRecord(
        id=visit.pk,
        course=visit.course_id,
        patient=person.pk,
        clinic=visit.clinic_id,
        number=visit.number,
        on=visit.on,
        recipe=_recipe(visit),
        weight_kg=str(weight),
        allergies=tuple(one.name for one in person.chart.filter(kind="allergy").order_by("name")),
        steps=steps,
        lots=_lots(visit),
        injections=_injections(visit),
        consent=None
        if consent is None
        else {"on": consent.on, "fingerprint": consent.fingerprint, "signed_as": consent.signed_as},
        seal=None
        if signed is None
        else Seal(signed.recorded_by, signed.recorded_at, signed.digest, _same(visit, signed)),
        addenda=tuple(
            {
                "text": one.text,
                "at": one.recorded_at,
                "by": one.recorded_by,
                "lots": [lot.lot for lot in one.lots.all()],
            }
            for one in Addendum.objects.filter(session=visit).prefetch_related("lots").order_by("recorded_at")
        ),
        harms=harm_rows(session=visit),
    )


def _recipe(visit: Session) -> Row:
    """The recipe with its net strengths in words, and the volume that was drawn up."""
    kept = visit.recipe
    more = {"stocks": stock_words(kept.mixture), "id": kept.pk, "reason": kept.reason, "before": _recipes_before(kept)}
    return {**kept.mixture, **more, "net": net_words(kept.mixture), "volume_ml": str(kept.request["volume_ml"])}


def _recipes_before(kept: RecipeRecord) -> tuple[Row, ...]:
    """What was recorded before it was corrected, newest first."""
    return tuple({**old.mixture, "at": old.recorded_at, "by": old.recorded_by} for old in replaced(kept))


def content_of(visit: Session) -> dict[str, Any]:
    """What is signed: every step that stands with its author and moment, the recipe, and the lots."""
    steps = current(SessionStep.objects.filter(session=visit)).order_by("recorded_at", "pk")
    lots = current(LotUsed.objects.filter(session=visit, step__in=steps)).order_by("part", "what", "lot_key")
    content = {
        "session": visit.pk,
        "course": visit.course_id,
        "number": visit.number,
        "on": visit.on,
        "recipe": visit.recipe.mixture,
        "request": visit.recipe.request,
        "steps": [
            {"id": one.pk, "step": one.step, "details": one.details, "by": one.recorded_by, "at": one.recorded_at}
            for one in steps
        ],
        "lots": [{"part": one.part, "what": one.what, "lot": one.lot, "expires_on": one.expires_on} for one in lots],
    }
    plain: dict[str, Any] = json.loads(json.dumps(content, default=_text))
    return plain


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over the content as canonical JSON."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _same(visit: Session, signed: SessionSignature) -> bool:
    return digest_of(content_of(visit)) == digest_of(signed.content) == signed.digest


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _steps(visit: Session) -> tuple[Row, ...]:
    """The steps that stand in their order, each with what it said before it was corrected, newest of these first."""
    every = {one.pk: one for one in SessionStep.objects.filter(session=visit).order_by("recorded_at")}
    replaced = {one.corrects_id for one in every.values() if one.corrects_id}
    standing = [one for one in every.values() if one.pk not in replaced]
    standing.sort(key=lambda one: ORDER.index(one.step))
    return tuple(_row(one) | {"before": _before(one, every)} for one in standing)


def _before(step: SessionStep, every: Mapping[UUID, SessionStep]) -> tuple[Row, ...]:
    found, old = [], every.get(step.corrects_id) if step.corrects_id else None
    while old is not None:
        found.append(_row(old))
        old = every.get(old.corrects_id) if old.corrects_id else None
    return tuple(found)


def _row(step: SessionStep) -> dict[str, Any]:
    return {
        "id": step.pk,
        "step": step.step,
        "details": step.details,
        "at": step.recorded_at,
        "by": step.recorded_by,
        "corrected": step.corrects_id is not None,
        "reason": step.reason,
    }


def _injections(visit: Session) -> tuple[Row, ...]:
    """Each needle placement of the step that stands."""
    rows = Injection.objects.filter(session=visit, step__corrected_by__isnull=True).select_related("step")
    return tuple(
        {
            "id": one.pk,
            "site": one.site,
            "volume_ml": one.volume_ml,
            "strengths": _strengths(one),
            "guidance": one.guidance,
            "needle": one.needle,
            "lot": one.lot,
            "at": one.recorded_at,
            "by": one.recorded_by,
        }
        for one in rows.order_by("site", "pk")
    )


def _strengths(one: Injection) -> dict[str, Decimal]:
    """The net strength of each component, in percent; records of older versions knew two."""
    if one.strengths:
        return {name: Decimal(percent) for name, percent in one.strengths.items()}
    both = {"dextrose": one.dextrose_percent, "lidocaine": one.lidocaine_percent}
    return {name: percent for name, percent in both.items() if percent}


def _lots(visit: Session) -> tuple[Row, ...]:
    steps = set(current(SessionStep.objects.filter(session=visit)).values_list("pk", flat=True))
    rows = current(LotUsed.objects.filter(session=visit))
    kept = [one for one in rows.order_by("part", "what", "lot_key") if one.step_id is None or one.step_id in steps]
    return tuple({"part": one.part, "what": one.what, "lot": one.lot, "expires_on": one.expires_on} for one in kept)
