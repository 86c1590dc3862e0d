"""A snapshot as bytes: CSV, and Parquet with its codebook inside. The same rows give the same bytes."""

import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from enthesis.knowledge import BadInput
from enthesis.outcomes.snapshot.codebook import Codebook, codebook_as_json, codebook_from_json
from enthesis.outcomes.snapshot.columns import columns_of, table_of
from enthesis.outcomes.snapshot.row import Row

KEY = b"enthesis"


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A table and its codebook."""

    table: pa.Table
    book: Codebook


def snapshot(rows: Sequence[Row], book: Codebook) -> Snapshot:
    """A snapshot of these rows; its columns, counts and digest are written into the codebook. Raises BadInput for none."""
    if not rows:
        raise BadInput("snapshot: there is no row; expected at least one course with an answer that was due")
    table = table_of(rows)
    counted = Codebook(
        **vars(book)
        | {"rows": len(rows), "courses": len({row.course for row in rows}), "columns": columns_of(rows), "digest": ""}
    )
    return Snapshot(table, counted.sealed(hashlib.sha256(csv_of(table)).hexdigest()))


def csv_of(table: pa.Table) -> bytes:
    """The table as CSV in UTF-8, with a point in decimals."""
    out = io.BytesIO()
    pa.csv.write_csv(table, out, pa.csv.WriteOptions(quoting_style="needed"))
    return out.getvalue()


def parquet_of(snapshot: Snapshot) -> bytes:
    """The table as Parquet, with the codebook in its metadata."""
    text = json.dumps(codebook_as_json(snapshot.book), sort_keys=True, ensure_ascii=False).encode()
    out = io.BytesIO()
    pa.parquet.write_table(snapshot.table.replace_schema_metadata({KEY: text}), out, compression="zstd")
    return out.getvalue()


def codebook_in(metadata: dict[bytes, bytes] | None) -> Codebook | None:
    """The codebook inside a Parquet file's metadata; None where there is none."""
    if not metadata or KEY not in metadata:
        return None
    return codebook_from_json(json.loads(metadata[KEY]))


def reopened(content: bytes) -> Snapshot:
    """A snapshot from the bytes of its Parquet file. Raises BadInput for a file without a codebook."""
    table = pa.parquet.read_table(io.BytesIO(content))
    book = codebook_in(table.schema.metadata)
    if book is None:
        raise BadInput("snapshot: there is no codebook inside; expected a file that `enthesis snapshot` wrote")
    return Snapshot(table.replace_schema_metadata(None), book)
