"""The command that analyses a snapshot."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from enthesis.cli.given import printed
from enthesis.knowledge import BadInput, Library

if TYPE_CHECKING:
    from enthesis.outcomes.cohort import Analysis, Measure

SNAPSHOT = "A snapshot (.parquet or .csv): a row for each course, instrument and week."
ENGINE = "duckdb, local-spark, or spark://HOST:PORT of a master."
BY = "What tells groups apart: clinic, condition, treatment, or several with commas."
DECLARED = "A scale that is not in the library, as NAME=LOWEST:HIGHEST:higher-is-worse; may be given again."
WATCH = "Also clinics side by side, quarters over time, and treatments compared; the HTML report always has them."
PUBLIC = "What may leave the clinic: floors and small cells hold in every group, as in the HTML report; without it staff see all."
HTML = "Write the report as one HTML file that needs nothing else; floors and small cells hold in it."


def report_outcomes(
    snapshot: Annotated[Path, typer.Argument(help=SNAPSHOT)],
    engine: Annotated[str, typer.Option(help=ENGINE)] = "duckdb",
    by: Annotated[str, typer.Option(help=BY)] = "",
    instrument: Annotated[list[str] | None, typer.Option(help=DECLARED)] = None,
    models: Annotated[bool, typer.Option("--models/--no-models", help="Also fit the models.")] = True,
    watch: Annotated[bool, typer.Option("--watch", help=WATCH)] = False,
    html: Annotated[Path | None, typer.Option(help=HTML)] = None,
    for_publication: Annotated[bool, typer.Option("--for-publication", help=PUBLIC)] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print exactly the keys of the contract.")] = False,
) -> None:
    """What happened to our patients: who answered, how they did, and how sure that is."""
    from enthesis.cli.outcomes.engines import opened
    from enthesis.cli.outcomes.files import codebook_of
    from enthesis.cli.outcomes.screens import tell_outcomes
    from enthesis.outcomes import cohort

    if html and not html.absolute().parent.is_dir():
        raise BadInput(f"{html}: the folder it should stand in does not exist")
    shipped, book = Library.shipped(), codebook_of(snapshot)
    asked: dict[str, Any] = {
        "measures": scales(book, instrument or ()),
        "ratings": cohort.ratings(shipped),
        "told": _told,
    }
    groups = tuple(part.strip() for part in by.split(",") if part.strip())
    with opened(snapshot, engine) as table:
        whole: dict[str, Any] = {"with_curves": html is not None, "with_watching": watch or html is not None}
        found = cohort.analyse(table, by=groups, with_models=models, **whole, **asked)
    if html:
        _write(html, found, snapshot, engine)
    if as_json:
        printed(cohort.publishable(found) if for_publication else cohort.analysis_as_json(found))
    elif not html:
        tell_outcomes(found, for_publication=for_publication)


def scales(book: Any, declared: "list[str] | tuple[str, ...]") -> "dict[str, Measure]":
    """The scales of the library, those a snapshot declares for itself, and those typed here."""
    from enthesis.outcomes import cohort

    own = {scale.id: scale.measure for scale in book.scales if scale.version == "declared"} if book else {}
    return cohort.measures(Library.shipped()) | own | {m.id: m for m in map(cohort.declared, declared)}


def _write(html: Path, found: "Analysis", snapshot: Path, engine: str) -> None:
    import hashlib

    from enthesis import __version__
    from enthesis.cli.outcomes.files import codebook_of, put
    from enthesis.expectations.report import Made, outcomes_report

    _told("writing the report")
    with snapshot.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    made = Made(codebook_of(snapshot), digest, __version__, engine)
    put({html: outcomes_report(found, made, Library.shipped()).html().encode()}, mode=0o644)


def _told(step: str) -> None:
    """Where long work stands, for a person who watches; pipes are left alone."""
    if sys.stderr.isatty():
        print(f"  {step}", file=sys.stderr)
