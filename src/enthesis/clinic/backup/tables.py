"""Which tables a backup holds, in which order they come back, and how one row is written."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model

AT_A_TIME = 500  # rows
# Made anew by every installation, or worthless elsewhere: who is signed in signs in again.
NOT_KEPT = frozenset(
    {
        "auth.Group",
        "auth.Group_permissions",
        "auth.Permission",
        "contenttypes.ContentType",
        "registry.User_groups",
        "registry.User_user_permissions",
        "sessions.Session",
    }
)
# The database takes no step of a session once it is signed, so signatures come back after everything else.
LAST = "registry.SessionSignature"


def kept_tables(apps: Apps | Any) -> list[type[Model]]:
    """The models whose rows are kept, in the order in which they come back."""
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.label not in NOT_KEPT]
    return sorted(found, key=lambda model: model._meta.label == LAST)


def columns_of(model: type[Model]) -> list[str]:
    """The names of a table's columns."""
    return [field.attname for field in model._meta.concrete_fields]


def written_rows(model: type[Model]) -> Iterator[list[object]]:
    """Every row of a table, in a form JSON can hold."""
    rows = model._base_manager.order_by("pk").values_list(*columns_of(model))
    for row in rows.iterator(chunk_size=AT_A_TIME):
        yield [_plain(value) for value in row]


def _plain(value: object) -> object:
    """A value as `to_python` of its field reads it again."""
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def keep_rows(model: type[Model], columns: list[str], rows: Iterable[list[object]]) -> None:
    """Put rows into a table as they were. Raises LookupError or ValueError for what does not fit it."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    kept = [fields[name] for name in columns]
    made = [
        model(**{field.attname: field.to_python(value) for field, value in zip(kept, row, strict=True)}) for row in rows
    ]
    model._base_manager.bulk_create(made, batch_size=AT_A_TIME)


def schema_now(loader: MigrationLoader) -> dict[str, str]:
    """The newest migration of each app that this version has."""
    return dict(loader.graph.leaf_nodes())


def holds_rows() -> bool:
    """Is there anything in this database that a restored registry would be mixed with?"""
    from django.apps import apps

    there = set(connection.introspection.table_names())
    return any(model._base_manager.exists() for model in kept_tables(apps) if model._meta.db_table in there)
