"""Numbers out of cells; a cell that is not one is named with its row, its column and what to do."""

import re

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.reading.text import Table
from enthesis.knowledge import BadInput

EMPTY = frozenset({"", "na", "n/a", "nan", "null", "none", ".", "-", "–"})
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
DATE = re.compile(
    r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{4}[-/]\d{1,2}[-/]\d{1,2}.*|\d{1,2}/\d{1,2}"  # 1.5.2024, 2024-05-01, 5/1
    rf"|\d{{1,2}}[- /]{MONTH}|{MONTH}[- /]\d{{2,4}}",  # 5-Jan, Jan-05
    re.IGNORECASE,
)
COMMA = re.compile(r"[-+]?\d*,\d+(?:[eE][-+]?\d+)?")
PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def numbers_in(table: Table, place: int, column: str) -> Floats:
    """The column as numbers, NaN where it is empty. Raises BadInput for the first cell that is not a number."""
    cells = table.columns[place]
    wanted = [cell.replace(",", ".") if table.decimal == "," else cell for cell in cells]
    if all(map(PLAIN.fullmatch, wanted)):
        return np.array(wanted, dtype=np.float64)
    return np.array([_number(cell, table, row, column) for row, cell in enumerate(wanted)], dtype=np.float64)


def _number(cell: str, table: Table, row: int, column: str) -> float:
    if cell.lower() in EMPTY:
        return float("nan")
    plain = cell.replace("\u2212", "-")  # a typographic minus
    if PLAIN.fullmatch(plain):
        return float(plain)
    where = f"{table.source}: row {table.lines[row]}, column {column}"
    raise BadInput(f"{where}: {_advice(cell, column)}")


def _advice(cell: str, column: str) -> str:
    if COMMA.fullmatch(cell):
        return f"{cell!r} is written with a comma; write {cell.replace(',', '.')!r}, with a point and no thousands mark"
    if DATE.fullmatch(cell):
        return f"{cell!r} is a date, most likely made of a number by a spreadsheet; format the column as text, type it again"
    if cell.endswith("%"):
        return f"{cell!r} has a percent sign; write the number alone"
    return f"{cell!r} is not a number; a number was expected in {column!r}, or an empty cell where it is not known"


def dates_in(table: Table, place: int, column: str) -> tuple[str, ...]:
    """Labels that look like dates: a spreadsheet may have turned a name such as '1-5' into one."""
    return tuple(
        f"{table.source}: row {table.lines[row]}, column {column}: {cell!r} looks like a date made by a spreadsheet; "
        "check the name"
        for row, cell in enumerate(table.columns[place])
        if cell[:1].isalnum() and DATE.fullmatch(cell)
    )[:3]
