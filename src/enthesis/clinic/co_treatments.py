"""Other treatments during a course: what, from when, until when, so that outcomes can account for them."""

from datetime import date
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.correcting import frame, to_correct
from enthesis.clinic.errors import NotFound
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput
from enthesis.registry.models import CoTreatment

KINDS = {
    "physiotherapy": "Physical therapy",
    "exercise": "Exercise of their own",
    "manual": "Chiropractic, osteopathy or massage",
    "acupuncture": "Acupuncture or dry needling",
    "anti-inflammatory": "Anti-inflammatory medicine",
    "opioid": "Opioid medicine",
    "other-medicine": "Another pain medicine",
    "steroid-injection": "Steroid injection",
    "other-injection": "Another injection",
    "radiofrequency": "Radiofrequency treatment",
    "operation": "Operation",
    "other": "Something else",
}
TOLD_BY = ("patient", "chart", "staff")


@act
def record_co_treatment(
    *,
    by: Actor,
    course: UUID | str,
    kind: str,
    started_on: date,
    today: date,
    ended_on: date | None = None,
    name: str = "",
    told_by: str = "patient",
    corrects: UUID | str | None = None,
    reason: str = "",
) -> CoTreatment:
    """Record another treatment, or correct one: ending it later is a correction like any other. Raises BadInput."""
    record = course_of(by, course, May.REPORT)
    if kind not in KINDS or told_by not in TOLD_BY:
        raise BadInput(f"kind and told_by: expected one of {', '.join(KINDS)} and one of {', '.join(TOLD_BY)}")
    if kind == "other" and not name.strip():
        raise BadInput("name: say what it is")
    if started_on > today:
        raise BadInput(f"started_on: {started_on.isoformat()} has not come yet")
    if ended_on is not None and ended_on < started_on:
        raise BadInput("ended_on: it cannot end before it began")
    old = to_correct(CoTreatment, corrects, reason)
    if old is not None and old.course_id != record.pk:
        raise NotFound("there is no such record in this course")
    kept = CoTreatment.objects.create(
        course=record, kind=kind, name=name.strip()[:200], started_on=started_on, ended_on=ended_on, told_by=told_by,
        **frame(by.name, record.clinic_id, now(), old, reason),
    )  # fmt: skip
    leave_trace(
        by,
        "recorded another treatment" if old is None else "corrected another treatment",
        clinic=record.clinic,
        patient=record.patient,
        about=kept.pk,
        before=_told(old) if old else None,
        after=_told(kept),
    )
    return kept


def _told(row: CoTreatment) -> dict[str, object]:
    return {"kind": row.kind, "name": row.name, "from": row.started_on, "to": row.ended_on}
