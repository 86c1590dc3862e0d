"""The trail cannot be changed, and a change made behind the database's back is seen."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from enthesis.clinic.events import verify_chain
from enthesis.registry import trail
from enthesis.registry.models import AuditEvent

AT = datetime(2030, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def three(db):
    return [trail.append(at=AT, actor="somebody", verb=f"did {n}", after={"n": n, "é": [1.5, None]}) for n in range(3)]


def test_an_untouched_chain_holds_and_names_its_head(three):
    verdict = trail.verify()
    assert (verdict.holds, verdict.events, verdict.head) == (True, 3, three[-1].digest)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE registry_auditevent SET actor = 'nobody' WHERE verb = 'did 1'",
        "DELETE FROM registry_auditevent WHERE verb = 'did 1'",
        "DELETE FROM registry_auditevent",
    ],
)
def test_the_database_itself_refuses_to_change_or_remove_an_event(three, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEvent.objects.count() == 3


def untriggered(statement: str) -> None:
    """What somebody with the database file in hand could do: take the triggers down first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE registry_auditevent DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER audit_no_update")
            cursor.execute("DROP TRIGGER audit_no_delete")
        cursor.execute(statement)


def test_a_changed_event_breaks_the_chain_at_that_event(three):
    untriggered("UPDATE registry_auditevent SET actor = 'nobody' WHERE verb = 'did 1'")
    verdict = trail.verify()
    assert (verdict.holds, verdict.events, verdict.broken_at) == (False, 1, three[1].pk)


def test_a_removed_event_breaks_the_chain_at_the_next_one(three):
    untriggered("DELETE FROM registry_auditevent WHERE verb = 'did 1'")
    assert trail.verify().broken_at == three[2].pk


def test_a_cut_off_end_shows_against_a_head_that_was_noted(three):
    untriggered("DELETE FROM registry_auditevent WHERE verb = 'did 2'")
    assert verify_chain().holds is True
    assert verify_chain(three[-1].digest).holds is False
    assert verify_chain(three[0].digest).holds is True


def test_an_empty_trail_holds(db):
    assert trail.verify() == trail.Verdict(True, 0, trail.START)
