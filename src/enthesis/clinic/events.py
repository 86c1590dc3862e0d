"""Reading the audit trail, and checking that nobody has touched it."""

from dataclasses import replace

from enthesis.clinic.acting import act, leave_trace
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.rows import EventRow
from enthesis.registry import trail
from enthesis.registry.models import AuditEvent, Clinic

AT_MOST = 200


@act
def read_events(*, by: Actor, clinic: int, verb: str = "", actor: str = "") -> tuple[EventRow, ...]:
    """The latest events of a clinic, newest first."""
    by.check(May.ADOPT, clinic)
    place = Clinic.objects.get(pk=clinic)
    rows = AuditEvent.objects.filter(clinic=place.slug, verb__icontains=verb, actor__icontains=actor).order_by("-id")[
        :AT_MOST
    ]
    found = tuple(EventRow(e.at, e.actor, e.verb, e.about, e.before, e.after) for e in rows)
    leave_trace(by, "read the audit trail", clinic=place)
    return found


def verify_chain(head: str = "") -> trail.Verdict:
    """Walk the chain; with a head noted earlier, the chain must still contain it."""
    verdict = trail.verify()
    if verdict.holds and head and not AuditEvent.objects.filter(digest=head).exists():
        return replace(verdict, holds=False)
    return verdict
