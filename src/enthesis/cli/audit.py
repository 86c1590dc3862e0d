"""`enthesis audit`: has anybody touched the trail?"""

from typing import Annotated

import typer

from enthesis.cli.core import Json
from enthesis.cli.given import printed

app = typer.Typer(no_args_is_help=True, help="The audit trail.")


@app.callback()
def audit() -> None:
    """Keep `verify` a command of its own, though it is the only one yet."""


@app.command("verify")
def verify_trail(
    head: Annotated[str, typer.Option(help="A head noted earlier: the chain must still contain it.")] = "",
    as_json: Json = False,
) -> int:
    """Walk the whole chain; exit 1 where it is broken. Note the head it prints: a cut-off end shows only against one."""
    from enthesis.cli.database import set_up

    set_up()
    from enthesis.clinic.events import verify_chain

    verdict = verify_chain(head)
    if as_json:
        printed(
            {"holds": verdict.holds, "events": verdict.events, "head": verdict.head, "broken_at": verdict.broken_at}
        )
    elif verdict.holds:
        print(f"the chain holds: {verdict.events} events, head {verdict.head}")
    else:
        print(
            f"the chain is broken at event {verdict.broken_at}, after {verdict.events} that hold"
            if verdict.broken_at
            else "the noted head is not in the chain: its end was cut off"
        )
    return 0 if verdict.holds else 1
