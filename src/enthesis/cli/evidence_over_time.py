"""`enthesis evidence over-time`: every follow-up of every trial, and an effect of each treatment in each window of weeks."""

from pathlib import Path
from typing import Annotated

import typer

from enthesis.cli.evidence import Json, KeepNames, Level, say
from enthesis.cli.given import a_file, printed
from enthesis.knowledge import BadInput

FILE = "A CSV of arms with means, one row for each follow-up: study,week,treatment,n,mean,sd; scores on one scale."
WINDOW = "First and last week of a window, such as 4-12; said again for the next. Follow-ups outside are left out."
WITHIN = "Correlation of the means of an arm at two follow-ups; given, not estimated."
BETWEEN = "Correlation of a trial's own effect at two follow-ups; given, not estimated."


def over_time(
    file: Annotated[Path, typer.Argument(help=FILE)],
    window: Annotated[list[str], typer.Option("--window", help=WINDOW)],
    reference: Annotated[str, typer.Option(help="The treatment that others are compared with.")],
    week: Annotated[str, typer.Option(help="The column of the time of follow-up.")] = "week",
    within: Annotated[float, typer.Option(help=WITHIN)] = 0.5,
    between: Annotated[float, typer.Option(help=BETWEEN)] = 0.8,
    level: Level = 0.95,
    keep_names: KeepNames = False,
    as_json: Json = False,
) -> None:
    """Mean differences in each window of weeks, treatment minus reference; a window borrows from those before and after it."""
    from enthesis import evidence

    followed = evidence.read_followed(a_file(file), source=str(file), week=week, keep_names=keep_names)
    spans = [span(one) for one in window]
    found = evidence.networks.over_time(
        followed, windows=spans, reference=reference, within=within, between=between, level=level
    )
    say((*(note for trials in followed.values() for note in trials.notes), *found.notes))
    rows = [
        {"treatment": name, "versus": reference, "from": low, "to": high, "studies": many} | found.estimates.at(place)
        for place, ((name, low, high), many) in enumerate(zip(found.terms, found.studies, strict=True))
    ]
    if as_json:
        printed({"said": found.explain(), "tau2": found.tau2, "within": within, "between": between, "effects": rows})
        return
    print(found.explain() + "\n")
    for row in rows:
        when = f"{row['treatment']}, weeks {row['from']:g} to {row['to']:g}"
        print(f"{when:50} {row['estimate']:8.4g}  ({row['lower']:.4g} to {row['upper']:.4g})  {row['studies']} trials")


def span(text: str) -> tuple[float, float]:
    """`4-12` as two numbers. Raises BadInput for anything else."""
    low, _, high = text.partition("-")
    try:
        return float(low), float(high)
    except ValueError:
        raise BadInput(f"--window {text!r}: first and last week were expected, such as 4-12") from None
