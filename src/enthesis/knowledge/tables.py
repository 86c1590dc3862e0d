"""Tables of the library: a CSV file whose rows all have one shape, each row naming where its numbers were found."""

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from enum import StrEnum
from typing import Any, TypeVar, get_args, get_type_hints

from enthesis.knowledge.errors import BadInput, LibraryError

Row = TypeVar("Row")
YES_NO = {"yes": True, "no": False}
WORDS = {float: "a number such as 1.5", int: "a whole number", bool: "yes or no"}


def read_table(text: str, shape: type[Row], *, name: str) -> tuple[Row, ...]:
    """The rows of a CSV text in the shape of a dataclass whose fields are its columns.

    A field without a default must be filled in each row; an optional one may be empty or its column left out.
    Raises LibraryError naming the file, the row (as a spreadsheet counts it) and the column.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        header, *rows = list(_numbered(reader))
    except ValueError as error:
        raise LibraryError(f"{name}: empty; a row of column names was expected") from error
    except csv.Error as error:
        raise LibraryError(f"{name}, line {reader.line_num}: not readable as CSV: {error}") from error
    columns = _columns(header[1], shape, name)
    return tuple(_row(cells, columns, shape, f"{name}, row {number}") for number, cells in rows)


def row_of(cells: dict[str, str], shape: type[Row], *, name: str) -> Row:
    """One row from its cells by column, as a form or another file gives them. Raises BadInput as `read_table` does."""
    columns = _columns(list(cells), shape, name)
    return _row([cells[column] for column in columns], columns, shape, name)


def cells_of(row: object) -> dict[str, str]:
    """The cells a row was written with, by column; empty ones left out."""
    spelled = {one.name: _spelled(getattr(row, one.name)) for one in fields(row)}  # type: ignore[arg-type]  # a dataclass
    return {column: cell for column, cell in spelled.items() if cell}


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for number, cells in enumerate(reader, start=1):
        if any(cell.strip() for cell in cells):
            yield number, [cell.strip() for cell in cells]


def _columns(header: list[str], shape: type[Row], name: str) -> list[str]:
    known = {one.name: one for one in fields(shape)}  # type: ignore[arg-type]  # shapes are dataclasses
    twice = {column for column in header if header.count(column) > 1}
    strange = [column for column in header if column not in known]
    absent = [one.name for one in known.values() if _needed(one) and one.name not in header]
    if twice or strange or absent:
        said = [f"column {column!r} is there twice" for column in sorted(twice)]
        said += [f"column {column!r} is not known; there are: {', '.join(known)}" for column in strange]
        said += [f"column {column!r} is missing" for column in absent]
        raise LibraryError(f"{name}: {'; '.join(said)}")
    return header


def _row(cells: list[str], columns: list[str], shape: type[Row], where: str) -> Row:
    if len(cells) != len(columns):
        raise LibraryError(f"{where}: {len(cells)} cells where there are {len(columns)} columns")
    known: dict[str, Field[Any]] = {one.name: one for one in fields(shape)}  # type: ignore[arg-type]  # a dataclass
    kinds = get_type_hints(shape)
    given = {}
    for column, cell in zip(columns, cells, strict=True):
        if cell:
            given[column] = _value(cell, kinds[column], f"{where}, column {column!r}")
        elif _needed(known[column]):
            raise LibraryError(f"{where}, column {column!r}: empty, and a row without it does not load")
    try:
        return shape(**given)
    except LibraryError:
        raise
    except BadInput as error:
        raise LibraryError(f"{where}: {error}") from error


def _value(cell: str, kind: Any, where: str) -> object:
    plain = next((one for one in get_args(kind) if one is not type(None)), kind)
    if plain is str:
        return cell
    if plain is bool:
        return _one_of(cell, YES_NO, where)
    if issubclass(plain, StrEnum):
        return _one_of(cell, {str(member): member for member in plain}, where)
    return _number(cell, plain, where)


def _number(cell: str, kind: type[int] | type[float], where: str) -> int | float:
    try:
        number = kind(cell)
    except ValueError as error:
        comma = "; write a decimal point, not a comma" if "," in cell else ""
        raise LibraryError(f"{where}: {cell!r} where {WORDS[kind]} was expected{comma}") from error
    if not math.isfinite(number):
        raise LibraryError(f"{where}: {cell!r} where {WORDS[kind]} was expected")
    return number


def _one_of(cell: str, choices: dict[str, Any], where: str) -> object:
    if cell not in choices:
        raise LibraryError(f"{where}: {cell!r} where one of these was expected: {', '.join(choices)}")
    return choices[cell]


def _needed(one: Field[Any]) -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _spelled(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
