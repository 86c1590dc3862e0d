"""Whom a person should call: asked four times, silent, and still within the days in which an answer counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from enthesis.clinic.acting import act, leave_trace, now
from enthesis.clinic.correcting import frame
from enthesis.clinic.deaths import of_the_dead
from enthesis.clinic.errors import NotFound
from enthesis.clinic.messages.reaching import FAILING, note
from enthesis.clinic.messages.transport import Channel
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput
from enthesis.pathway import CALL_FROM, FINISHED, ItemKind
from enthesis.registry.models import CallNote, Clinic, Due

AT_MOST = 200
NO_MORE, WRONG = "no-more", "wrong-number"
OUTCOMES = {
    "not-reached": "Nobody answered",
    "later": "Asked to be called another time",
    WRONG: "The number is not theirs",
    NO_MORE: "Wants no call about these questions",
}


@dataclass(frozen=True)
class Tried:
    """An earlier call: what came of it, and when."""

    outcome: str
    says: str
    at: datetime
    by: str


@dataclass(frozen=True)
class ToCall:
    """One line of the call list, with the calls made before."""

    due_id: UUID
    patient: UUID
    course: UUID
    name: str
    phone: str
    language: str
    wave: str
    due: date
    closes: date
    clinic: str = ""
    tried: tuple[Tried, ...] = ()


@act
def read_call_list(*, by: Actor, today: date) -> tuple[ToCall, ...]:
    """Waves nobody answered, those that close soonest first."""
    dues = list(calls_waiting(today).select_related("course__patient", "clinic")[:AT_MOST])
    tried = _tried(dues)
    found = tuple(_row(due, tuple(tried.get(due.pk, ()))) for due in dues)
    for clinic in Clinic.objects.filter(pk__in=by.clinics):
        leave_trace(by, "read the call list", clinic=clinic, after={"on": today})
    return found


@act
def note_call(*, by: Actor, due: UUID | str, outcome: str, says: str = "") -> CallNote:
    """Keep what came of a call. Whoever wants no call about these questions leaves the list.

    No text goes to a number that is somebody else's, until staff say that it is right.

    Raises NotFound, or BadInput for an outcome there is not.
    """
    found = Due.objects.select_related("course__patient", "clinic").filter(pk=UUID(str(due))).first()
    if found is None or found.kind != ItemKind.WAVE.value:
        raise NotFound("there is nobody to call about that in your clinics")
    by.check(May.REPORT, found.clinic_id)
    if outcome not in OUTCOMES:
        raise BadInput(f"outcome: expected one of {', '.join(OUTCOMES)}, not {outcome!r}")
    columns = frame(by.name, found.clinic_id, now(), None, "")
    kept = CallNote.objects.create(due=found, outcome=outcome, says=says.strip()[:500], **columns)
    if outcome == WRONG:
        note(by, found.course.patient, Channel.SMS, FAILING, "by a call: the number is not theirs")
    leave_trace(
        by, "noted a call", clinic=found.clinic, patient=found.course.patient, about=kept.pk, after={"outcome": outcome}
    )
    return kept


def calls_waiting(today: date) -> QuerySet[Due]:
    """The waves nobody answered to and a person should ask for, those that close soonest first. Inside an act."""
    rows = Due.objects.filter(
        kind=ItemKind.WAVE.value,
        met_at__isnull=True,
        dropped=False,
        on__lte=today - timedelta(days=CALL_FROM),
        closes__gte=today,
        course__first_injection_on__isnull=False,
    )
    waiting = rows.exclude(key__startswith="wave-baseline").exclude(course__stage__in=FINISHED).exclude(of_the_dead())
    return waiting.exclude(calls__outcome=NO_MORE).order_by("closes", "course_id")


def _tried(dues: Iterable[Due]) -> dict[UUID, list[Tried]]:
    found: dict[UUID, list[Tried]] = {}
    for call in CallNote.objects.filter(due__in=list(dues)).order_by("-recorded_at"):
        found.setdefault(call.due_id, []).append(
            Tried(OUTCOMES[call.outcome], call.says, call.recorded_at, call.recorded_by)
        )
    return found


def _row(due: Due, tried: tuple[Tried, ...]) -> ToCall:
    person, wave = due.course.patient, due.key.removeprefix("wave-")
    return ToCall(
        due.pk, person.pk, due.course_id, person.name, person.phone, person.language, wave, due.on, due.closes,
        due.clinic.name, tried,
    )  # fmt: skip
