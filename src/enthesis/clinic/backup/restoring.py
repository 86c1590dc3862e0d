"""`enthesis restore`: a backup into an empty registry, all of it or nothing.

A backup of an older version comes back as that version left it, and is then brought up to date as its database would be.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django_scopes import scopes_disabled

from enthesis.clinic.acting import leave_trace
from enthesis.clinic.backup.lines import DAMAGED, Header, checked, lines
from enthesis.clinic.backup.making import key_tells
from enthesis.clinic.backup.tables import AT_A_TIME, holds_rows, keep_rows, kept_tables, schema_now
from enthesis.clinic.permissions import Actor
from enthesis.knowledge import BadInput
from enthesis.registry import trail
from enthesis.registry.models import Clinic


@dataclass(frozen=True)
class Restored:
    """A backup that is back. `same_key` is false where private links that were sent before open no more."""

    made_at: str
    version: str
    rows: int
    events: int
    same_key: bool


@scopes_disabled()  # type: ignore[untyped-decorator]  # django-scopes has no types
def restore(path: Path) -> Restored:
    """Put a backup into this registry, which must be empty.

    Raises BadInput, before anything is changed, for a file that is damaged, of a newer version, or no backup, and for a
    registry that holds anything.
    """
    header, executor = checked(path), MigrationExecutor(connection)
    targets = list(header.schema.items())
    _must_fit(path, header, executor)
    executor.migrate(targets)
    rows = _put_back(path, header, executor.loader.project_state(targets).apps)
    newest = MigrationExecutor(connection)
    newest.migrate(newest.loader.graph.leaf_nodes())
    with transaction.atomic():
        for clinic in Clinic.objects.order_by("slug"):
            told = {"made_at": header.made_at, "events": header.events, "head": header.head}
            leave_trace(Actor.operator((clinic.pk,)), "restored from a backup", clinic=clinic, after=told)
    return Restored(header.made_at, header.version, rows, header.events, header.key == key_tells())


def _must_fit(path: Path, header: Header, executor: MigrationExecutor) -> None:
    """Raises BadInput when the backup knows migrations that this version does not, or the registry is in its way."""
    known = executor.loader.graph.nodes
    if strange := [f"{app} {name}" for app, name in header.schema.items() if (app, name) not in known]:
        raise BadInput(
            f"{path}: was made by a newer Enthesis, {header.version} ({', '.join(strange)}); update this one first"
        )
    if holds_rows():
        raise BadInput(
            f"{path}: this registry is not empty; restore into a new one (another ENTHESIS_DATA or database)"
        )
    applied = {app: name for app, name in sorted(executor.loader.applied_migrations) if app in header.schema}
    if applied and applied != header.schema and schema_now(executor.loader) != header.schema:
        raise BadInput(
            f"{path}: was made by an older Enthesis, {header.version}, and comes back only into a registry that was "
            "never opened (another ENTHESIS_DATA or database)"
        )


def _put_back(path: Path, header: Header, then: Any) -> int:
    """All rows, in one transaction that stands only if the audit trail is whole again; how many there are."""
    known, rows = {model._meta.label: model for model in kept_tables(then)}, 0
    try:
        with transaction.atomic():
            for label, columns, some in _handfuls(path):
                keep_rows(known[label], columns, some)
                rows += len(some)
            _after_the_last(list(known.values()))
            end = trail.verify()
            if not end.holds or (end.head, end.events) != (header.head, header.events):
                raise BadInput(f"{path}: its audit trail does not hold, so nothing was restored")
    except BadInput:
        raise
    except (DatabaseError, LookupError, TypeError, ValidationError, ValueError) as error:
        raise BadInput(f"{path}: {DAMAGED}") from error
    return rows


def _handfuls(path: Path) -> Iterator[tuple[str, list[str], list[list[object]]]]:
    """Rows of one table at a time, not too many at once."""
    label = ""
    columns: list[str] = []
    some: list[list[object]] = []
    for line in lines(path):
        if isinstance(line, dict):
            yield from [(label, columns, some)] if some else []
            label, columns, some = line["table"], line["columns"], []
        else:
            some.append(line)
        if len(some) == AT_A_TIME:
            yield label, columns, some
            some = []
    if some:
        yield label, columns, some


def _after_the_last(models: list[Any]) -> None:
    """New rows count on after the last one that came back."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
