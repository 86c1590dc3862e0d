"""Tables that every later step asks for are worked out once, where the engine can hold them: DuckDB does, in a table of its own."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

import ibis

Keep = Callable[[ibis.Table], ibis.Table]
_numbers = count()


@contextmanager
def keeping() -> Iterator[Keep]:
    """Something to keep tables with until the end of an analysis. On other engines a table stays a recipe."""
    made: list[tuple[ibis.BaseBackend, str]] = []

    def keep(table: ibis.Table) -> ibis.Table:
        engine = table.get_backend()
        if engine.name != "duckdb":
            return table
        name = f"enthesis_kept_{next(_numbers)}"
        made.append((engine, name))
        with warnings.catch_warnings():
            # Ibis reads the schema of the new table by a name of DuckDB's that DuckDB is about to drop.
            warnings.filterwarnings("ignore", message="fetch_arrow_table", category=DeprecationWarning)
            return engine.create_table(name, table, temp=True)

    try:
        yield keep
    finally:
        for engine, name in made:
            engine.raw_sql(f"DROP TABLE IF EXISTS {name}")
