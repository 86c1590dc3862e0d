"""A snapshot: one dated, hashed, documented table of all scores and of what was due, from which every report is made."""

from enthesis.outcomes.snapshot.codebook import (
    Codebook,
    Scale,
    Time,
    codebook_as_json,
    codebook_as_markdown,
    codebook_from_json,
    scales_of,
)
from enthesis.outcomes.snapshot.columns import BEFORE, BEFORE_DAYS, COLUMNS, MOOD, SAYS, Column
from enthesis.outcomes.snapshot.mapping import Mapped, read_mapping
from enthesis.outcomes.snapshot.row import Row
from enthesis.outcomes.snapshot.spreadsheet import Rejected, Sheet, read_sheet, rows_of_sheet, starter
from enthesis.outcomes.snapshot.writing import Snapshot, codebook_in, csv_of, parquet_of, reopened, snapshot

__all__ = [
    "BEFORE",
    "BEFORE_DAYS",
    "COLUMNS",
    "MOOD",
    "SAYS",
    "Codebook",
    "Column",
    "Mapped",
    "Rejected",
    "Row",
    "Scale",
    "Sheet",
    "Snapshot",
    "Time",
    "codebook_as_json",
    "codebook_as_markdown",
    "codebook_from_json",
    "codebook_in",
    "csv_of",
    "parquet_of",
    "read_mapping",
    "read_sheet",
    "reopened",
    "rows_of_sheet",
    "scales_of",
    "snapshot",
    "starter",
]
