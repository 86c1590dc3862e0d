"""The engine's answer to a question, as a table or as rows."""

from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.operations import InMemoryTable


def fetched(asked: ibis.Table) -> pa.Table:
    """What the engine says.

    DuckDB is asked by itself where it holds all that is asked about: Ibis would first load pandas, which takes longer than
    most of the answers.
    """
    engine = asked.get_backend()
    if engine.name != "duckdb" or asked.op().find(InMemoryTable):
        return asked.to_pyarrow()
    return engine.con.sql(engine.compile(asked)).to_arrow_table().cast(asked.schema().to_pyarrow())


def answers(asked: ibis.Table) -> list[dict[str, Any]]:
    """The same, a mapping for each row."""
    rows: list[dict[str, Any]] = fetched(asked).to_pylist()
    return rows
