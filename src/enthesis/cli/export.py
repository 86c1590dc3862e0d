"""`enthesis export DIR`: whole records as FHIR R4 bundles, one file for each patient."""

import json
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from enthesis.cli.core import Json
from enthesis.cli.given import printed
from enthesis.cli.registry import Clinic
from enthesis.knowledge import BadInput

OWNER_ONLY = 0o600


def export(
    folder: Annotated[Path, typer.Argument(help="The folder to make; it must not exist or be empty.")],
    patient: Annotated[
        list[str] | None, typer.Option(help="A patient's id; every patient of the clinic if left out.")
    ] = None,
    clinic: Clinic = "",
    as_json: Json = False,
) -> None:
    """Write the records of a clinic or of some patients; the folder appears whole or not at all."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(f"{folder}: an empty folder, or one that does not exist yet, was expected")
    if not folder.absolute().parent.is_dir():
        raise BadInput(f"{folder}: the folder it should stand in does not exist")
    from enthesis.cli.database import clinic_and_operator

    place, by = clinic_and_operator(clinic)
    from enthesis.clinic.exporting import export_patient, patients_to_export
    from enthesis.fhir.export import bundle_of

    ids = patient or [str(id) for id in patients_to_export(by=by, clinic=place)]
    making = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.absolute().parent))
    try:
        for id in ids:
            record = export_patient(by=by, patient=id)
            _write(making / f"{record.id}.json", bundle_of(record, at=datetime.now(UTC)))
        making.replace(folder)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    if as_json:
        printed({"folder": str(folder), "patients": len(ids), "files": sorted(path.name for path in folder.iterdir())})
    else:
        print(f"{len(ids)} {'record' if len(ids) == 1 else 'records'} in {folder}")


def _write(path: Path, bundle: object) -> None:
    """A file only its owner can read: it names a patient."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w", encoding="utf-8") as file:
        json.dump(bundle, file, ensure_ascii=False, indent=1)
        file.write("\n")
