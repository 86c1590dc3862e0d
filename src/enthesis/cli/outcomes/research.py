"""`enthesis research-export DIR`: a clinic's scores without what points at people, documented, whole or not at all."""

import json
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enthesis.cli.core import Json, today
from enthesis.cli.given import a_date, printed
from enthesis.cli.registry import Clinic
from enthesis.knowledge import BadInput

if TYPE_CHECKING:
    from enthesis.clinic.outcomes.researching import ResearchExport


def export_for_research(
    folder: Annotated[Path, typer.Argument(help="The folder to make; it must not exist or be empty.")],
    purpose: Annotated[str, typer.Option(help="What the data are for; the trail keeps it.")],
    on: Annotated[str | None, typer.Option(help="The day whose end is shown; today if left out.")] = None,
    clinic: Clinic = "",
    as_json: Json = False,
) -> None:
    """Write a de-identified table, its codebook, a FHIR ResearchStudy, and how anonymous it is."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(f"{folder}: an empty folder, or one that does not exist yet, was expected")
    if not folder.absolute().parent.is_dir():
        raise BadInput(f"{folder}: the folder it should stand in does not exist")
    from enthesis.cli.database import clinic_and_operator

    day: date = a_date("on", on, default=today())
    place, by = clinic_and_operator(clinic)
    from enthesis.clinic.outcomes.researching import export_research

    made = export_research(by=by, clinic=place, on=day, today=today(), purpose=purpose)
    _write(folder, made)
    book = made.snapshot.book
    said = vars(made.anonymity) | {"folder": str(folder), "rows": book.rows, "content": book.digest}
    printed(said) if as_json else print(_in_words(made))


def _write(folder: Path, made: "ResearchExport") -> None:
    from enthesis.cli.outcomes.files import write_snapshot
    from enthesis.fhir.export.research_study import research_study

    making = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.absolute().parent))
    try:
        write_snapshot(made.snapshot, making / "scores.parquet")
        conditions = made.snapshot.table["condition"].unique().to_pylist()
        study = research_study(
            made.snapshot.book, purpose=made.purpose, conditions=conditions, treatments=made.treatments
        )
        (making / "ResearchStudy.json").write_text(
            json.dumps(study, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
        )
        (making / "README.md").write_text(f"# Research export\n\n{_in_words(made)}\n", encoding="utf-8")
        making.replace(folder)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise


def _in_words(made: "ResearchExport") -> str:
    found = made.anonymity
    return (
        f"{made.snapshot.book.rows} rows of {found.people - found.left_out} people, for: {made.purpose}. Over "
        f"{', '.join(found.who)} the smallest group has {found.k_after} people (before: {found.k_before}); of {found.coarsened} "
        f"something is left unsaid, and {found.left_out} who were still too few are left out. Days are shifted by up to half a "
        "year for each person, with the intervals kept; ages are bands of five years. Groups that are too small are one danger "
        "among others: share this under an agreement."
    )
