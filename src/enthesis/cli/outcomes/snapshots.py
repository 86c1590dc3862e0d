"""`enthesis snapshot`: the table every report is made from, out of the registry or out of a clinic's own spreadsheet."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from enthesis.cli.core import Json, today
from enthesis.cli.given import a_date, a_file, printed
from enthesis.knowledge import BadInput, Library

if TYPE_CHECKING:
    from enthesis.outcomes.snapshot import Mapped, Rejected, Row, Scale, Snapshot


class Shortened(TyperGroup):
    """`enthesis snapshot OUT` is `enthesis snapshot take OUT`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the usual word in where none of the group's own was typed."""
        named = args and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, list(args) if named or not args else ["take", *args])


app = typer.Typer(cls=Shortened, no_args_is_help=True, help="One dated, hashed, documented table of all scores.")
Out = Annotated[Path, typer.Argument(help="The file to write, .parquet or .csv: both are written, with a codebook.")]
MAPPING = "The TOML file that says which column is which; FILE.columns.toml if left out."
LEAVE_OUT = "Write the snapshot without the rows that cannot be read; each is reported all the same."


@app.command("take")
def take(
    out: Out,
    on: Annotated[str | None, typer.Option(help="The day whose end is shown; today if left out.")] = None,
    clinic: Annotated[
        list[str] | None, typer.Option(help="A clinic; every one if left out. May be given again.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Write every score of the registry and everything that was due. The same day gives the same bytes."""
    from enthesis.cli.database import clinics_and_operator
    from enthesis.cli.outcomes.files import write_snapshot

    day: date = a_date("on", on, default=today())
    places, by = clinics_and_operator(clinic or ())
    from enthesis.clinic.outcomes.snapshotting import take_snapshot

    made = take_snapshot(by=by, clinics=places, on=day, today=today())
    _told(made, write_snapshot(made, out), as_json=as_json)


@app.command("from-table")
def from_table(
    file: Annotated[Path, typer.Argument(help="A table in CSV with a row of column names.")],
    out: Out,
    columns: Annotated[Path | None, typer.Option(help=MAPPING)] = None,
    on: Annotated[str | None, typer.Option(help="The day the table stands for; today if left out.")] = None,
    leave_out: Annotated[bool, typer.Option("--leave-out-rejected", help=LEAVE_OUT)] = False,
    as_json: Json = False,
) -> int:
    """Make a snapshot of a spreadsheet a clinic already has. Every row that cannot be read is named; then nothing is written."""
    from enthesis.cli.outcomes.files import write_snapshot
    from enthesis.outcomes.snapshot import read_mapping, read_sheet, rows_of_sheet, snapshot

    day, beside = a_date("on", on, default=today()), columns or file.with_suffix(".columns.toml")
    content = a_file(file)
    if columns is None and not beside.is_file():
        raise BadInput(f"{beside}: no such file; begin one with `enthesis snapshot columns {file}`")
    mapped = read_mapping(a_file(beside), str(beside))
    sheet = read_sheet(content, str(file), encoding=mapped.encoding, delimiter=mapped.delimiter)
    scales = _scales(mapped)
    rows, rejected = rows_of_sheet(sheet, mapped, scales, str(file))
    for one in rejected:
        print(f"{file}: {one.in_words}", file=sys.stderr)
    if rejected and not leave_out:
        raise BadInput(f"{file}: {len(rejected)} rows or cells cannot be read; nothing was written")
    made = snapshot(rows, _book(file, day, mapped, scales, rows, rejected))
    _told(made, write_snapshot(made, out), as_json=as_json, rejected=rejected)
    return 1 if rejected else 0


@app.command("columns")
def columns(file: Annotated[Path, typer.Argument(help="A table in CSV with a row of column names.")]) -> None:
    """Print a mapping to begin with, made of the column names of a table."""
    from enthesis.outcomes.snapshot import read_sheet, starter

    print(starter(read_sheet(a_file(file), str(file)), file.name), end="")


def _scales(mapped: "Mapped") -> "dict[str, Scale]":
    from enthesis.outcomes import instruments
    from enthesis.outcomes.snapshot import scales_of

    library = Library.shipped()
    ids = {entry.id for entry in instruments(library)} | set(mapped.declared)
    return {scale.id: scale for scale in scales_of(library, ids, mapped.declared)}


def _book(
    file: Path,
    on: date,
    mapped: "Mapped",
    scales: "dict[str, Scale]",
    rows: "tuple[Row, ...]",
    rejected: "tuple[Rejected, ...]",
) -> Any:
    from dataclasses import asdict

    from enthesis import __version__
    from enthesis.outcomes.snapshot import Codebook

    used = sorted({row.instrument for row in rows})
    return Codebook(
        taken_on=on.isoformat(),
        made_from=f"the table {file.name}",
        simulated=False,
        digest="",
        rows=0,
        courses=0,
        library=Library.shipped().fingerprint,
        version=__version__,
        columns=(),
        scales=tuple(scales[id] for id in used),
        left_out=tuple(f"row {one.row}: {one.field}, expected {one.expected}" for one in rejected),
        mapping=asdict(mapped),
    )


def _told(made: "Snapshot", files: tuple[Path, ...], *, as_json: bool, rejected: "tuple[Rejected, ...]" = ()) -> None:
    book = made.book
    said = {
        "files": [str(path) for path in files], "rows": book.rows, "courses": book.courses, "taken_on": book.taken_on,
        "content": book.digest, "library": book.library, "simulated": book.simulated,
        "rejected": [{"row": one.row, "field": one.field, "expected": one.expected} for one in rejected],
    }  # fmt: skip
    if as_json:
        printed(said)
        return
    print(f"{book.rows} rows of {book.courses} courses as of {book.taken_on}{', simulated' if book.simulated else ''}")
    print(f"content {book.digest}")
    for path in files:
        print(f"  {path}")
