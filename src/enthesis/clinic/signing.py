"""Signing a session's record, and addenda afterwards: once signed nothing changes, and nothing added hides anything."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, leave_trace, now, session_of
from enthesis.clinic.correcting import frame
from enthesis.clinic.errors import OutOfOrder
from enthesis.clinic.keeping import must_be_unsigned, standing_steps
from enthesis.clinic.lots import checked_lot, lot_key
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.session_record import content_of, digest_of, missing_of, seen_in
from enthesis.clinic.steps import text
from enthesis.knowledge import BadInput
from enthesis.registry.models import Addendum, AdverseEvent, LotUsed, Session, SessionSignature

ADDED = "added"


@act
def sign_session(*, by: Actor, session: UUID | str) -> str:
    """Sign a session's record with all its steps; returns the digest. From then on only addenda are possible.

    Raises OutOfOrder before every step is recorded, and while a reaction that was seen is not graded.
    """
    visit = session_of(by, session, May.TREAT)
    must_be_unsigned(visit)
    _must_be_complete(visit)
    content = content_of(visit)
    signed = SessionSignature.objects.create(
        session=visit, content=content, digest=digest_of(content), **frame(by.name, visit.clinic_id, now(), None, "")
    )
    leave_trace(
        by,
        "signed a session",
        clinic=visit.clinic,
        patient=visit.course.patient,
        about=visit.pk,
        after={"digest": signed.digest},
    )
    return signed.digest  # type: ignore[no-any-return]  # a column of text


def _must_be_complete(visit: Session) -> None:
    steps = standing_steps(visit)
    if missing := missing_of(steps):
        raise OutOfOrder(f"the session is not complete: {', '.join(missing)} must be recorded before it is signed")
    seen = seen_in(steps["observe"].details) if "observe" in steps else ()
    if seen and not AdverseEvent.objects.filter(session=visit).exists():
        raise OutOfOrder(f"a reaction was seen ({', '.join(seen)}): grade it as an adverse event before signing")


@act
def add_addendum(*, by: Actor, session: UUID | str, words: str, lots: Iterable[Mapping[str, Any]] = ()) -> UUID:
    """Add what was found out after the signature. A lot named here is found by a recall like any other.

    `lots` are {what, lot}. Raises OutOfOrder while the session is unsigned: then it is corrected instead.
    """
    visit = session_of(by, session, May.TREAT)
    if not SessionSignature.objects.filter(session=visit).exists():
        raise OutOfOrder("this session is not signed yet: correct the step itself")
    said = text({"text": words}, "text", 4000)
    if not said:
        raise BadInput("text: say what is added")
    named = [(text(one, "what", 80) or "not said what", checked_lot(one)) for one in lots]
    marks = frame(by.name, visit.clinic_id, now(), None, "")
    kept = Addendum.objects.create(session=visit, text=said, **marks)
    for what, lot in named:
        LotUsed.objects.create(
            session=visit, addendum=kept, part=ADDED, what=what, lot=lot, lot_key=lot_key(lot), **marks
        )
    leave_trace(
        by,
        "added an addendum",
        clinic=visit.clinic,
        patient=visit.course.patient,
        about=visit.pk,
        after={"text": said, "lots": [lot for _, lot in named]},
    )
    return kept.pk  # type: ignore[no-any-return]  # a column of ids
