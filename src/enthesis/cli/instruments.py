"""`enthesis instrument`: an instrument as a FHIR Questionnaire, and a filled-in one as a QuestionnaireResponse."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from enthesis.cli.given import an_object, printed
from enthesis.knowledge import BadInput, Library

app = typer.Typer(no_args_is_help=True, help="Instruments as FHIR R4 resources.")


@app.command("questionnaire")
def as_questionnaire(
    instrument: Annotated[str, typer.Argument(help="The instrument, such as peg.")],
    accept_terms: Annotated[bool, typer.Option("--accept-terms", help="The terms of its pack were accepted.")] = False,
) -> None:
    """Print an instrument as a FHIR Questionnaire, each answer with its score as ordinalValue and as itemWeight."""
    from enthesis import outcomes
    from enthesis.fhir.questionnaire import questionnaire

    printed(questionnaire(outcomes.instrument(Library.shipped(), instrument), accepted=accept_terms))


@app.command("response")
def as_response(
    instrument: Annotated[str, typer.Argument(help="The instrument, such as peg.")],
    answers: Annotated[Path, typer.Argument(help="A JSON file of answers by item id.")],
    at: Annotated[str, typer.Option("--at", help="When it was answered, such as 2026-11-23T10:15:00+01:00.")],
    language: Annotated[str, typer.Option("--language", help="The language it was answered in.")] = "en",
) -> None:
    """Print a filled-in instrument as a FHIR QuestionnaireResponse. It names nobody."""
    from enthesis import outcomes
    from enthesis.fhir.questionnaire_response import questionnaire_response

    try:
        authored = datetime.fromisoformat(at)
    except ValueError:
        raise BadInput(f"--at: a moment such as 2026-11-23T10:15:00+01:00 was expected, not {at!r}") from None
    found, given = outcomes.instrument(Library.shipped(), instrument), an_object(answers)
    try:
        printed(questionnaire_response(found, given, authored=authored, language=language))
    except BadInput as error:
        raise BadInput(f"{answers}: {error}") from error
