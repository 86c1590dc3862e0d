"""The command that analyses a snapshot."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from enthesis.cli.given import printed
from enthesis.knowledge import Library

SNAPSHOT = "A snapshot (.parquet or .csv): a row for each course, instrument and week."
ENGINE = "duckdb, local-spark, or spark://HOST:PORT of a master."
BY = "What tells groups apart: clinic, condition, treatment, or several with commas."
DECLARED = "A scale that is not in the library, as NAME=LOWEST:HIGHEST:higher-is-worse; may be given again."


def report_outcomes(
    snapshot: Annotated[Path, typer.Argument(help=SNAPSHOT)],
    engine: Annotated[str, typer.Option(help=ENGINE)] = "duckdb",
    by: Annotated[str, typer.Option(help=BY)] = "",
    instrument: Annotated[list[str] | None, typer.Option(help=DECLARED)] = None,
    models: Annotated[bool, typer.Option("--models/--no-models", help="Also fit the models.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print exactly the keys of the contract.")] = False,
) -> None:
    """What happened to our patients: who answered, how they did, and how sure that is."""
    from enthesis.cli.outcomes.engines import opened
    from enthesis.cli.outcomes.files import codebook_of
    from enthesis.cli.outcomes.screens import tell_outcomes
    from enthesis.outcomes import cohort

    shipped, book = Library.shipped(), codebook_of(snapshot)
    own = {scale.id: scale.measure for scale in book.scales if scale.version == "declared"} if book else {}
    scales = cohort.measures(shipped) | own | {m.id: m for m in map(cohort.declared, instrument or ())}
    groups = tuple(part.strip() for part in by.split(",") if part.strip())
    with opened(snapshot, engine) as table:
        found = cohort.analyse(
            table, measures=scales, by=groups, told=_told, with_models=models, ratings=cohort.ratings(shipped)
        )
    printed(cohort.analysis_as_json(found)) if as_json else tell_outcomes(found)


def _told(step: str) -> None:
    """Where long work stands, for a person who watches; pipes are left alone."""
    if sys.stderr.isatty():
        print(f"  {step}", file=sys.stderr)
