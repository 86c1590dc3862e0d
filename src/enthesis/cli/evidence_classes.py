"""`enthesis evidence classes`: treatments of one class, such as strengths of dextrose, drawn towards what they share."""

from typing import Annotated

import typer

from enthesis.cli.evidence import Files, Json, KeepNames, Level, Measure, read
from enthesis.cli.given import printed
from enthesis.knowledge import BadInput

CLASS = (
    'A class and its treatments, such as "dextrose=dextrose 10%, dextrose 15%"; may be said again for the next class.'
)
PRIOR = "Of tau, between studies: uniform:UPPER, half-normal:SCALE, log-normal:MEDIAN:SPREAD or a published one."
SPREAD = "Of the spread of treatments about their class, written as the prior of tau is."


def classes(
    files: Files,
    of: Annotated[list[str], typer.Option("--class", help=CLASS)],
    measure: Measure = None,
    prior: Annotated[str, typer.Option(help=PRIOR)] = "half-normal:0.5",
    spread: Annotated[str, typer.Option(help=SPREAD)] = "half-normal:0.5",
    level: Level = 0.95,
    keep_names: KeepNames = False,
    as_json: Json = False,
) -> None:
    """All treatments at once, those of a class normal about their class: exact, nothing is drawn at random.

    Estimates are posterior means, treatment minus versus, on the log scale for ratios.
    """
    from enthesis import evidence

    made = evidence.contrasts_in_network(
        read(files, measure=measure, keep_names=keep_names, aloud=as_json), measure=measure
    )
    priors = {"prior": evidence.bayes.prior_of(prior), "spread": evidence.bayes.prior_of(spread)}
    found = evidence.bayes.class_effects(made, classes=members(of), level=level, **priors)
    if as_json:
        printed(
            {"measure": made.measure, "tau": found.tau, "spread": found.spread, "said": found.explain()}
            | {"classes": found.classes(), "treatments": found.treatments()}
        )
        return
    print(found.explain())
    for title, rows in (("Classes", found.classes()), ("Treatments, drawn towards their class", found.treatments())):
        print(f"\n{title}")
        for row in rows:
            pair = f"{row['treatment']} against {row['versus']}"
            print(f"{pair:50} {row['estimate']:8.4g}  ({row['lower']:.4g} to {row['upper']:.4g})")


def members(said: list[str]) -> dict[str, str]:
    """The class of each treatment. Raises BadInput for what is no class and for a treatment in two of them."""
    found: dict[str, str] = {}
    for one in said:
        name, mark, listed = (part.strip() for part in one.partition("="))
        if not (name and mark and listed):
            raise BadInput(f"--class {one!r}: a name, = and treatments with commas between them were expected")
        for treatment in (part.strip() for part in listed.split(",")):
            if treatment in found:
                raise BadInput(f"--class {one!r}: {treatment!r} is in class {found[treatment]!r} already")
            found[treatment] = name
    return found
