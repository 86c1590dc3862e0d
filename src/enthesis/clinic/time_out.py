"""The time-out before the first needle: who, where, consent, allergies, what is drawn up, and help at hand."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, session_of
from enthesis.clinic.consent import must_stand
from enthesis.clinic.correcting import current, frame
from enthesis.clinic.errors import OutOfOrder
from enthesis.clinic.keeping import TIME_OUT, keep_step, standing_steps
from enthesis.clinic.lots import LONGEST_LOT, checked_expiry, checked_lot, lot_key, shelve
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.rescreen import SESSION_TODAY, fresh
from enthesis.clinic.screen import latest_screening, may_go_on
from enthesis.clinic.session_dose import weight_of
from enthesis.knowledge import BadInput
from enthesis.pathway import Stage
from enthesis.registry.models import LotUsed, Session, SessionStep, Vial
from enthesis.screening import ItemKind

CHECKS = {
    "identity": "the patient has said their name and date of birth",
    "site_and_side": "site and side were checked with the patient and on the skin",
    "allergies": "the allergies were read aloud",
    "help_at_hand": "oxygen, resuscitation drugs, lipid emulsion and a trained person are at hand",
}
MIXTURE, SKIN, PRODUCT = "mixture", "skin", "product"
OTHER = "other"  # a lot that is typed, because it is not on the shelf


@dataclass(frozen=True)
class Drawn:
    """One stock that was drawn up for the mixture."""

    what: str
    component: str


def time_out(
    *, by: Actor, session: UUID | str, details: Mapping[str, Any], corrects: UUID | str | None = None, reason: str = ""
) -> SessionStep:
    """Record the time-out. The screening is judged anew as of this very day first; a judgment that stops it is kept."""
    _screened_again(by=by, session=session)
    return _timed_out(by=by, session=session, details=details, corrects=corrects, reason=reason)


@act
def _screened_again(*, by: Actor, session: UUID | str) -> None:
    """What came into the chart since the session began counts before the needle."""
    visit = session_of(by, session, May.TREAT, lock=True)
    if visit.course.stage == Stage.ASSESSED:
        fresh(by, visit.course, visit.on, visit.on, SESSION_TODAY)


@act
def _timed_out(
    *, by: Actor, session: UUID | str, details: Mapping[str, Any], corrects: UUID | str | None, reason: str
) -> SessionStep:
    visit = session_of(by, session, May.TREAT, lock=True)
    steps = standing_steps(visit)
    _may_begin(visit, steps, corrects)
    old = steps.get(TIME_OUT) if corrects else None
    consent = old.details["consent_of"] if old else must_stand(visit.course).on.isoformat()
    for field, words in CHECKS.items():
        if details.get(field) is not True:
            raise BadInput(f"{field}: no needle before it is confirmed that {words}")
    weight = weight_of(visit, details)
    lots = list(_lots(by, visit, details.get("lots") or {}))
    step = keep_step(
        by,
        visit,
        TIME_OUT,
        {
            **dict.fromkeys(CHECKS, True),
            "marked": steps["assess"].details["marked"],
            "consent_of": consent,
            "allergies_read": allergies_of(visit),
            "weight_kg": str(weight),
            "lots": [_plain(one) for one in lots],
        },
        corrects,
        reason,
    )
    keep_lots(by, visit, MIXTURE, lots, step=step)
    keep_marks(by, visit, step)
    return step


def _may_begin(visit: Session, steps: Mapping[str, SessionStep], corrects: UUID | str | None) -> None:
    if corrects is not None:
        return
    judged = latest_screening(visit.course)
    if not may_go_on(judged):
        raise OutOfOrder(f"the screening for {visit.on.isoformat()} says {judged.decision}: the session stops here")
    if visit.course.stage != Stage.ASSESSED:
        raise OutOfOrder("the time-out comes after the site is marked and before the first needle")
    if TIME_OUT in steps:
        raise OutOfOrder("the time-out of this session is recorded; correct it if something was wrong")


def drawn_up(mixture: Mapping[str, Any]) -> tuple[Drawn, ...]:
    """The stocks a recipe draws, in its order; each needs its lot. A product has its own, recorded when it was prepared."""
    draws = [one for one in mixture.get("draw", ()) if one["volume_ml"] > 0]
    return tuple(
        Drawn(one.get("vial") or f"{one['component']} {one['stock_percent']:g}%".removesuffix(" 0%"), one["component"])
        for one in draws
    )


def allergies_of(visit: Session) -> list[str]:
    """The allergies in the chart, as they are read aloud."""
    return [one.name for one in visit.course.patient.chart.filter(kind=ItemKind.ALLERGY.value).order_by("name")]


def _lots(by: Actor, visit: Session, given: Mapping[str, Any]) -> Iterator[Vial]:
    for drawn in drawn_up(visit.recipe.mixture):
        if drawn.what not in given:
            raise BadInput(f"lots: the lot of {drawn.what} was expected")
        yield chosen_vial(by, visit, drawn.what, given[drawn.what])


def chosen_vial(by: Actor, visit: Session, what: str, given: object) -> Vial:
    """A vial of the shelf by its id, or one that is typed as {lot, expires_on} and joins the shelf. For use in an act.

    Raises BadInput for one that is not there, is something else, or has expired on the day of the session.
    """
    if isinstance(given, Mapping):
        lot = checked_lot(given)
        return shelve(by, visit.clinic, what, lot, checked_expiry(given.get("expires_on"), on=visit.on, lot=lot))
    vial = current(Vial.objects.filter(clinic=visit.clinic, pk=_uuid(given), gone=False)).first()
    if vial is None or vial.what != what:
        raise BadInput(f"lots: {what}: choose a vial of the shelf, or give its lot and expiry")
    checked_expiry(vial.expires_on, on=visit.on, lot=vial.lot, field="lots")
    return vial


def keep_marks(by: Actor, visit: Session, step: SessionStep) -> None:
    """The marks a product is traced by: its lot, its donor, its tissue number. For use inside an act."""
    for mark in dict.fromkeys(visit.recipe.mixture.get("traced", ())):
        LotUsed.objects.create(
            session=visit, step=step, part=PRODUCT, what=visit.recipe.mixture["product"].get("product", PRODUCT),
            lot=mark[:LONGEST_LOT], lot_key=lot_key(mark),
            **frame(by.name, visit.clinic_id, step.recorded_at, None, ""),
        )  # fmt: skip


def keep_lots(by: Actor, visit: Session, part: str, vials: Iterable[Vial], *, step: SessionStep) -> None:
    """Note which vials went into a session. For use inside an act."""
    columns = frame(by.name, visit.clinic_id, step.recorded_at, None, "")
    LotUsed.objects.bulk_create(
        LotUsed(
            session=visit, step=step, part=part, what=one.what, lot=one.lot, lot_key=lot_key(one.lot),
            expires_on=one.expires_on, **columns,
        )
        for one in vials
    )  # fmt: skip


def _plain(vial: Vial) -> dict[str, str]:
    return {"what": vial.what, "lot": vial.lot, "expires_on": vial.expires_on.isoformat()}


def _uuid(given: object) -> UUID:
    try:
        return UUID(str(given))
    except ValueError as error:
        raise BadInput("lots: choose a vial of the shelf, or give its lot and expiry") from error
