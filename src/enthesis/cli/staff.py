"""`enthesis staff`: the first account, and every other. There are no default ones."""

import os
from typing import Annotated

import typer

from enthesis.cli.registry import Clinic
from enthesis.knowledge import BadInput

app = typer.Typer(no_args_is_help=True, help="Accounts of staff.")


@app.callback()
def staff() -> None:
    """Keep `add` a command of its own, though it is the only one yet."""


@app.command("add")
def add(
    email: str,
    role: Annotated[str, typer.Option(help="clinician, coordinator, director or analyst.")],
    name: Annotated[str, typer.Option(help="The person's name.")],
    clinic: Clinic = "",
) -> None:
    """Make an account, or give an existing one another role. The password is asked for, or read from ENTHESIS_PASSWORD."""
    from enthesis.cli.database import clinic_and_operator

    place, by = clinic_and_operator(clinic)
    from enthesis.clinic.staff import add_staff, check_role

    check_role(role)
    password = os.environ.get("ENTHESIS_PASSWORD") or typer.prompt(
        "Password", hide_input=True, confirmation_prompt=True
    )
    if not password:
        raise BadInput("password: a password was expected")
    add_staff(by=by, clinic=place, email=email, name=name, role=role, password=password)
    print(f"{email} is {role}; switch the second factor on after the first sign-in")
