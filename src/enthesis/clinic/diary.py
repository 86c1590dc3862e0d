"""The diary after a session: judged at once, for the patient to see, and for the clinic to act on."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace, now, session_of
from enthesis.clinic.correcting import current, frame, to_correct
from enthesis.clinic.dues import meet
from enthesis.clinic.errors import NotFound, OutOfOrder
from enthesis.clinic.library import library
from enthesis.clinic.moving import check_reported
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput, parse_site
from enthesis.pathway import Report
from enthesis.recovery import Urgency, Watch, judge
from enthesis.registry.models import Alert, DiaryEntry, Session, SessionStep

MODES = ("private link", "in clinic", "by phone", "command line")


@act
def record_diary(
    *,
    by: Actor,
    session: UUID | str,
    on: date,
    today: date,
    answers: Mapping[str, Any],
    mode: str,
    corrects: UUID | str | None = None,
    reason: str = "",
) -> Watch:
    """Keep one day of the diary and judge it. What needs a person raises an alert that stays until it is signed."""
    visit = session_of(by, session, May.REPORT)
    record = visit.course
    check_reported(record, Report.DIARY, on)
    day = _day(visit, on, today)
    old = to_correct(DiaryEntry, corrects, reason)
    watch = judge(
        answers,
        site=parse_site(record.site, library()),
        day=day,
        hours_since=_hours_since(visit, on),
        earlier=_earlier(visit, day),
        library=library(),
    )
    columns = frame(by.name, record.clinic_id, now(), old, reason)
    entry = DiaryEntry.objects.create(
        session=visit,
        day=day,
        on=on,
        answers=dict(answers),
        urgency=watch.urgency.value,
        judgment=_frozen(watch),
        mode=mode,
        **columns,
    )
    _raise_alert(entry, watch)
    meet(record, f"diary-{visit.number}-{day}")
    _trace(by, entry, old)
    return watch


@act
def sign_alert(*, by: Actor, alert: UUID | str, done: str) -> Alert:
    """Close an alert by saying what was done. Nothing else closes one."""
    found = Alert.objects.select_related("course__patient", "clinic").filter(pk=UUID(str(alert))).first()
    if found is None:
        raise NotFound("there is no such alert in your clinics")
    course = course_of(by, found.course_id, May.SIGN)
    if found.signed_at is not None:
        raise OutOfOrder(f"this alert was signed already, by {found.signed_by}")
    if not done.strip():
        raise BadInput("done: say what was done before signing")
    found.signed_by, found.signed_at, found.done = by.name, now(), done.strip()[:1000]
    found.save(update_fields=["signed_by", "signed_at", "done"])
    leave_trace(
        by,
        "signed an alert",
        clinic=course.clinic,
        patient=course.patient,
        about=found.pk,
        before={"done": ""},
        after={"done": found.done},
    )
    return found


def _trace(by: Actor, entry: DiaryEntry, old: DiaryEntry | None) -> None:
    verb = "reported a diary day" if old is None else "corrected a diary day"
    course = entry.session.course
    told = {"day": entry.day, "urgency": entry.urgency, "answers": entry.answers}
    leave_trace(
        by,
        verb,
        clinic=course.clinic,
        patient=course.patient,
        about=entry.pk,
        before=old.answers if old else None,
        after=told,
    )


def _day(visit: Session, on: date, today: date) -> int:
    """The day after the session an entry is for; 0 is the day of the session itself."""
    if on > today:
        raise BadInput(f"on: {on.isoformat()} has not come yet; a diary tells of today or an earlier day")
    if on < visit.on:
        raise BadInput(f"on: {on.isoformat()} lies before the session of {visit.on.isoformat()}")
    return (on - visit.on).days


def _hours_since(visit: Session, on: date) -> float | None:
    """Hours since the injection was recorded, for a report of this moment; a numb arm after one hour is not one after ten.

    Not known for a report about an earlier day, or where the session was written down on another day than it took place.
    """
    at, step = now(), current(SessionStep.objects.filter(session=visit, step="inject")).first()
    first = step and (step.corrects or step)
    if first is None or on != at.date() or first.recorded_at.date() != visit.on:
        return None
    return round(max(0.0, (at - first.recorded_at).total_seconds() / 3600), 1)


def _earlier(visit: Session, day: int) -> tuple[Any, ...]:
    rows = current(DiaryEntry.objects.filter(session=visit, day__lt=day)).order_by("day")
    return tuple((row.day, row.answers) for row in rows)


def _frozen(watch: Watch) -> dict[str, Any]:
    """The judgment as the patient saw it, in plain JSON."""
    return {**asdict(watch), "to_patient": list(watch.to_patient)}


def _raise_alert(entry: DiaryEntry, watch: Watch) -> None:
    if watch.urgency.rank >= Urgency.CALL_TODAY.rank:
        Alert.objects.create(
            course_id=entry.session.course_id,
            entry=entry,
            urgency=watch.urgency.value,
            because=[
                {"warning": finding.warning, "because": finding.because, "to_clinic": finding.to_clinic}
                for finding in watch.findings
            ],
            clinic_id=entry.clinic_id,
            recorded_by="the diary's own rules",
            recorded_at=entry.recorded_at,
        )
