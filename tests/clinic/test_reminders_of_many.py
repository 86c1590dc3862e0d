"""A clinic with years of messages behind it: what is due today is looked up, and the outbox is not read for it."""

from copy import copy
from datetime import timedelta
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope
from tests.clinic.test_messages import SIX_WEEKS, at, reachable, treated

from enthesis.clinic.messages import remind_once
from enthesis.clinic.messages.outbox import fill_outbox, local
from enthesis.registry.models import Due, Message, MessageSettings, PatientLink

YEARS_OF = 300


def another(row, **changed):
    """The same row once more, as another one."""
    new = copy(row)
    for name, value in changed.items():
        setattr(new, name, value)
    return new


def behind_it(message):
    """Many more messages like this one, each about a due thing of its own, months ago."""
    dues, link = [], message.link
    for number in range(YEARS_OF):
        ago = timedelta(days=100 + number)
        days = {"on": message.due.on - ago, "closes": message.due.closes - ago}
        dues.append(another(message.due, pk=uuid4(), key=f"wave-past-{number}", **days))
    links = [another(link, pk=None, digest=f"{number:064}") for number in range(YEARS_OF)]
    Due.objects.bulk_create(dues)
    PatientLink.objects.bulk_create(links)
    pairs = zip(dues, links, strict=True)
    Message.objects.bulk_create(another(message, pk=uuid4(), due=due, link=link) for due, link in pairs)


def test_what_is_due_is_found_by_its_day_and_its_message_by_what_it_is_about(harbour):
    """Without counts SQLite read all messages of the clinic once for each thing due; PostgreSQL counts by itself."""
    reachable(harbour)
    treated(harbour)
    treated(harbour, key="test|2")
    with scope(clinic=[harbour.clinic.pk]):
        remind_once(moment=at(SIX_WEEKS), transports={})
        behind_it(Message.objects.select_related("due", "link").first())
        treated(harbour, key="test|3")
        with CaptureQueriesContext(connection) as round_:
            remind_once(moment=at(SIX_WEEKS), transports={})
        here = local(MessageSettings.objects.select_related("clinic").get(), at(SIX_WEEKS))
        with CaptureQueriesContext(connection) as asked:
            assert fill_outbox(here) == 0
    counted = [query["sql"] for query in round_ if query["sql"] == "ANALYZE"]
    if connection.vendor == "sqlite":
        assert len(counted) == 1
        ways = plan_of(asked[0]["sql"])
        assert any("open_dues" in way for way in ways), ways
        assert any("(due_id=? AND step=?)" in way for way in ways), ways
    else:
        assert counted == []


def plan_of(sql):
    """The ways by which SQLite looks up each table of a query."""
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%", "%%"), ())
        return [row[-1] for row in cursor.fetchall()]
