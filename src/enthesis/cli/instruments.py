"""`enthesis instrument`: an instrument as a FHIR Questionnaire, and a filled-in one as a QuestionnaireResponse."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from enthesis.cli.given import a_text, an_object, printed
from enthesis.cli.registry import Clinic
from enthesis.knowledge import BadInput, Library

app = typer.Typer(no_args_is_help=True, help="Instruments as FHIR R4 resources, and which of them a clinic may ask.")


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


@app.command("packs")
def show_packs(clinic: Clinic = "") -> None:
    """The packs there are, their terms in our words, and whether the clinic has turned them on."""
    from enthesis.cli.database import clinic_and_operator

    place, by = clinic_and_operator(clinic)
    from enthesis.clinic.packs import read_packs

    for row in read_packs(by=by, clinic=place):
        print(f"{row.entry.id}: {row.entry.title}, {'turned on' if row.on else 'not turned on'}")
        print("\n".join(f"  - {term.text}" for term in row.entry.body.terms))
        print(f"  {row.entry.body.read_at}\n  {row.entry.body.open}")


@app.command("accept")
def accept(
    pack: Annotated[str, typer.Argument(help="The pack, such as promis.")],
    have_read: Annotated[
        bool, typer.Option("--i-have-read-the-terms", help="You have read the owner's terms and accept them.")
    ] = False,
    clinic: Clinic = "",
) -> None:
    """Accept the terms of a pack for the clinic and turn it on."""
    from enthesis.cli.database import clinic_and_operator

    place, by = clinic_and_operator(clinic)
    from enthesis.clinic.packs import accept_terms, read_packs

    marks = {row.entry.id: row.entry.fingerprint for row in read_packs(by=by, clinic=place)}
    mark = marks.get(pack, "")
    accept_terms(by=by, clinic=place, pack_id=pack, fingerprint=mark, read=have_read)


@app.command("off")
def off(pack: str, reason: Annotated[str, typer.Option(help="Why.")], clinic: Clinic = "") -> None:
    """Turn a pack off. What was answered stays."""
    from enthesis.cli.database import clinic_and_operator

    place, by = clinic_and_operator(clinic)
    from enthesis.clinic.packs import turn_off

    turn_off(by=by, clinic=place, pack_id=pack, reason=reason)


@app.command("wording")
def wording(
    instrument: Annotated[str, typer.Argument(help="A licensed instrument, such as ndi.")],
    file: Annotated[Path, typer.Argument(help="TOML or CSV; docs/guide/answering.md shows both.")],
    licence: Annotated[str, typer.Option(help="Which licence gives it: from whom, its number, until when.")],
    instructions: Annotated[str, typer.Option(help="What stands above the questions.")] = "",
    language: Annotated[str, typer.Option(help="The language of the wording.")] = "",
    clinic: Clinic = "",
) -> None:
    """Bring the wording that the clinic's own licence gives it, so that the instrument can be asked."""
    from enthesis.cli.database import clinic_and_operator

    place, by = clinic_and_operator(clinic)
    from enthesis.clinic.wording import bring_wording
    from enthesis.outcomes import wording_of_text

    found = wording_of_text(a_text(file), name=file.name, instructions=instructions, language=language)
    bring_wording(by=by, clinic=place, instrument_id=instrument, wording=found, licence=licence)


@app.command("forget")
def forget(instrument: str, reason: Annotated[str, typer.Option(help="Why.")], clinic: Clinic = "") -> None:
    """Take the wording of a licensed instrument back and delete it. What was answered stays."""
    from enthesis.cli.database import clinic_and_operator

    place, by = clinic_and_operator(clinic)
    from enthesis.clinic.wording import take_wording_back

    take_wording_back(by=by, clinic=place, instrument_id=instrument, reason=reason)
