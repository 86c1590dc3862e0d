"""Puts what is due into the outbox: one message for one step of one due thing by one channel, whatever happens."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, PositiveSmallIntegerField, Q, QuerySet, Value, When

from enthesis.clinic.correcting import current
from enthesis.clinic.deaths import of_the_dead
from enthesis.clinic.messages.reaching import channels_of
from enthesis.clinic.messages.tokens import digest_of
from enthesis.clinic.messages.transport import Channel
from enthesis.pathway import CHECK_IN_STEPS, DIARY_STEPS, FINISHED, STEPS, ItemKind, Quiet, due_days
from enthesis.registry.models import Due, Message, MessageSettings, PatientLink, Session

BATCH = 500
MADE_BY = "reminders"
ASKED = ((ItemKind.WAVE, STEPS), (ItemKind.DIARY, DIARY_STEPS), (ItemKind.CHECK_IN, CHECK_IN_STEPS))
ASKED_IN_CARE = (ItemKind.WAVE.value, ItemKind.CHECK_IN.value)
NOT_TAKEN = Q(key__startswith="wave-baseline") | Q(kind__in=ASKED_IN_CARE, course__stage__in=FINISHED)


@dataclass(frozen=True)
class Local:
    """A moment as one clinic has it."""

    settings: MessageSettings
    at: datetime

    @property
    def today(self) -> date:
        """The clinic's day."""
        return self.at.date()

    @property
    def midnight(self) -> datetime:
        """When the clinic's day began."""
        return datetime.combine(self.today, time(), tzinfo=self.at.tzinfo)

    @property
    def send_from(self) -> datetime:
        """Now, or the end of the quiet hours."""
        quiet = Quiet(self.settings.quiet_from, self.settings.quiet_to)
        return quiet.after(self.at)


def local(settings: MessageSettings, moment: datetime) -> Local:
    """The clinic's own time."""
    return Local(settings, moment.astimezone(ZoneInfo(settings.zone)))


def fill_outbox(here: Local) -> int:
    """Everything of one clinic that belongs to today and is not in the outbox; how many messages were added."""
    found, added = _due_now(here), 0
    for first in range(0, len(found), BATCH):
        some = dict(found[first : first + BATCH])
        dues = Due.objects.select_related("course__patient").in_bulk(list(some))
        with transaction.atomic():
            added += _added(here, [(dues[id], step) for id, step in some.items()])
    return added


def waited_for(here: Local) -> QuerySet[Due]:
    """What still takes an answer today: neither answered, replaced nor over, and the course takes it."""
    still = Due.objects.filter(
        clinic_id=here.settings.clinic_id, met_at__isnull=True, dropped=False, closes__gte=here.today
    )
    return still.exclude(NOT_TAKEN).exclude(of_the_dead())


def _due_now(here: Local) -> list[tuple[UUID, int]]:
    """Waves and diary days that wait for an answer, with the step of today, unless it is in the outbox already.

    Baselines are asked in the clinic; a closed course or one that was withdrawn from takes no survey any more. One
    query: the loop asks it every minute, and most often there is nothing new.
    """
    days = [
        (kind.value, step, span)
        for kind, steps in ASKED
        for step, span in due_days(today=here.today, steps=steps).items()
    ]
    belongs = Case(
        *(When(kind=kind, on__range=span, then=Value(step)) for kind, step, span in days),
        output_field=PositiveSmallIntegerField(),
    )
    open_now = waited_for(here).filter(
        kind__in=sorted({kind for kind, _, _ in days}),
        on__range=(min(first for _, _, (first, _) in days), here.today),
        course__first_injection_on__isnull=False,
    )
    asked = Message.objects.filter(due=OuterRef("pk"), step=OuterRef("belongs"))
    rows = open_now.annotate(belongs=belongs).filter(~Exists(asked), belongs__isnull=False)
    return list(rows.order_by("on", "pk").values_list("pk", "belongs"))


def _added(here: Local, dues: list[tuple[Due, int]]) -> int:
    there = set(Message.objects.filter(due__in=[due.pk for due, _ in dues]).values_list("due_id", "step", "channel"))
    ways = channels_of([due.course.patient for due, _ in dues], here.settings)
    wanted = [
        (due, step, channel)
        for due, step in dues
        for channel in ways[due.course.patient_id]
        if (due.pk, step, channel.value) not in there
    ]
    visits = _visits([due for due, _, _ in wanted if due.kind == ItemKind.DIARY.value])
    made = [_message(here, due, step, channel, visits) for due, step, channel in wanted]
    kept = [pair for pair in made if pair is not None]
    PatientLink.objects.bulk_create(link for link, _ in kept)
    Message.objects.bulk_create(message for _, message in kept)
    return len(kept)


def _visits(dues: list[Due]) -> dict[tuple[object, int], Session]:
    """The sessions of the diaries' courses, by course and number."""
    rows = current(Session.objects.filter(course__in={due.course_id for due in dues})).order_by("course_id", "on")
    found: dict[tuple[object, int], Session] = {}
    counted: dict[object, int] = {}
    for row in rows:
        counted[row.course_id] = counted.get(row.course_id, 0) + 1
        found[row.course_id, counted[row.course_id]] = row
    return found


def _message(
    here: Local, due: Due, step: int, channel: Channel, visits: dict[tuple[object, int], Session]
) -> tuple[PatientLink, Message] | None:
    """The message with its link; None for a diary whose session was never recorded."""
    id = uuid4()
    if due.kind == ItemKind.WAVE.value:
        form, about = "wave", {"wave": due.key.removeprefix("wave-")}
    elif due.kind == ItemKind.CHECK_IN.value:
        form, about = "check-in", {"key": due.key}
    else:
        session = visits.get((due.course_id, int(due.key.split("-")[1])))
        if session is None:
            return None
        form, about = "diary", {"session": str(session.pk)}
    link = PatientLink(
        clinic_id=due.clinic_id,
        course_id=due.course_id,
        digest=digest_of(id),
        form=form,
        about=about,
        made_by=MADE_BY,
        made_at=here.at,
        expires_at=datetime.combine(due.closes + timedelta(days=1), time(), tzinfo=here.at.tzinfo),
    )
    message = Message(
        id=id,
        clinic_id=due.clinic_id,
        course_id=due.course_id,
        due=due,
        link=link,
        step=step,
        channel=channel.value,
        made_at=here.at,
        send_from=here.send_from,
    )
    return link, message
