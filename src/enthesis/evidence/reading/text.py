"""The bytes or text of a trial file, as a table of cells with the row each came from."""

import csv
from dataclasses import dataclass
from io import StringIO

from enthesis.knowledge import BadInput

DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class Table:
    """Cells as text; `lines` are the rows a spreadsheet shows; `decimal` the mark inside numbers."""

    source: str
    header: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    decimal: str = "."
    notes: tuple[str, ...] = ()


def table_of(content: str | bytes, *, source: str) -> Table:
    """The table in a CSV file with commas, semicolons or tabs. Raises BadInput naming file and row."""
    text, notes = _text(content, source)
    delimiter = _delimiter(text)
    read = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [(number, row) for number, row in enumerate(read, 1) if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise BadInput(f"{source}: row {read.line_num}: not readable as CSV: {error}") from error
    if not rows:
        raise BadInput(f"{source}: the file is empty; a header such as study,treatment,n,mean,sd was expected")
    header = _header(rows[0][1], source)
    if len(rows) == 1:
        raise BadInput(f"{source}: there is a header and no row under it; one row for each arm or study was expected")
    width = len(header)
    body = [_fitted(row, width, number, delimiter, source) for number, row in rows[1:]]
    columns = tuple(tuple(cell.strip() for cell in column) for column in zip(*body, strict=True))
    decimal = "," if delimiter == ";" else "."
    return Table(source, header, columns, tuple(number for number, _row in rows[1:]), decimal, notes)


def _text(content: str | bytes, source: str) -> tuple[str, tuple[str, ...]]:
    """Bytes as text: UTF-8 with or without a byte order mark, UTF-16 with one, else Windows-1252, which is said."""
    if isinstance(content, str):
        return content.removeprefix("\ufeff"), ()
    if content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0":
        raise BadInput(f"{source}: this is a workbook, not text; save the sheet as 'CSV UTF-8' and give that file")
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace"), ()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = content.decode("cp1252", errors="replace")
        return text, (_says_encoding(text, content, error.start, source),)
    if "\0" in text:
        raise BadInput(f"{source}: row {text.count(chr(10), 0, text.index(chr(0))) + 1}: not text; a CSV was expected")
    return text, ()


def _says_encoding(text: str, content: bytes, start: int, source: str) -> str:
    row = content.count(b"\n", 0, start) + 1
    before = content[content.rfind(b"\n", 0, start) + 1 : start].decode("cp1252", errors="replace")
    line = text.splitlines()[row - 1] if row <= len(text.splitlines()) else ""
    header = [name.strip() for name in text.splitlines()[0].split(_delimiter(text))]
    place = before.count(_delimiter(text))
    column = header[place] if row > 1 and place < len(header) and header[place] else str(place + 1)
    return (
        f"{source}: row {row}, column {column}: not UTF-8, read as Windows-1252 (Latin-1): {line[:60]!r}; "
        "save the file as 'CSV UTF-8' if a name looks wrong"
    )


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)


def _header(cells: list[str], source: str) -> tuple[str, ...]:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    plain = [name.lower() for name in names]
    for place, name in enumerate(plain):
        if not name:
            raise BadInput(f"{source}: row 1, column {place + 1}: a column without a name; name it or take it out")
        if name in plain[:place]:
            raise BadInput(f"{source}: row 1, column {names[place]}: this name stands twice; rename one of them")
    return tuple(names)


def _fitted(row: list[str], width: int, number: int, delimiter: str, source: str) -> list[str]:
    """A row as wide as the header; empty cells at its end do not count."""
    if len(row) > width and any(cell.strip() for cell in row[width:]):
        hint = "; is a number written with a comma? write 0.5, not 0,5" if delimiter == "," else ""
        raise BadInput(f"{source}: row {number}: {len(row)} cells where the header has {width}{hint}")
    if len(row) < width - 1 and delimiter == "," and len(row) == 1:
        raise BadInput(f"{source}: row {number}: one cell where the header has {width}")
    return (row + [""] * (width - len(row)))[:width]
