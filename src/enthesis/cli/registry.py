"""`enthesis import`: read a chart into the registry."""

from pathlib import Path
from typing import Annotated

import typer

from enthesis.cli.core import Json
from enthesis.cli.given import a_file, printed
from enthesis.knowledge import BadInput

Clinic = Annotated[str, typer.Option("--clinic", help="The clinic; its only one if left out.")]


def import_bundle(
    file: Annotated[Path, typer.Argument(help="A FHIR R4 bundle with one patient.")],
    clinic: Clinic = "",
    as_json: Json = False,
) -> None:
    """Read a chart in; what could not be understood is reported and kept as questions."""
    from enthesis import fhir

    content = a_file(file)
    try:
        chart = fhir.read_bundle(content)
    except BadInput as error:
        raise BadInput(f"{file}: {error}") from error
    from enthesis.cli.database import clinic_and_operator

    place, by = clinic_and_operator(clinic)
    from enthesis.clinic.chart import import_chart

    came = import_chart(by=by, clinic=place, **fhir.as_arguments(chart))
    if as_json:
        printed(
            {
                "patient": str(came.patient),
                "created": came.created,
                "updated": came.updated,
                "unchanged": came.unchanged,
                "not_understood": [dict(line) for line in came.not_understood],
            }
        )
        return
    print(f"patient {came.patient}: {came.created} created, {came.updated} updated, {came.unchanged} unchanged")
    for line in came.not_understood:
        print(f"not understood: {line['resource']}: {line['why']}")
