"""What SQLite must be told before it chooses how to look something up.

Every query of a record names its clinic as well as the course or session it is of, and both columns have an index.
Untold, SQLite takes the clinic's and reads all the clinic has: each act grows slower with every patient.
"""

from django.db import connection

EVERY = 500  # events of the audit trail; a registry grows by what is done in it
ROWS_LOOKED_AT = 400  # of each index: the most the documentation of SQLite advises for a quick analysis


def refresh_planner() -> None:
    """Count anew how alike the keys of each index are; nothing where the database does so by itself, as PostgreSQL does.

    Without these counts SQLite takes "of this clinic" to be as choosy as "of this due thing", and reads a clinic's whole
    outbox once for each thing that is due (https://sqlite.org/lang_analyze.html). A few hundredths of a second.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")


def refresh_now_and_then(event: int) -> None:
    """Refresh once in so many events, within the transaction of the event itself; `event` is its number."""
    if event % EVERY == 0:
        refresh_planner()
