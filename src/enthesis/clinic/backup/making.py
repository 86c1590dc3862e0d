"""`enthesis backup`: everything about everybody in one file that only its owner can read."""

import gzip
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.crypto import salted_hmac
from django_scopes import scopes_disabled

from enthesis import __version__
from enthesis.clinic.acting import leave_trace, now
from enthesis.clinic.backup.lines import Header, Writer
from enthesis.clinic.backup.tables import columns_of, kept_tables, schema_now, written_rows
from enthesis.clinic.permissions import Actor
from enthesis.knowledge import BadInput
from enthesis.registry import trail
from enthesis.registry.models import Clinic

SALT = "enthesis.backup"


@dataclass(frozen=True)
class Made:
    """A backup that was written."""

    rows: int
    tables: int
    size: int
    sha256: str


def back_up(path: Path) -> Made:
    """Write the whole registry as it is at one moment. The file appears whole or not at all, with mode 0600.

    Raises BadInput when a file is there already, or when it cannot be written.
    """
    if path.exists():
        raise BadInput(f"{path}: is there already, and a backup is never written over; name another file")
    if not path.absolute().parent.is_dir():
        raise BadInput(f"{path}: the folder it should stand in does not exist")
    try:
        making, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.absolute().parent)  # mode 0600
    except OSError as error:
        raise BadInput(f"{path}: cannot be written: {error.strerror or error}") from error
    try:
        with os.fdopen(making, "wb") as file:
            made = _written(file)
            file.flush()
            os.fsync(file.fileno())
        os.link(name, path)  # refuses what came to stand there meanwhile
        return made
    except FileExistsError:
        raise BadInput(f"{path}: is there already, and a backup is never written over; name another file") from None
    finally:
        Path(name).unlink()


def key_tells() -> str:
    """The same for the same secret key, and nothing about the key itself."""
    return salted_hmac(SALT, "key").hexdigest()[:16]


@scopes_disabled()  # type: ignore[untyped-decorator]  # django-scopes has no types
def _written(file: object) -> Made:
    tables = kept_tables(apps)
    with transaction.atomic(), gzip.GzipFile(fileobj=file, mode="wb", mtime=0) as packed:  # type: ignore[call-overload]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        _trace()
        end, writer = trail.verify(), Writer(packed)
        schema = schema_now(MigrationLoader(connection))
        writer.header(Header(now().isoformat(), __version__, schema, end.head, end.events, key_tells()))
        for model in tables:
            writer.table(model._meta.label, columns_of(model))
            for row in written_rows(model):
                writer.row(row)
        sealed = writer.seal()
    return Made(writer.rows, len(tables), file.tell(), sealed)  # type: ignore[attr-defined]


def _trace() -> None:
    for clinic in Clinic.objects.order_by("slug"):
        leave_trace(Actor.operator((clinic.pk,)), "made a backup", clinic=clinic)
