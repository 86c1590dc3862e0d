"""Tells staff of unsigned alerts, one role after the other: at any hour, and without a word of whom or what.

The ladder is an entry of the library (escalations/standard). The worklist shows the same steps, sent or not.
"""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from enthesis.clinic.acting import leave_trace
from enthesis.clinic.library import library
from enthesis.clinic.messages.claiming import DROPPED
from enthesis.clinic.messages.outbox import Local
from enthesis.clinic.messages.outgoing import FAILED, SENT, Counted, give_back, mark, ready, taken, wait
from enthesis.clinic.messages.transport import Away, Channel, Later, Letter, Refused, Transports
from enthesis.clinic.permissions import Actor
from enthesis.recovery import Rung, Urgency, ladder
from enthesis.registry.models import Alert, AlertMessage, Membership, User

SOON = timedelta(minutes=1)  # doubled each time
AT_LEAST = timedelta(minutes=15)  # apart; an alert is worth an attempt in each quarter of an hour
HOW_SOON = {Urgency.EMERGENCY_NOW: "now", Urgency.CALL_TODAY: "today"}
MINUTE = 60.0

Staff = dict[str, list[User]]


def fill_alerts(here: Local) -> int:
    """One message for each member of staff whose step has come, for each unsigned alert; how many were added."""
    waiting = list(Alert.objects.filter(clinic_id=here.settings.clinic_id, signed_at__isnull=True))
    if not waiting:
        return 0
    staff = _staff(here.settings.clinic_id)
    there = set(AlertMessage.objects.filter(alert__in=waiting).values_list("alert_id", "step", "user_id"))
    made = [
        _message(here, alert, step, rung.role, user)
        for alert in waiting
        for step, rung in enumerate(reached(alert, here))
        for user in told_by(rung, alert, staff)
        if (alert.pk, step, user.pk) not in there
    ]
    return len(AlertMessage.objects.bulk_create(made))


def reached(alert: Alert, here: Local) -> tuple[Rung, ...]:
    """The steps that have come for an alert."""
    minutes = (here.at - alert.recorded_at).total_seconds() / MINUTE
    return ladder(library()).reached(Urgency(alert.urgency), minutes=minutes)


def told_by(rung: Rung, alert: Alert, staff: Staff) -> list[User]:
    """Who is told at a step: the people of its role, or of the next role that has any, for nobody may be left untold."""
    steps = [one for one in ladder(library()).rungs if one.urgency is rung.urgency]
    return next((staff[one.role] for one in steps[steps.index(rung) :] if staff[one.role]), [])


def _staff(clinic: int) -> Staff:
    found: Staff = defaultdict(list)
    rows = Membership.objects.filter(clinic_id=clinic, user__is_active=True).select_related("user")
    for row in rows.order_by("user__email"):
        found[row.role].append(row.user)
    return found


def _message(here: Local, alert: Alert, step: int, role: str, user: User) -> AlertMessage:
    return AlertMessage(
        clinic_id=alert.clinic_id,
        alert=alert,
        user=user,
        role=role,
        step=step,
        channel=Channel.EMAIL.value,
        made_at=here.at,
        send_from=here.at,
    )


def send_alerts(here: Local, transports: Transports, *, by: Actor) -> Counted:
    """Hand over what tells of alerts that are still unsigned; while the mail server is away they wait, round after round."""
    counted = Counted()
    ids = list(ready(AlertMessage, here.settings.clinic_id, here.at, transports, ("step",)))
    unsigned = Alert.objects.filter(pk=OuterRef("alert"), signed_at__isnull=True)
    wanted = Q(Exists(unsigned), Exists(User.objects.filter(pk=OuterRef("user"), is_active=True)))
    for message in taken(AlertMessage, ids, "alert__course__patient", "user", "clinic", wanted=wanted):
        try:
            counted.sent += _handed_over(message, here, transports, by)
        except Away as error:
            give_back(message, str(error))
            counted.away[Channel.EMAIL] = str(error)
            break
    return counted


def _handed_over(message: AlertMessage, here: Local, transports: Transports, by: Actor) -> bool:
    """Whether it went. Raises Away."""
    if message.state == DROPPED:
        return False
    try:
        transports[Channel.EMAIL].send(_letter(message, here))
    except Refused as error:
        mark(message, FAILED, failure=str(error))
    except Later as error:
        wait(message, str(error), here.at, SOON, AT_LEAST)
    else:
        _told(message, by, here)
        return True
    return False


def _told(message: AlertMessage, by: Actor, here: Local) -> None:
    course, told = message.alert.course, {"role": message.role, "step": message.step}
    with transaction.atomic():
        mark(message, SENT, sent_at=here.at)
        leave_trace(
            by,
            "told staff of an alert",
            clinic=message.clinic,
            patient=course.patient,
            about=message.alert_id,
            after=told,
        )


def _letter(message: AlertMessage, here: Local) -> Letter:
    soon = HOW_SOON[Urgency(message.alert.urgency)]
    again = "" if message.step == 0 else " Nobody has signed it yet, so you are told as well."
    text = f"An alert waits for somebody {soon}.{again}\n\n{here.settings.address.rstrip('/')}/\n\nSign in to see it.\n"
    return Letter(message.user.email, f"An alert waits for somebody {soon}", text, str(message.pk))
