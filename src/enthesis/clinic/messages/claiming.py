"""The claim of a message, written in SQL once and asked for each: writing it anew cost more than sending the letter."""

from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.sql import UpdateQuery

from enthesis.registry.models.messages import Outgoing

WAITING, SENDING, DROPPED = "waiting", "sending", "dropped"
Written = tuple[str, tuple[Any, ...]]  # a statement and what fills its gaps


class Claim:
    """Claims a message that waits, if it is still wanted; one statement each, so that nothing comes between."""

    def __init__(self, model: type[Outgoing], wanted: Q) -> None:
        anyone = uuid4()
        self._key = model._meta.pk
        self._stands_for = self._prepared(anyone)
        rows = model.objects.filter(pk=anyone, state=WAITING)  # type: ignore[attr-defined]  # every concrete model has it
        self._take = _update(rows.filter(wanted), state=SENDING, attempts=F("attempts") + 1)
        self._drop = _update(rows, state=DROPPED)

    def of(self, id: UUID) -> str:
        """SENDING, or DROPPED where it is wanted no more; nothing where somebody else was faster."""
        if self._changed(self._take, id):
            return SENDING
        return DROPPED if self._changed(self._drop, id) else ""

    def _changed(self, written: Written, id: UUID) -> bool:
        sql, values = written
        own = self._prepared(id)
        with connection.cursor() as cursor:
            cursor.execute(sql, [own if value == self._stands_for else value for value in values])
            return bool(cursor.rowcount)

    def _prepared(self, id: UUID) -> Any:
        return self._key.get_db_prep_value(id, connection)


def _update(rows: "QuerySet[Any]", **values: object) -> Written:
    """What `rows.update(**values)` would send to the database."""
    query: Any = rows.query.chain(UpdateQuery)  # as QuerySet.update does, whose types are not told
    query.add_update_values(values)
    sql, given = query.get_compiler(connection=connection).as_sql()
    return sql, tuple(given)
