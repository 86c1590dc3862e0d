"""A clinic's own table, read row by row: every row that cannot be used is named, with the field and what was expected."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from enthesis.knowledge import BadInput
from enthesis.outcomes.snapshot.cells import Reader, Refused
from enthesis.outcomes.snapshot.codebook import Scale
from enthesis.outcomes.snapshot.mapping import LONG, MAPPABLE, Mapped
from enthesis.outcomes.snapshot.row import Row

DELIMITERS = ";\t|,"
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .xls
MOST_FIELDS = 1_000_000  # letters in one cell


@dataclass(frozen=True)
class Sheet:
    """A table as text: its header, and its rows with the number a spreadsheet shows beside them."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Rejected:
    """A row that was not used: which, why, and what stood there. `found` is for whoever holds the table; nothing keeps it."""

    row: int
    field: str
    expected: str
    found: str

    @property
    def in_words(self) -> str:
        """One line for whoever corrects the table."""
        return f"row {self.row}, {self.field}: {self.found!r}; expected {self.expected}"


def read_sheet(content: bytes, name: str, *, encoding: str = "", delimiter: str = "") -> Sheet:
    """A CSV file in UTF-8 (with or without a mark), UTF-16 with its mark, or Latin-1. Raises BadInput naming the file."""
    if content.startswith(WORKBOOKS):
        raise BadInput(f"{name}: a workbook of a spreadsheet program cannot be read; save the sheet as CSV first")
    text = _decoded(content, name, encoding)
    first = next(iter(text.lstrip("\r\n").splitlines()), "")
    found = delimiter or max(DELIMITERS, key=first.count)
    csv.field_size_limit(MOST_FIELDS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=found, strict=True)
    try:
        numbered = [
            (at, tuple(c.strip() for c in cells)) for at, cells in enumerate(reader, 1) if any(map(str.strip, cells))
        ]
    except csv.Error as error:
        raise BadInput(f"{name}, line {reader.line_num}: not readable as CSV: {error}") from error
    if not numbered:
        raise BadInput(f"{name}: empty; expected a row of column names and a row for each score or course")
    (_, header), *rows = numbered
    twice = sorted({column for column in header if column and header.count(column) > 1})
    if twice:
        raise BadInput(f"{name}: column {twice[0]!r} is there twice; give each column a name of its own")
    if not rows:
        raise BadInput(f"{name}: there is a row of column names and nothing below it")
    return Sheet(header, tuple(rows))


def _decoded(content: bytes, name: str, encoding: str) -> str:
    marked = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    ways = (encoding,) if encoding else ("utf-16",) if marked else ("utf-8-sig", "cp1252", "latin-1")
    for way in ways:
        try:
            return content.decode(way)
        except UnicodeDecodeError:
            continue
        except LookupError as error:
            raise BadInput(f"encoding: {way!r} is not known; expected utf-8, utf-16, latin-1 or another") from error
    raise BadInput(f"{name}: not readable as {ways[0]} text; say its encoding in the mapping")


def rows_of_sheet(
    sheet: Sheet, mapped: Mapped, scales: Mapping[str, Scale], name: str
) -> tuple[tuple[Row, ...], tuple[Rejected, ...]]:
    """What could be read and what could not; nothing is guessed. Raises BadInput for a column that is not there.

    Of a row twice the first is kept, and each later one is rejected.
    """
    for column in mapped.used:
        if column not in sheet.header:
            raise BadInput(f"{name}: there is no column {column!r}; there are: {', '.join(filter(None, sheet.header))}")
    reader = Reader(mapped, scales)
    kept: dict[tuple[str, str, float], tuple[int, Row]] = {}
    rejected: list[Rejected] = []
    for number, cells in sheet.rows:
        if len(cells) != len(sheet.header):
            rejected.append(Rejected(number, "the row", f"{len(sheet.header)} cells", f"{len(cells)} cells"))
            continue
        named = dict(zip(sheet.header, cells, strict=True))
        for field, made in _made(reader, mapped, named):
            if isinstance(made, Refused):
                rejected.append(Rejected(number, made.field, made.expected, made.found))
                continue
            place = (made.course, made.instrument, made.week)
            if field == mapped.baseline and kept.get(place, (0, made))[1] == made:
                kept.setdefault(place, (number, made))  # the same again, as it should be
            elif place in kept:
                expected = f"one row for each course, instrument and week; row {kept[place][0]} is the first"
                rejected.append(
                    Rejected(number, field, expected, f"{made.course}, {made.instrument}, week {made.week:g}")
                )
            else:
                kept[place] = number, made
    rows = tuple(row for _, row in kept.values())
    return rows, (*rejected, *_disagreeing(kept.values()))


def _made(reader: Reader, mapped: Mapped, cells: Mapping[str, str]) -> Iterator[tuple[str, Row | Refused]]:
    """Every row of the snapshot that a row of the table holds, or the first thing wrong with it."""
    if not mapped.scores:
        said = {one: reader.said(cells, one) for one in LONG}
        if mapped.baseline:
            first = said | {"week": "0", "score": cells[mapped.baseline]}
            yield mapped.baseline, Reader(mapped.before(), reader.scales).row(cells, first, column=mapped.baseline)
        yield "the row", reader.row(cells, said)
    for one in mapped.scores:
        said = {"instrument": one.instrument, "week": f"{one.week:g}", "score": cells[one.column]}
        yield one.column, reader.row(cells, said, column=one.column)


def _disagreeing(kept: Iterable[tuple[int, Row]]) -> Iterator[Rejected]:
    """What must be the same in every row of a course, and is not: reported, since one course then speaks for two."""
    seen: dict[str, tuple[int, dict[str, object]]] = {}
    told: set[tuple[str, str]] = set()
    for number, row in kept:
        said = {key: value for key, value in asdict(row).items() if key in OF_COURSES}
        at, first = seen.setdefault(row.course, (number, said))
        for key, value in said.items():
            if value != first[key] and (row.course, key) not in told:
                told.add((row.course, key))
                yield Rejected(number, key, f"the same in every row of course {row.course}, as in row {at}", str(value))


OF_COURSES = ("clinic", "patient", "condition", "treatment", "arm", "enrolled_on", "first_injection_on", "sex")


def starter(sheet: Sheet, name: str) -> str:
    """A mapping to begin with: columns that bear a snapshot's own name are filled in, the others listed."""
    lower = {column.lower(): column for column in sheet.header}
    found = [f'{one} = "{lower[one]}"' for one in MAPPABLE if one in lower]
    missing = [] if "course" in lower else ['course = ""    # the number of the course, or of the person']
    others = [f"# not yet used: {column}" for column in sheet.header if column.lower() not in MAPPABLE]
    return "\n".join([OPENING.format(name=name), *found, *missing, CLOSING, *others]) + "\n"


OPENING = """# How {name} is read. Left: a column of the snapshot. Right: the column of the table.
[columns]"""
CLOSING = """
[fixed]
# treatment = "dextrose-prolotherapy"

# A table with one row for each score may repeat the score before treatment in every row:
# baseline = "Pain before"     (above [columns])

# A table with one row for each course has one such block for each column of scores:
# [[scores]]
# column = "Pain after 6 months"
# instrument = "pain-nrs"
# week = 26
"""
