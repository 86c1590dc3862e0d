"""Writing and verifying the audit trail."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from enthesis.registry.models.audit import AuditEvent

START = "0" * 64
LOCK = 7_368_436  # any number of our own; PostgreSQL's advisory lock makes one writer wait for the other


@dataclass(frozen=True)
class Verdict:
    """Whether the chain holds, how many events it has, and where it first breaks."""

    holds: bool
    events: int
    head: str
    broken_at: int | None = None


def append(
    *,
    at: datetime,
    actor: str,
    verb: str,
    clinic: str = "",
    patient: str = "",
    about: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Add one event inside the caller's transaction, chained to the last."""
    last = _last_digest()
    event = AuditEvent(
        at=at,
        actor=actor,
        verb=verb,
        clinic=clinic,
        patient=patient,
        about=about,
        before=_plain(before),
        after=_plain(after),
        previous=last,
    )
    event.digest = digest(event)
    event.save(force_insert=True)
    return event


def _last_digest() -> str:
    """The end of the chain, held until the transaction ends. Asked in plain SQL, as every act asks it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("SELECT digest FROM registry_auditevent ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
    return row[0] if row else START


def digest(event: AuditEvent) -> str:
    """SHA-256 over the event's fields and the digest before it."""
    fields = [
        event.previous,
        event.at.isoformat(),
        event.actor,
        event.clinic,
        event.patient,
        event.verb,
        event.about,
        event.before,
        event.after,
    ]
    return hashlib.sha256(json.dumps(fields, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def verify() -> Verdict:
    """Walk the whole chain. A changed, missing or inserted event breaks it at that event."""
    previous, count = START, 0
    for event in AuditEvent.objects.order_by("id").iterator(chunk_size=2000):
        if event.previous != previous or digest(event) != event.digest:
            return Verdict(False, count, previous, broken_at=event.pk)
        previous, count = event.digest, count + 1
    return Verdict(True, count, previous)


def _plain(value: Mapping[str, Any] | None) -> Any:
    """The value as the database will give it back, so that a digest made now agrees with one made later."""
    return None if value is None else json.loads(json.dumps(value, default=str))
