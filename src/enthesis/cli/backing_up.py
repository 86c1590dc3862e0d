"""`enthesis backup FILE` and `enthesis restore FILE`: the whole registry in one file, and back."""

from pathlib import Path
from typing import Annotated

import typer

from enthesis.cli.core import Json
from enthesis.cli.given import printed

File = Annotated[Path, typer.Argument(help="The file of the backup.")]


def backup(file: File, as_json: Json = False) -> None:
    """Write everything in the registry into a new file, readable by its owner only.

    The file is not encrypted: keep it as safe as the registry itself, and the secret key beside it.
    """
    from enthesis.cli.database import set_up

    set_up()
    from enthesis.clinic.backup import back_up

    made = back_up(file)
    if as_json:
        printed(
            {"file": str(file), "tables": made.tables, "rows": made.rows, "bytes": made.size, "sha256": made.sha256}
        )
        return
    print(f"{made.rows} rows of {made.tables} tables in {file} ({made.size / 1e6:.1f} MB)")
    print(
        "It holds everything about everybody and is not encrypted: keep it as safe as the registry, and keep the key."
    )


def restore(file: File, as_json: Json = False) -> None:
    """Put a backup into an empty registry: all of it, or nothing."""
    from enthesis.cli.database import set_up

    set_up(migrate=False)
    from enthesis.clinic.backup import restore as put_back
    from enthesis.registry.planner import refresh_planner

    found = put_back(file)
    refresh_planner()
    if as_json:
        printed(
            {
                "made_at": found.made_at,
                "version": found.version,
                "rows": found.rows,
                "audit_events": found.events,
                "same_key": found.same_key,
            }
        )
        return
    print(f"{found.rows} rows as of {found.made_at}; the audit trail holds, {found.events} events")
    if not found.same_key:
        print("The secret key is another one: private links and paper forms made before open no more.")
