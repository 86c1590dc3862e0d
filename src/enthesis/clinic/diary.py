"""The diary after a session: judged at once, for the patient to see, and for the clinic to act on."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, leave_trace, now, session_of
from enthesis.clinic.alerts import raise_alert
from enthesis.clinic.correcting import frame, to_correct
from enthesis.clinic.diary_days import settle_length
from enthesis.clinic.diary_judged import judge_later_days, judged, told_of, told_with
from enthesis.clinic.dues import meet
from enthesis.clinic.moving import check_reported
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput
from enthesis.pathway import Report
from enthesis.recovery import Watch
from enthesis.registry.models import DiaryEntry, Session

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
    visit = session_of(by, session, May.REPORT, lock=True)
    record = visit.course
    check_reported(record, Report.DIARY, on)
    day = day_of(visit, on, today)
    old = to_correct(DiaryEntry, corrects, reason)
    told = told_of(visit)
    watch = judged(visit, day, answers, at=now(), told=told, but=old.pk if old else None)
    columns = frame(by.name, record.clinic_id, now(), old, reason)
    entry = DiaryEntry.objects.create(
        session=visit,
        day=day,
        on=on,
        answers=dict(answers),
        urgency=watch.urgency.value,
        judgment=frozen(watch),
        mode=mode,
        **columns,
    )
    raise_alert(entry, watch)
    told = told_with(told, entry)
    judge_later_days(visit, day, told)
    meet(record, f"diary-{visit.number}-{day}")
    settle_length(visit, by.name, told)
    trace_report(by, entry, old)
    return watch


def trace_report(by: Actor, entry: DiaryEntry, old: DiaryEntry | None) -> None:
    """The audit event of one entry."""
    verb = "reported a diary day" if old is None else "corrected a diary day"
    visit = entry.session
    told = {"day": entry.day, "urgency": entry.urgency, "answers": entry.answers}
    leave_trace(
        by,
        verb,
        clinic=visit.clinic,
        patient=visit.course.patient,
        about=entry.pk,
        before=old.answers if old else None,
        after=told,
    )


def day_of(visit: Session, on: date, today: date) -> int:
    """The day after the session an entry is for; 0 is the day of the session itself."""
    if on > today:
        raise BadInput(f"on: {on.isoformat()} has not come yet; a diary tells of today or an earlier day")
    if on < visit.on:
        raise BadInput(f"on: {on.isoformat()} lies before the session of {visit.on.isoformat()}")
    return (on - visit.on).days


def frozen(watch: Watch) -> dict[str, Any]:
    """The judgment as the patient saw it, in plain JSON."""
    return {**asdict(watch), "to_patient": list(watch.to_patient)}
