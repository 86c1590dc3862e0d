"""How full the tables are, told to SQLite, so that a course is looked up by the course and not by its whole clinic.

Every query of a record names its clinic as well as the course or session it is of, and both columns have an index. SQLite
takes either unless it has looked how many rows share a value, and with the clinic's it reads all the clinic has: each
act grows slower with every patient. It looks only when asked; PostgreSQL looks by itself.
"""

from django.db import connection

EVERY = 500  # events of the audit trail; a registry grows by what is done in it
ROWS = 400  # of an index are read at most, so that a look takes some milliseconds however much there is


def look_now_and_then(event: int) -> None:
    """Look again once in so many events, within the transaction of the event itself. `event` is its number."""
    if event % EVERY == 0:
        look()


def look() -> None:
    """Count what SQLite's planner goes by (https://www.sqlite.org/lang_analyze.html, section 5)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {ROWS}")
            cursor.execute("ANALYZE")
