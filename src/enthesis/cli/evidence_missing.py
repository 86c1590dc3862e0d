"""`enthesis evidence missing`: what results that were never reported could do to each estimate of a network."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enthesis.cli.evidence import REFERENCE, SMALL, Files, Json, KeepNames, Level, Measure, read
from enthesis.cli.given import a_file, printed
from enthesis.knowledge import BadInput

if TYPE_CHECKING:
    from enthesis.evidence.certainty.missing_evidence import Judged, MissingEvidence

JUDGED = (
    "A CSV with treatment1,treatment2,favours and, if known, missing: for each comparison whom results that are not "
    "reported favour (empty: nobody), and how many studies are known to have them."
)


def missing(
    files: Files,
    judged: Annotated[Path, typer.Option("--judged", help=JUDGED)],
    measure: Measure = None,
    reference: Annotated[str | None, typer.Option(help=REFERENCE)] = None,
    small_values: Annotated[str, typer.Option(help=SMALL)] = "good",
    level: Level = 0.95,
    keep_names: KeepNames = False,
    as_json: Json = False,
) -> None:
    """Two tables in the manner of ROB-MEN: each comparison with its judgment, each estimate with its risk and why.

    The judgments are yours; the rule that joins them with contributions and small-study effects is ours, and is printed.
    """
    from enthesis import evidence
    from enthesis.evidence.certainty.missing_evidence import missing_evidence

    network = evidence.network(
        read(files, measure=measure, keep_names=keep_names, aloud=as_json),
        measure=measure,
        reference=reference,
        small_values=small_values.lower(),
        level=level,
    )
    if isinstance(network, evidence.Parts):
        listed = "; ".join(", ".join(part.treatments) for part in network.networks)
        raise BadInput(f"trials do not connect all treatments, give one part at a time: {listed}")
    found = missing_evidence(network, judgments(judged))
    if as_json:
        printed({"said": found.explain()} | asdict(found))
        return
    print("\n".join(_lines(found)))


def judgments(path: Path) -> "dict[tuple[str, str], Judged]":
    """Judgments by comparison. Raises BadInput naming row and column."""
    from enthesis.evidence.certainty.missing_evidence import Judged
    from enthesis.evidence.reading.text import table_of

    table = table_of(a_file(path), source=str(path))
    names = [name.lower() for name in table.header]
    for needed in ("treatment1", "treatment2", "favours"):
        if needed not in names:
            raise BadInput(f"{path}: row 1: there is no column {needed!r}; treatment1,treatment2,favours were expected")
    found: dict[tuple[str, str], Judged] = {}
    for line, row in zip(table.lines, zip(*table.columns, strict=True), strict=True):
        cells = dict(zip(names, row, strict=True))
        pair, count = (cells["treatment1"], cells["treatment2"]), cells.get("missing") or "0"
        if not count.isdecimal():
            raise BadInput(f"{path}: row {line}, column missing: {count!r}; a whole number of studies was expected")
        if pair in found or pair[::-1] in found:
            raise BadInput(f"{path}: row {line}: {' and '.join(pair)} are judged twice; keep one row")
        found[pair] = Judged(cells["favours"] or None, int(count))
    return found


def _lines(found: "MissingEvidence") -> Iterator[str]:
    yield found.explain()
    yield "\nComparisons"
    for row in found.pairs:
        favour = f"favours {row.favours}" if row.favours else "not suspected"
        if row.studies or row.missing or row.favours:
            yield f"{row.treatment} against {row.versus}: {row.studies} with results, {row.missing} known without; {favour}"
    yield "\nEstimates"
    for one in found.estimates:
        yield one.explain()
