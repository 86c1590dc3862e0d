"""The text of a file that holds a wording: TOML, or CSV with a column for each number."""

import csv
import io
import tomllib
from typing import Any

from enthesis.knowledge import BadInput
from enthesis.outcomes.wording import Wording, wording_from

LONGEST = 4  # digits of a number an answer may count
CSV_COLUMNS = "id,text and one column for each number, such as id,text,0,1,2,3,4,5"


def wording_of_text(text: str, *, name: str, instructions: str = "", language: str = "") -> Wording:
    """The wording in a file called `name`; the ending decides how it is read. Raises BadInput naming file and place."""
    try:
        given = _from_csv(text) if name.lower().endswith(".csv") else _from_toml(text)
        more = {"instructions": instructions, "language": language}
        return wording_from(given | {key: value for key, value in more.items() if value})
    except BadInput as error:
        raise BadInput(f"{name}: {error}") from error


def _from_toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except ValueError as error:  # of TOML itself, or a number of thousands of digits in it
        raise BadInput(f"this is not TOML ({str(error).partition(';')[0]})") from error
    except RecursionError as error:
        raise BadInput("this is not TOML (nested too deeply)") from error


def _from_csv(text: str) -> dict[str, Any]:
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    try:
        columns = list(rows.fieldnames or ())
        numbers = sorted((one for one in columns if one.isdecimal() and len(one) <= LONGEST), key=int)
        if {"id", "text", *numbers} != set(columns) or len(set(columns)) < len(columns):
            raise BadInput(f"the columns are {CSV_COLUMNS}")
        return {"questions": [_row(row, numbers) for row in rows]}
    except csv.Error as error:
        raise BadInput(f"row {rows.line_num + 1}: {error}") from error


def _row(row: dict[str, Any], numbers: list[str]) -> dict[str, Any]:
    if None in row or None in row.values():
        raise BadInput(f"row of {row.get('id')!r}: another number of cells than columns")
    return {"id": row["id"].strip(), "text": row["text"], "answers": [row[number] for number in numbers]}
