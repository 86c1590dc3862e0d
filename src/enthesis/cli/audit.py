"""`enthesis audit`: has anybody touched the trail, and does each judgment follow from what it was made from?"""

from typing import Annotated

import typer

from enthesis.cli.core import Json
from enthesis.cli.given import printed
from enthesis.cli.registry import Clinic

app = typer.Typer(no_args_is_help=True, help="The audit trail.")


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


@app.command("judgments")
def judgments(clinic: Clinic = "") -> int:
    """Make every judgment of a clinic again from its snapshot; exit 1 where one is not the same."""
    from enthesis.cli.database import clinic_and_operator

    place, by = clinic_and_operator(clinic)
    from enthesis.cli.screens import tell_again
    from enthesis.clinic.rejudge import rejudge_all

    made = rejudge_all(by=by, clinic=place)
    tell_again(made)
    return 0 if all(one.same for one in made) else 1
