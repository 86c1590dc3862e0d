"""Keeping a step of a session: the old one stays when it is corrected, and nothing changes once the session is signed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import leave_trace, now
from enthesis.clinic.correcting import current, frame, to_correct
from enthesis.clinic.errors import OutOfOrder
from enthesis.clinic.permissions import Actor
from enthesis.registry.models import Session, SessionSignature, SessionStep

TIME_OUT = "time-out"


def keep_step(
    by: Actor, visit: Session, step: str, details: Mapping[str, Any], corrects: UUID | str | None, reason: str
) -> SessionStep:
    """Keep a step or its correction, with its audit event. For use inside an act.

    Raises OutOfOrder for a session that is signed, or a record of another step.
    """
    must_be_unsigned(visit)
    old = to_correct(SessionStep, corrects, reason)
    if old is not None and (old.session_id != visit.pk or old.step != step):
        raise OutOfOrder(f"that record is not the step {step!r} of this session")
    kept = SessionStep.objects.create(
        session=visit, step=step, details=dict(details), **frame(by.name, visit.clinic_id, now(), old, reason)
    )
    verb = f"recorded the step {step}" if old is None else f"corrected the step {step}"
    leave_trace(
        by,
        verb,
        clinic=visit.clinic,
        patient=visit.course.patient,
        about=kept.pk,
        before=old.details if old else None,
        after={**details, **({"reason": kept.reason} if old else {})},
    )
    return kept


def must_be_unsigned(visit: Session) -> None:
    """Raises OutOfOrder once a session is signed: then only an addendum is possible."""
    if SessionSignature.objects.filter(session=visit).exists():
        raise OutOfOrder("this session is signed and stays as it is: add an addendum instead")


def standing_steps(visit: Session) -> dict[str, SessionStep]:
    """The steps of a session that stand, by name."""
    return {step.step: step for step in current(SessionStep.objects.filter(session=visit))}


def must_be_timed_out(steps: Mapping[str, SessionStep]) -> None:
    """Raises OutOfOrder where the time-out is not among the steps that stand: no needle goes in without one."""
    if TIME_OUT not in steps:
        raise OutOfOrder("the time-out comes before the first needle: patient, site and side, consent, allergies, lots")
