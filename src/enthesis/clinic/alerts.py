"""Alerts: raised by what a patient reports, open until somebody signs what was done, closed by nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.correcting import replaced
from enthesis.clinic.errors import NotFound, OutOfOrder
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput
from enthesis.recovery import HIGHEST, Finding, Urgency, Watch, most_urgent
from enthesis.registry.models import Alert, DiaryEntry, MoodAlert

RULES = "the diary's own rules"

AnyAlert = TypeVar("AnyAlert", Alert, MoodAlert)


def raise_alert(entry: DiaryEntry, watch: Watch) -> None:
    """An alert for a report that needs a person today or at once; a calmer one raises none."""
    if watch.urgency.rank >= Urgency.CALL_TODAY.rank:
        _keep(entry, watch.urgency, watch.findings, "")


def raise_more(entry: DiaryEntry, watch: Watch, light: str) -> None:
    """A later report looks graver in the light of one told afterwards: an alert for what no alert has said yet."""
    _raise_new(entry, watch, f"{light}: ")


def raise_parts(entry: DiaryEntry, watch: Watch) -> None:
    """A report that comes in parts: each part alerts of what no earlier part of it has alerted of."""
    _raise_new(entry, watch, "")


def _raise_new(entry: DiaryEntry, watch: Watch, light: str) -> None:
    said = _said_of(entry)
    grave = (one for one in watch.findings if one.urgency.rank >= Urgency.CALL_TODAY.rank)
    new = [one for one in grave if one.warning not in said or _adds(one, said[one.warning])]
    if new:
        _keep(entry, most_urgent(*(one.urgency for one in new)), new, light)


def _adds(finding: Finding, said: Mapping[str, float]) -> bool:
    """Does a finding rest on an answer no alert has named, or on a higher number than any? A signature covers no more."""
    return any(answer > said.get(question, -1) for question, answer in finding.basis)


def _said_of(entry: DiaryEntry) -> dict[str, dict[str, float]]:
    """What the alerts of an entry and of its earlier parts have said: by warning, the answers each rested on.

    While an alert is open a somewhat higher number is no news: whoever answers it will ask for the number.
    """
    parts = [entry.pk, *(part.pk for part in replaced(entry))]
    said: dict[str, dict[str, float]] = defaultdict(dict)
    for alert in Alert.objects.filter(entry__in=parts):
        for line in alert.because:
            answers = said[line["warning"]]
            for question, answer in line.get("basis", ()):
                answers[question] = max(answer if alert.signed_at else HIGHEST, answers.get(question, 0))
    return said


def _keep(entry: DiaryEntry, urgency: Urgency, findings: Iterable[Finding], light: str) -> None:
    Alert.objects.create(
        course_id=entry.session.course_id,
        entry=entry,
        urgency=urgency.value,
        because=[
            {"warning": one.warning, "because": f"{light}{one.because}", "to_clinic": one.to_clinic, "basis": one.basis}
            for one in findings
        ],
        clinic_id=entry.clinic_id,
        recorded_by=RULES,
        recorded_at=now(),
    )


@act
def sign_alert(*, by: Actor, alert: UUID | str, done: str) -> Alert:
    """Close an alert by saying what was done. Nothing else closes one."""
    return sign_off(by, Alert, alert, done, verb="signed an alert")


def sign_off(by: Actor, kind: type[AnyAlert], id: UUID | str, done: str, *, verb: str) -> AnyAlert:
    """Keep what was done, who says so and when, once. For use inside an act.

    Raises NotFound, OutOfOrder when it was signed, BadInput without words.
    """
    found = kind.objects.select_related("course").filter(pk=UUID(str(id))).first()
    if found is None:
        raise NotFound("there is no such alert in your clinics")
    course = course_of(by, found.course_id, May.SIGN, lock=True)
    found.refresh_from_db(fields=["signed_at", "signed_by"])
    if found.signed_at is not None:
        raise OutOfOrder(f"this alert was signed already, by {found.signed_by}")
    if not done.strip():
        raise BadInput("done: say what was done before signing")
    found.signed_by, found.signed_at, found.done = by.name, now(), done.strip()[:1000]
    found.save(update_fields=["signed_by", "signed_at", "done"])
    leave_trace(
        by,
        verb,
        clinic=course.clinic,
        patient=course.patient,
        about=found.pk,
        before={"done": ""},
        after={"done": found.done},
    )
    return found
