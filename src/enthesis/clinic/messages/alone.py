"""Only one process empties the outbox of one registry: what another had claimed is then known to be interrupted."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from enthesis.clinic.errors import OutOfOrder

NUMBER = 0x656E7468  # of the advisory lock; any number that is ours
BUSY = "another process is sending messages from this registry; let it go on, or stop it first"


@contextmanager
def alone() -> Iterator[None]:
    """Hold the lock until the end of the block or of the process. Raises OutOfOrder when another holds it."""
    with _by_server() if connection.vendor == "postgresql" else _by_file():
        yield


@contextmanager
def _by_server() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [NUMBER])
        if not cursor.fetchone()[0]:
            raise OutOfOrder(BUSY)
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [NUMBER])


@contextmanager
def _by_file() -> Iterator[None]:
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with (settings.DATA / "messages.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise OutOfOrder(BUSY) from error
        yield
