"""`enthesis evidence rare`: a network of events so few that adding 0.5 to empty cells would steer the answer."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from enthesis.cli.evidence import SMALL, Files, Json, KeepNames, Level, read, say
from enthesis.cli.given import printed
from enthesis.knowledge import BadInput

if TYPE_CHECKING:
    from enthesis.evidence.networks import RareEvents

METHOD = (
    "mh (Mantel-Haenszel), nch (non-central hypergeometric, arms taken as large), exact (the same without that), "
    "lrp (logistic regression with Jeffreys' penalty)."
)


def rare(
    files: Files,
    method: Annotated[str, typer.Option(help=METHOD)] = "mh",
    small_values: Annotated[str, typer.Option(help=SMALL)] = "good",
    level: Level = 0.95,
    keep_names: KeepNames = False,
    as_json: Json = False,
) -> None:
    """All treatments at once, for events that are rare: log odds ratios, treatment minus versus, without heterogeneity.

    Nothing is added to empty cells. Studies and arms that say nothing are left out and listed on standard error.
    """
    from enthesis.evidence.networks import rare_as_json, rare_events

    if small_values.lower() not in ("good", "bad"):
        raise BadInput(f"--small-values {small_values!r}: good or bad was expected")
    found = rare_events(
        read(files, measure="OR", keep_names=keep_names, aloud=True), method=method.lower(), level=level
    )
    say(found.notes)
    if as_json:
        printed(rare_as_json(found, small_good=small_values.lower() == "good"))
        return
    for line in _lines(found):
        print(line)


def _lines(found: "RareEvents") -> Iterator[str]:
    from enthesis.evidence.networks import rare_as_json

    yield f"{len(found.treatments)} treatments, log odds ratios ({found.method}), {found.level:.0%} intervals"
    for row in rare_as_json(found)["league"]:
        pair = f"{row['treatment']} against {row['versus']}"
        yield f"{pair:50} {row['estimate']:8.4g}  ({row['lower']:.4g} to {row['upper']:.4g})  p {row['p']:.3g}"
