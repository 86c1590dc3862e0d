"""`enthesis cds`: which systems may ask for cards, and what came of the cards."""

from pathlib import Path
from typing import Annotated

import typer

from enthesis.cli.given import an_object, printed

app = typer.Typer(help="CDS Hooks: systems that may ask, and feedback on cards.", no_args_is_help=True)

Clinic = Annotated[str, typer.Option(help="The clinic; its only one if left out.")]
Json = Annotated[bool, typer.Option("--json")]


@app.command("add-client")
def add(
    name: str,
    issuer: Annotated[str, typer.Option(help="The `iss` of its tokens: an https:// address.")],
    keys: Annotated[Path, typer.Option(help="Its public keys: a JSON Web Key Set.")],
    jku: Annotated[str, typer.Option(help="The `jku` its tokens name; compared, never fetched.")] = "",
    clinic: Clinic = "",
) -> None:
    """Let another system ask for cards on behalf of a clinic."""
    from enthesis.cli.database import clinic_and_operator

    place, by = clinic_and_operator(clinic)
    from enthesis.clinic.cds import add_client

    kept = add_client(by=by, clinic=place, name=name, issuer=issuer, keys=an_object(keys), jku=jku)
    print(f"{kept.name} may ask from now on")


@app.command("end-client")
def end(issuer: str, clinic: Clinic = "") -> None:
    """A system may no longer ask."""
    from enthesis.cli.database import clinic_and_operator

    place, by = clinic_and_operator(clinic)
    from enthesis.clinic.cds import end_client

    end_client(by=by, clinic=place, issuer=issuer)
    print(f"{issuer} may no longer ask")


@app.command("feedback")
def feedback(clinic: Clinic = "", as_json: Json = False) -> None:
    """How often cards were accepted or overridden, by rule and reason."""
    from enthesis.cli.database import clinic_and_operator

    _place, by = clinic_and_operator(clinic)
    from enthesis.clinic.cds import read_feedback

    rows = read_feedback(by=by)
    if as_json:
        printed([{"rule": r.rule, "outcome": r.outcome, "reason": r.reason, "count": r.count} for r in rows])
        return
    for row in rows:
        print(f"{row.rule or 'summary'}: {row.outcome}{f', {row.reason}' if row.reason else ''}: {row.count}")
    if not rows:
        print("no feedback yet")
