"""The table of judgments as CSV: written beside its place and put there whole, with nothing a spreadsheet would run."""

import csv
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from enthesis.cli.bulk.judging import Asking, Told
from enthesis.knowledge import BadInput

COLUMNS = (
    "record",
    "patient",
    "decision",
    "earliest",
    "on",
    "as_of",
    "site",
    "rules",
    "open_questions",
    "library",
    "skipped",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Table:
    """Rows onto a file, one for each record; without any record nothing is written, not even the head."""

    def __init__(self, file: TextIO, asking: Asking) -> None:
        self._rows = csv.writer(file, lineterminator="\n")
        self._same = (asking.on.isoformat(), asking.as_of.isoformat(), str(asking.site))
        self._library = asking.library.fingerprint
        self._begun = False

    def add(self, one: Told) -> None:
        """One row; a record that was skipped has a reason and no judgment."""
        if not self._begun:
            self._rows.writerow(COLUMNS)
            self._begun = True
        number = "" if one.skipped else str(one.open_questions)
        cells = (one.record, one.patient, one.decision, one.earliest, *self._same, one.rules, number)
        self._rows.writerow([harmless(cell) for cell in (*cells, self._library, one.skipped)])


def harmless(cell: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before what would start one."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell


@contextmanager
def table(out: Path | None, asking: Asking) -> Iterator[Table]:
    """A table on standard output, or in a file that appears when it is whole. Raises BadInput when it cannot be written."""
    if out is None:
        yield Table(sys.stdout, asking)
        return
    try:
        handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.", suffix=".part")
    except OSError as error:
        raise BadInput(f"{out}: cannot be written: {error.strerror or error}") from error
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            yield Table(file, asking)
        _put(part, out)
    finally:
        part.unlink(missing_ok=True)


def _put(part: Path, out: Path) -> None:
    """The finished file at its place. It names patients, so it stays readable by its owner alone."""
    try:
        part.replace(out)
    except OSError as error:
        raise BadInput(f"{out}: cannot be written: {error.strerror or error}") from error
